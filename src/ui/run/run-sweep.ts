/** A sweep in the page: one run after the other, each with other settings; all are kept beside each other. */
import { type SweptSetting, variantsOf } from '../../document/sweep.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { isOn } from './run-state.ts';

/** Ends with the drawing as it was. A run that is stopped ends the sweep. */
export async function startSweep(session: DocumentSession, settings: readonly SweptSetting[]): Promise<void> {
  const { editor, state, run } = session;
  const { document } = editor.getState();
  const variants = variantsOf(document, settings);
  const isGoingOn = () => state.getState().sweep !== undefined;
  state.setState({ sweep: { done: 0, of: variants.length } });
  for (const [i, variant] of variants.entries()) {
    editor.dispatch({ type: 'restore', document: variant.document });
    run.tryOut(variant.settings);
    await runIsOver(session);
    const { phase } = state.getState().run;
    if (phase === 'stopped' || phase === 'idle' || !isGoingOn()) break;
    state.setState({ sweep: { done: i + 1, of: variants.length } });
  }
  editor.dispatch({ type: 'restore', document });
  state.setState({ sweep: undefined });
}

export function stopSweep({ state, run }: DocumentSession): void {
  state.setState({ sweep: undefined });
  run.stop();
}

function runIsOver({ state }: DocumentSession): Promise<void> {
  return new Promise((resolve) => {
    if (!isOn(state.getState().run)) return resolve();
    const end = state.subscribe(({ run }) => {
      if (isOn(run)) return;
      end();
      resolve();
    });
  });
}

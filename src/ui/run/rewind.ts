/** Going back in a run, and forth again: the state after any of its steps becomes the one that everything shows. */
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { rewindWords } from '../strings/rewind-words.ts';
import { isOn } from './run-state.ts';

type Rewind = (step: number) => void;

const rewinds = new WeakMap<DocumentSession, Rewind>();

/** Shows the state after a step of the run, as soon as it is computed. */
export function rewindOf(session: DocumentSession): Rewind {
  const rewind = rewinds.get(session) ?? createRewind(session);
  rewinds.set(session, rewind);
  return rewind;
}

/** Of several steps that are wished for while one is computed the last is the next. */
function createRewind({ editor, client, state }: DocumentSession): Rewind {
  let isAsking = false;

  async function goOn(): Promise<void> {
    isAsking = true;
    for (let wanted = state.getState().run.rewinding; wanted !== undefined; ) {
      const { run } = state.getState();
      if (isOn(run)) break;
      const trained = await client.rewind(editor.getState().document, { step: wanted, whole: run.whole });
      const { rewinding } = state.getState().run;
      if (isOn(state.getState().run)) break;
      if (trained) state.setState({ trained });
      else if (rewinding === wanted) notify(sayNow(rewindWords.unknown));
      if (rewinding === wanted || rewinding === undefined) break;
      wanted = rewinding;
    }
    isAsking = false;
    state.setState(({ run }) => ({ run: { ...run, rewinding: undefined } }));
  }

  return (step) => {
    const { run } = state.getState();
    if (isOn(run)) return;
    const within = Math.max(run.begun, Math.min(run.step, Math.round(step)));
    state.setState({ run: { ...run, rewinding: within } });
    if (!isAsking) void goOn();
  };
}

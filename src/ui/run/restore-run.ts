/** Back to an earlier run: its drawing, as one step that can be undone, and its weights. */
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { rewindWords as words } from '../strings/rewind-words.ts';
import { createCurves } from './curves.ts';
import { type PastRun, pastOf, withoutRun, withRun } from './past-runs.ts';
import { noRun } from './run-state.ts';

export async function restoreRun({ editor, client, state }: DocumentSession, run: PastRun): Promise<void> {
  const { number, document, state: made } = run;
  if (document !== editor.getState().document) editor.dispatch({ type: 'restore', document });
  if (!made) return notify(sayNow(words.noWeights, { number }));
  const trained = await client.takeState(made.bytes, document.name);
  if (!('bytes' in trained)) {
    if (trained[0]) notify(sayNow(trained[0].message));
    return;
  }
  const { curves, pinned: _, state: __, ...about } = run;
  state.setState(({ run: last, pastRuns }) => ({
    trained,
    run: {
      ...noRun(),
      ...about,
      ...{ phase: 'finished', steps: run.step, made: trained, drawn: 1 },
      begun: run.whole ? run.begun : run.step,
      curves: createCurves(curves),
      revision: editor.getState().structureRevision,
    },
    pastRuns: withRun(withoutRun(pastRuns, number), pastOf(last)),
  }));
  notify(sayNow(words.restored, { number, step: trained.step }));
}

/**
 * Values on the wires: what is sound of a graph is evaluated by itself a moment after each change of its
 * structure. While a run is on, the run itself tells the values of the ports that are looked at.
 */
import { isOn } from '../run/run-state.ts';
import { type Following, follow } from '../session/follow.ts';
import type { SessionCore } from '../session/session-state.ts';

/** Milliseconds after the last change. */
const PAUSE = 120;

/** Evaluates the editor's graph now and after each change. */
export function followEditor({ editor, client, state }: SessionCore): Following {
  const isRunning = () => isOn(state.getState().run);
  return follow(
    editor,
    PAUSE,
    ({ structureRevision }) => [structureRevision],
    async ({ document }, signal) => {
      if (isRunning()) return;
      const evaluated = await client.evaluate(document);
      if (!evaluated || signal.aborted || isRunning()) return;
      state.setState({ values: evaluated === 'refused' ? {} : evaluated.values });
    },
  );
}

/**
 * Values on the wires: what is sound of a graph is evaluated by itself a moment after each change of its
 * structure. While a run is on, the run itself tells the values of the ports that are looked at.
 */
import { isOn } from '../run/run-state.ts';
import type { SessionCore } from '../session/session-state.ts';

/** Milliseconds after the last change. */
const PAUSE = 120;

/** Evaluates the editor's graph now and after each change; the result stops it. */
export function followEditor({ editor, client, state }: SessionCore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let evaluated = -1;
  let live = true;
  const isRunning = () => isOn(state.getState().run);

  const evaluate = async () => {
    const { document, structureRevision } = editor.getState();
    const values = await client.evaluate(document);
    const current = live && editor.getState().structureRevision === structureRevision;
    if (values && current && !isRunning()) state.setState({ values });
  };
  const consider = () => {
    const { structureRevision } = editor.getState();
    if (structureRevision === evaluated) return;
    evaluated = structureRevision;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!isRunning()) void evaluate();
    }, PAUSE);
  };
  consider();
  const unsubscribe = editor.subscribe(consider);
  return () => {
    live = false;
    clearTimeout(timer);
    unsubscribe();
  };
}

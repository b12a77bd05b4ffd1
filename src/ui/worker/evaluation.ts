/**
 * Values on the wires: what is sound of a graph is evaluated by itself a moment after each change of its
 * structure, in the state that training has made. While a run is on, the run itself tells them.
 */

import { portKey } from '../../base/path.ts';
import { registryOf } from '../../catalogue/index.ts';
import { nodeAt } from '../../document/levels.ts';
import type { EditorState } from '../../editor/index.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { tensorTitle } from '../parts/tensor-title.ts';
import { checksAtStep } from '../run/checks-at-step.ts';
import { recordPorts } from '../run/frames.ts';
import { isOn } from '../run/run-state.ts';
import { type Following, follow } from '../session/follow.ts';
import { nothingShown, type SessionCore, type SessionState, together } from '../session/session-state.ts';
import { useSettings } from '../settings.ts';
import { values as words } from '../strings/values.ts';
import type { Evaluated } from './worker-client.ts';

/** Milliseconds after the last change. */
const PAUSE = 120;

/** Evaluates the editor's graph now and after each change of what its values depend on. */
export function followEditor(core: SessionCore): Following {
  const { editor, client, state } = core;
  let told: ReadonlySet<string> = new Set();

  /** Says which trained tensors begin anew because of an edit: once, until they fit again. */
  function tellResets(report: Evaluated['report']): void {
    const { document } = editor.getState();
    const { locale } = useSettings.getState();
    const resets = (report?.fresh ?? []).filter(({ why }) => why !== 'absent');
    const keys = resets.map(({ name, shape, why }) => [name, shape.join(' '), why].join('\u0000'));
    const news = resets.filter((_, i) => !told.has(keys[i] ?? ''));
    told = new Set(keys);
    const parameters = news.filter(({ why }) => why === 'shape');
    const [first] = parameters;
    if (!first) return;
    const shape = (sizes: readonly number[] = []) => sizes.join(' × ') || '1';
    const tensor = tensorTitle(document, first.name, locale);
    const others = parameters.length - 1;
    notify(
      sayNow(others > 0 ? words.resetMany : words.reset, {
        tensor,
        was: shape(first.was),
        shape: shape(first.shape),
        others,
      }),
    );
  }

  return follow(
    together(core),
    PAUSE,
    ({ editor: { structureRevision, document }, session: { run, trained, looked } }) => [
      structureRevision,
      // First values and tensors filled at random follow the seed.
      document.run?.seed,
      isOn(run),
      trained,
      looked,
    ],
    async (now, signal) => {
      if (isOn(now.session.run)) return;
      const pictures = picturedPorts(now.editor);
      const evaluated = await client.evaluate(now.editor.document, tensorsOf(now.session), pictures);
      if (!evaluated || signal.aborted || isOn(state.getState().run)) return;
      const told = toldByRun(now.editor, state.getState());
      if (evaluated === 'refused') return state.setState({ shown: told });
      const { values, metrics, tensors, step, readings, state: entries, report } = evaluated;
      const checks = checksAtStep(step, evaluated.checks) ?? told.checks;
      state.setState({
        shown: { values, metrics, tensors, step, checks, readings },
        tensors: entries,
        fit: report,
      });
      // The end of a run, which may have come too fast to be recorded.
      const { run } = state.getState();
      const isItsEnd = run.step === step && run.revision === now.editor.structureRevision;
      if (isItsEnd && run.frames.all().length > 0 && recordPorts(run.frames, { step, values }, pictures))
        state.setState({ run: { ...run, drawn: run.drawn + 1 } });
      tellResets(report);
    },
  );
}

/** What the run that has made the state has told of it: all that is known where it is too dear to be computed unasked. */
function toldByRun(
  { structureRevision }: EditorState,
  { run, trained, shown }: SessionState,
): SessionState['shown'] {
  const isItsState = run.revision === structureRevision && trained !== undefined && trained.step === run.step;
  if (!isItsState) return nothingShown;
  return shown.step === run.step ? shown : { ...nothingShown, checks: shown.checks };
}

/** Names of the tensors whose numbers are looked at. */
export const tensorsOf = ({ looked }: Pick<SessionState, 'looked'>): readonly string[] =>
  looked && looked.kind !== 'port' ? [looked.name] : [];

/** The wired inputs of pictures, as `node.port`. */
export function picturedPorts({ document, checked }: EditorState): readonly string[] {
  const registry = registryOf(document);
  if (!registry.all.some(({ picture }) => picture)) return [];
  return Object.entries(checked.nodes).flatMap(([path, { inputTypes }]) => {
    const type = nodeAt(document, path)?.type ?? '';
    return registry.find(type)?.picture ? Object.keys(inputTypes).map((port) => portKey(path, port)) : [];
  });
}

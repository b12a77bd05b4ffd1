/** What a step asks to be done: of one kind, or several together. */
import type { Goal } from '../../../../graph-schema/lesson.ts';
import { escapeId } from '../../../base/path.ts';
import type { Text } from '../../../base/text.ts';
import { nodeAt } from '../../../document/levels.ts';
import { useT } from '../../locale.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useEditorState } from '../../session/hooks.ts';
import type { JsonPlace } from '../json-at.ts';
import { editorWords } from './editor-words.ts';
import { GoalDetails } from './GoalDetails.tsx';
import { ChoiceField, Missing } from './LessonFields.tsx';
import { useNodeOptions, useParamOptions, usePortOptions } from './reference-options.ts';
import { useEdit } from './use-lesson-edit.ts';

const kinds: Readonly<Record<Goal['kind'], Text>> = {
  param: editorWords.goalParam,
  dim: editorWords.goalDim,
  wire: editorWords.goalWire,
  node: editorWords.goalNode,
  ran: editorWords.goalRan,
  check: editorWords.goalCheck,
  figure: editorWords.goalFigure,
  problem: editorWords.goalProblem,
  guessed: editorWords.goalGuessed,
  all: editorWords.goalAll,
  any: editorWords.goalAny,
};

/** A goal of a kind to begin with: about what is selected, or comes first. */
function useFreshGoal(): (kind: Goal['kind']) => Goal {
  const [check] = useNodeOptions('check');
  const nodes = useNodeOptions();
  const [input] = usePortOptions(['inputs']);
  const [chosen] = useEditorState((s) => s.selection.nodes);
  const isRoot = useEditorState((s) => s.view.way.length === 0);
  const selected = chosen !== undefined && isRoot ? escapeId(chosen) : (nodes[0]?.value ?? '?');
  const [param] = useParamOptions(selected);
  const key = param?.value ?? '?';
  const value = useEditorState((s) => nodeAt(s.document, selected)?.params[key]) as Extract<
    Goal,
    { kind: 'param' }
  >['not'];
  const [dim = 'B'] = Object.keys(useEditorState((s) => s.document.dims));
  return (kind): Goal => {
    switch (kind) {
      case 'param':
        return { kind, node: selected, param: key, ...(value !== undefined && { not: value }) };
      case 'dim':
        return { kind, name: dim, atLeast: 1 };
      case 'wire':
        return { kind, to: input?.value ?? '?', present: true };
      case 'node':
        return { kind, type: 'tensor', atLeast: 1 };
      case 'check':
        return { kind, node: check?.value ?? selected, met: true };
      case 'figure':
        return { kind, figure: { metric: 'loss' }, atMost: 1 };
      case 'problem':
        return { kind, present: true };
      case 'ran':
      case 'guessed':
        return { kind };
      case 'all':
      case 'any':
        return { kind, of: [{ kind: 'ran' }] };
    }
  };
}

interface GoalFormProps {
  readonly path: JsonPlace;
  readonly label: Text;
  /** What is chosen for no goal at all; a part of several is removed by a button of its own. */
  readonly none?: Text;
}

export function GoalForm({ path, label, none }: GoalFormProps) {
  const t = useT();
  const { at, set } = useEdit();
  const fresh = useFreshGoal();
  const goal = at(path) as Goal | undefined;
  const change = (kind: string) => {
    const parts = goal && 'of' in goal ? goal.of : goal && [goal];
    const next = kind === '' ? undefined : fresh(kind as Goal['kind']);
    // What there is becomes the parts of several.
    set(path, next && 'of' in next && parts ? { ...next, of: parts } : next);
  };
  const options = (Object.keys(kinds) as Goal['kind'][]).map((value) => ({ value, title: t(kinds[value]) }));
  return (
    <>
      <ChoiceField
        label={label}
        value={goal?.kind ?? ''}
        options={none ? [{ value: '', title: t(none) }, ...options] : options}
        onChange={change}
      />
      {goal && 'of' in goal ? (
        <Parts path={[...path, 'of']} count={goal.of.length} />
      ) : (
        goal && <GoalDetails path={path} goal={goal} />
      )}
    </>
  );
}

function Parts({ path, count }: { readonly path: JsonPlace; readonly count: number }) {
  const t = useT();
  const { set } = useEdit();
  return (
    <div className="lesson-goal-parts">
      {Array.from({ length: count }, (_, i) => {
        const title = t(editorWords.part, { number: i + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
          <div key={i} className="lesson-goal-part">
            <GoalForm path={[...path, i]} label={{ en: title, zh: title }} />
            {count > 1 && (
              <button type="button" className="button small" onClick={() => set([...path, i], undefined)}>
                {t(editorWords.remove, { title })}
              </button>
            )}
          </div>
        );
      })}
      <button type="button" className="button small" onClick={() => set([...path, count], { kind: 'ran' })}>
        <Icon name="plus" /> {t(editorWords.addPart)}
      </button>
    </div>
  );
}

/** The goal of a step, with what of it is not in the graph. */
export function StepGoal({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  return (
    <section className="lesson-part" aria-label={t(editorWords.goal)}>
      <h4>{t(editorWords.goal)}</h4>
      <GoalForm path={path} label={editorWords.kind} none={editorWords.none} />
      <Missing path={path} />
    </section>
  );
}

/** What is to be done in a step: each part is ticked when it holds, and can be done right here where that is simple. */
import type { Goal } from '../../../graph-schema/lesson.ts';
import { findCommand } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { dock } from '../strings/dock.ts';
import { DimControl, ParamControl } from './GoalControls.tsx';
import { goalText } from './goal-text.ts';
import { words } from './lesson-words.ts';
import type { LessonWalk } from './use-lesson.ts';
import { useIsMet } from './use-measured.ts';

interface GoalProps {
  readonly goal: Goal;
  readonly walk: LessonWalk;
}

export function GoalBox({ goal, walk }: GoalProps) {
  const t = useT();
  const textOf = useGoalText(walk);
  const done = walk.isDone(walk.step);
  return (
    <section className="lesson-goal" aria-label={t(words.toDo)}>
      <h4>{t(words.toDo)}</h4>
      <ul>
        <Part goal={goal} walk={walk} done={done} />
      </ul>
      <p className="visually-hidden" role="status">
        {done && t(words.goalMet, { goal: textOf(goal) })}
      </p>
    </section>
  );
}

function useGoalText({ lesson }: LessonWalk): (goal: Goal) => string {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const nodes = useEditorState((s) => s.checked.nodes);
  return (goal) => goalText(goal, { document, nodes, lesson, locale });
}

/** `done`: the goal as a whole was reached, and stays ticked whatever comes after. */
function Part({ goal, walk, done }: GoalProps & { readonly done: boolean }) {
  const t = useT();
  const met = useIsMet(goal, walk) || done;
  const text = useGoalText(walk)(goal);
  if (goal.kind === 'all' || goal.kind === 'any')
    return (
      <li className="lesson-goals">
        {(goal.kind === 'any' || goal.of.length > 1) && <p className="soft">{text}</p>}
        <ul>
          {goal.of.map((part, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
            <Part key={i} goal={part} walk={walk} done={done && goal.kind === 'all'} />
          ))}
        </ul>
      </li>
    );
  return (
    <li className="lesson-task" data-met={met || undefined}>
      <span className="lesson-tick" role="img" aria-label={t(met ? words.done : words.open)}>
        {met ? '✓' : ''}
      </span>
      <span className="lesson-task-words">{withoutBreaks(text)}</span>
      {goal.kind === 'param' && <ParamControl node={goal.node} param={goal.param} />}
      {goal.kind === 'dim' && <DimControl name={goal.name} />}
      {goal.kind === 'ran' && <RunButtons />}
    </li>
  );
}

/** The run's own button, beside what asks for it. */
export function RunButtons() {
  const t = useT();
  const { run } = useSession();
  const on = useSessionState((s) => isOn(s.run));
  const phase = useSessionState((s) => s.run.phase);
  const [keys = ''] = findCommand('run').keys ?? [];
  return on ? (
    <button type="button" className="button" onClick={run.stop}>
      <Icon name="stop" /> {t(dock.stop)}
    </button>
  ) : (
    <button type="button" className="button primary" title={showKeys(keys)} onClick={run.start}>
      <Icon name="run" /> {t(phase === 'idle' ? dock.start : dock.again)}
    </button>
  );
}

/** What is to be typed stands in quotation marks, and is not broken at its hyphens: `"ij,jk->ik"`. */
const withoutBreaks = (text: string) =>
  text.split(/("[^"]*")/).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place.
      <code key={i}>{part.slice(1, -1)}</code>
    ),
  );

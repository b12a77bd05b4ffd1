/** All of one step. */
import type { LessonStep } from '../../../../graph-schema/lesson.ts';
import { useT } from '../../locale.ts';
import { words } from '../lesson-words.ts';
import { Words } from '../Words.tsx';
import { editorWords } from './editor-words.ts';
import { StepGoal } from './GoalForm.tsx';
import { GuessForm } from './GuessForm.tsx';
import { ChoiceField, PairField, WrittenField } from './LessonFields.tsx';
import { LookForm } from './LookForm.tsx';
import { useEdit } from './use-lesson-edit.ts';

const kinds = ['see', 'do', 'recall', 'transfer'] as const;

interface StepFormProps {
  readonly step: LessonStep;
  readonly index: number;
}

export function StepForm({ step, index }: StepFormProps) {
  const t = useT();
  const { set } = useEdit();
  const path = ['steps', index];
  return (
    <section className="lesson-step-form" aria-label={t(editorWords.step, { number: index + 1 })}>
      <ChoiceField
        label={editorWords.kind}
        value={step.kind}
        options={kinds.map((value) => ({ value, title: t(words[value]) }))}
        onChange={(kind) => set([...path, 'kind'], kind)}
      />
      <WrittenField path={[...path, 'id']} label={editorWords.id} />
      <PairField path={[...path, 'title']} label={editorWords.stepTitle} />
      <PairField path={[...path, 'text']} label={editorWords.stepText} rows={5} />
      <details className="lesson-preview">
        <summary>{t(editorWords.preview)}</summary>
        <Words text={step.text} />
      </details>
      <LookForm path={[...path, 'look']} />
      <GuessForm path={[...path, 'guess']} />
      <StepGoal path={[...path, 'goal']} />
      <PairField path={[...path, 'hint']} label={editorWords.hint} rows={2} optional />
    </section>
  );
}

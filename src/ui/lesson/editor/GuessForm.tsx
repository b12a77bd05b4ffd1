/** The guess of a step: its question, what may be chosen or how close is close enough, and what answers it. */
import type { Guess } from '../../../../graph-schema/lesson.ts';
import { useT } from '../../locale.ts';
import { Icon } from '../../parts/Icon.tsx';
import type { JsonPlace } from '../json-at.ts';
import { editorWords } from './editor-words.ts';
import { FigureForm } from './FigureForm.tsx';
import { GoalForm } from './GoalForm.tsx';
import { ChoiceField, Missing, NumberField, PairField } from './LessonFields.tsx';
import { useEdit } from './use-lesson-edit.ts';

const empty = { en: '', zh: '' };

/** The same question of the other kind. */
function asKind(kind: string, before: Guess | undefined): Guess | undefined {
  const { question = empty, answer = { metric: 'loss' } } = before ?? {};
  if (kind === 'choice')
    return {
      kind,
      question,
      options: [
        { text: empty, to: 0 },
        { text: empty, from: 0 },
      ],
      answer,
    };
  return kind === 'number' ? { kind, question, answer, within: 0.1 } : undefined;
}

export function GuessForm({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  const { at, set } = useEdit();
  const guess = at(path) as Guess | undefined;
  return (
    <section className="lesson-part" aria-label={t(editorWords.guess)}>
      <h4>{t(editorWords.guess)}</h4>
      <ChoiceField
        label={editorWords.kind}
        value={guess?.kind ?? 'none'}
        options={[
          { value: 'none', title: t(editorWords.none) },
          { value: 'choice', title: t(editorWords.choice) },
          { value: 'number', title: t(editorWords.estimate) },
        ]}
        onChange={(kind) => set(path, asKind(kind, guess))}
      />
      {guess && <PairField path={[...path, 'question']} label={editorWords.question} />}
      {guess?.kind === 'choice' && <Options path={[...path, 'options']} count={guess.options.length} />}
      {guess?.kind === 'number' && (
        <>
          <NumberField path={[...path, 'within']} label={editorWords.within} />
          <PairField path={[...path, 'unit']} label={editorWords.unit} optional />
        </>
      )}
      {guess && <FigureForm path={[...path, 'answer']} />}
      {guess && (
        <GoalForm path={[...path, 'reveal']} label={editorWords.reveal} none={editorWords.whenDone} />
      )}
      {guess && <Missing path={[...path, 'reveal']} />}
    </section>
  );
}

/** Of options there are 2 to 8. */
function Options({ path, count }: { readonly path: JsonPlace; readonly count: number }) {
  const t = useT();
  const { set } = useEdit();
  return (
    <>
      {Array.from({ length: count }, (_, i) => {
        const title = t(editorWords.option, { number: i + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place.
          <div key={i} className="lesson-option-form">
            <PairField path={[...path, i, 'text']} label={{ en: title, zh: title }} />
            <NumberField path={[...path, i, 'from']} label={editorWords.rightFrom} />
            <NumberField path={[...path, i, 'to']} label={editorWords.rightTo} />
            {count > 2 && (
              <button type="button" className="button small" onClick={() => set([...path, i], undefined)}>
                {t(editorWords.remove, { title })}
              </button>
            )}
          </div>
        );
      })}
      {count < 8 && (
        <button type="button" className="button small" onClick={() => set([...path, count], { text: empty })}>
          <Icon name="plus" /> {t(editorWords.addOption)}
        </button>
      )}
    </>
  );
}

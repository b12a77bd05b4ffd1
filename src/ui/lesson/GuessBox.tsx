/** A guess before anything is run; the answer is what the engine measures, and stands beside it afterwards. */
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Guess } from '../../../graph-schema/lesson.ts';
import { isClose, rightOption } from '../../document/lesson/measured-figure.ts';
import { parseNumber } from '../inspector/parse-fields.ts';
import { useLocale, useT } from '../locale.ts';
import { formatNumber } from '../parts/numbers.ts';
import { words } from './lesson-words.ts';
import type { LessonWalk } from './use-lesson.ts';
import { useAnswer } from './use-measured.ts';
import { Line } from './Words.tsx';

interface GuessProps<G extends Guess = Guess> {
  readonly guess: G;
  readonly walk: LessonWalk;
}

type Choice = Extract<Guess, { kind: 'choice' }>;
type Estimate = Extract<Guess, { kind: 'number' }>;

/** `isEarlier`: of another step, whose answer this one measures. */
export function GuessBox({ guess, walk, isEarlier = false }: GuessProps & { readonly isEarlier?: boolean }) {
  const t = useT();
  const given = walk.place.guesses[walk.step.id];
  const title = t(isEarlier ? words.earlier : words.guessFirst);
  return (
    <section className="lesson-guess" aria-label={title}>
      <h4>{title}</h4>
      <p className="lesson-question">
        <Line text={guess.question} />
      </p>
      {guess.kind === 'choice' ? (
        <Options guess={guess} walk={walk} given={given} />
      ) : given === undefined ? (
        <NumberForm guess={guess} walk={walk} />
      ) : (
        <NumberGiven guess={guess} walk={walk} given={given} />
      )}
    </section>
  );
}

/** The choices stay where they are; after the guess each says whether it was meant, and whether it is right. */
function Options({ guess, walk, given }: GuessProps<Choice> & { readonly given: number | undefined }) {
  const t = useT();
  const name = useId();
  const [chosen, setChosen] = useState<number>();
  const [asked, setAsked] = useState(false);
  const answer = useAnswer(guess, walk);
  const right = answer === undefined ? undefined : rightOption(guess, answer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (chosen !== undefined) walk.guess(chosen);
  };
  const locked = given !== undefined;
  return (
    <form onSubmit={submit}>
      <fieldset className="lesson-options" disabled={locked}>
        <legend className="visually-hidden">
          <Line text={guess.question} />
        </legend>
        {guess.options.map((option, i) => (
          <label
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place.
            key={i}
            className="lesson-option"
            data-chosen={(locked ? given : chosen) === i || undefined}
            data-right={(locked && right === i) || undefined}
            data-wrong={(locked && given === i && right !== undefined && right !== i) || undefined}
          >
            <input
              type="radio"
              name={name}
              checked={(locked ? given : chosen) === i}
              onChange={() => setChosen(i)}
            />
            <span>
              <Line text={option.text} />
            </span>
          </label>
        ))}
      </fieldset>
      {!locked && asked && chosen === undefined && (
        <p className="field-note bad" role="alert">
          {t(words.needsChoice)}
        </p>
      )}
      {!locked ? (
        <button type="submit" className="button">
          {t(words.guess)}
        </button>
      ) : (
        <Verdict walk={walk} answer={answer}>
          {answer !== undefined &&
            (given === right ? t(words.hit) : t(words.miss, { measured: formatNumber(answer) }))}
        </Verdict>
      )}
    </form>
  );
}

function NumberForm({ guess, walk }: GuessProps<Estimate>) {
  const t = useT();
  const locale = useLocale();
  const id = useId();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const read = parseNumber(text.replace(/\s/g, ''));
  const problem = asked && 'problem' in read ? read.problem : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if ('value' in read) walk.guess(read.value as number);
  };
  return (
    <form className="lesson-number" onSubmit={submit}>
      <label htmlFor={id}>{t(words.yourGuess)}</label>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-note` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {guess.unit && <span className="soft">{guess.unit[locale]}</span>}
      <button type="submit" className="button">
        {t(words.guess)}
      </button>
      {problem && (
        <p className="field-note bad" id={`${id}-note`} role="alert">
          {t(problem)}
        </p>
      )}
    </form>
  );
}

function NumberGiven({ guess, walk, given }: GuessProps<Estimate> & { readonly given: number }) {
  const t = useT();
  const locale = useLocale();
  const answer = useAnswer(guess, walk);
  const unit = guess.unit ? ` ${guess.unit[locale]}` : '';
  const measured = answer === undefined ? '…' : formatNumber(answer) + unit;
  const near = answer !== undefined && isClose(guess, given, answer);
  return (
    <>
      <dl className="facts">
        <dt>{t(words.yourGuess)}</dt>
        <dd>{formatNumber(given) + unit}</dd>
        <dt>{t(words.measured)}</dt>
        <dd>{measured}</dd>
      </dl>
      <Verdict walk={walk} answer={answer}>
        {answer !== undefined &&
          (given === answer ? t(words.hit) : t(near ? words.near : words.miss, { measured }))}
      </Verdict>
    </>
  );
}

const waitsFor = ({ step }: LessonWalk) =>
  step.guess?.reveal ? words.later : step.goal ? words.notYet : words.notMeasured;

/** What became of a guess; before that, when it will be known. */
function Verdict(props: {
  readonly walk: LessonWalk;
  readonly answer: number | undefined;
  readonly children: ReactNode;
}) {
  const t = useT();
  const { walk, answer } = props;
  return (
    <p className="lesson-verdict" role="status">
      {answer === undefined ? t(waitsFor(walk)) : props.children}{' '}
      {answer === undefined && (
        <button type="button" className="link" onClick={() => walk.guess(undefined)}>
          {t(words.change)}
        </button>
      )}
    </p>
  );
}

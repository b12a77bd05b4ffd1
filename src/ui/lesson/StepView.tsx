/** One step: what it says, what is guessed, what is to be done, and a hint for who asks for one. */
import { lazy, Suspense } from 'react';
import { useT } from '../locale.ts';
import { GoalBox } from './GoalBox.tsx';
import { GuessBox } from './GuessBox.tsx';
import { Looks } from './Looks.tsx';
import { words } from './lesson-words.ts';
import { answeredHere, type LessonWalk, walkAt } from './use-lesson.ts';
import { useReached } from './use-measured.ts';
import { Line, Words } from './Words.tsx';

// Drawing is fetched with the first picture.
const StepPictures = lazy(() => import('./StepPictures.tsx'));

export function StepView({ walk }: { readonly walk: LessonWalk }) {
  const t = useT();
  const { step } = walk;
  const { look: looks = [] } = step;
  useReached(walk);
  return (
    <section className="lesson-step">
      <p className="lesson-kind" data-kind={step.kind}>
        {t(words[step.kind])}
      </p>
      <h3>
        <Line text={step.title} />
      </h3>
      <Words text={step.text} />
      <Looks looks={looks} />
      {looks.some((look) => 'picture' in look) && (
        <Suspense fallback={<div className="lesson-pictures" />}>
          <StepPictures looks={looks} />
        </Suspense>
      )}
      {step.guess && <GuessBox guess={step.guess} walk={walk} />}
      {/* A guess says itself what is to be done. */}
      {step.goal && step.goal.kind !== 'guessed' && <GoalBox goal={step.goal} walk={walk} />}
      {answeredHere(walk).map((i) => {
        const earlier = walkAt(walk, i);
        return earlier.step.guess && <GuessBox key={i} guess={earlier.step.guess} walk={earlier} isEarlier />;
      })}
      {step.hint && (
        <details className="lesson-hint">
          <summary>{t(words.hint)}</summary>
          <Words text={step.hint} />
        </details>
      )}
    </section>
  );
}

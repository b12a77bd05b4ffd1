/** The checks of a lesson, live: value, theory, residual and tolerance; whether each is met; and why it should be. */
import type { LessonCheck } from '../../../graph-schema/lesson.ts';
import type { CheckVerdict } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { formatNumber } from '../parts/numbers.ts';
import { useSession } from '../session/hooks.ts';
import { words } from './lesson-words.ts';
import { pointOutNode } from './use-look.ts';
import { useChecks } from './use-measured.ts';
import { Line, Words } from './Words.tsx';

const stateOf = (result: CheckVerdict | undefined) =>
  result === undefined ? 'unknown' : result.met ? 'met' : 'notMet';

interface Props {
  readonly checks: readonly LessonCheck[];
  /** Whether a check keeps its figures to itself: they would give away what is still to be guessed. */
  isHidden(node: string): boolean;
}

export function LessonChecks({ checks, isHidden }: Props) {
  const t = useT();
  const results = useChecks();
  if (checks.length === 0) return null;
  const resultOf = ({ node }: LessonCheck) => results.find((result) => result.node === node);
  const met = checks.filter((check) => resultOf(check)?.met).length;
  return (
    <section className="lesson-checks" aria-label={t(words.checks)}>
      <h4>
        {t(words.checks)}
        <span className="lesson-checks-count" role="status">
          {t(words.metOf, { met, count: checks.length })}
        </span>
      </h4>
      <ul>
        {checks.map((check) => (
          <Check key={check.node} check={check} result={resultOf(check)} hidden={isHidden(check.node)} />
        ))}
      </ul>
    </section>
  );
}

const signs = { met: '✓', notMet: '✕', unknown: '' } as const;

function Check({
  check,
  result,
  hidden,
}: {
  readonly check: LessonCheck;
  readonly result: CheckVerdict | undefined;
  readonly hidden: boolean;
}) {
  const t = useT();
  const session = useSession();
  const state = stateOf(result);
  return (
    <li className="lesson-check" data-state={state}>
      <p className="lesson-check-head">
        <span className="lesson-check-sign" aria-hidden="true">
          {signs[state]}
        </span>
        <button
          type="button"
          className="lesson-check-name"
          title={t(words.show)}
          onClick={() => pointOutNode(session, check.node)}
        >
          <Line text={check.name} />
        </button>
        <span className="lesson-check-state">{t(words[state])}</span>
      </p>
      {result && !hidden && (
        <dl className="lesson-figures">
          <div>
            <dt>{t(words.value)}</dt>
            <dd>{formatNumber(result.value, 5)}</dd>
          </div>
          {result.theory !== undefined && (
            <div>
              <dt>{t(words.theory)}</dt>
              <dd>{formatNumber(result.theory, 5)}</dd>
            </div>
          )}
          {!Number.isNaN(result.residual) && (
            <div>
              <dt>{t(words.residual)}</dt>
              <dd>
                {formatNumber(result.residual, 3)} {result.met ? '≤' : '>'}{' '}
                {formatNumber(result.tolerance, 3)}
              </dd>
            </div>
          )}
        </dl>
      )}
      <details>
        <summary>{t(words.reason)}</summary>
        <Words text={check.reason} />
      </details>
    </li>
  );
}

/**
 * On the card of a check: met or not, told by sign and shape before colour, and how far it is from theory. On that of
 * an optimizer: the largest eigenvalue of the Hessian, and up to which rate it is stable by that.
 */
import { fill, type Locale } from '../../../base/text.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { strings } from '../canvas-strings.ts';
import type { CheckVerdict } from '../props.ts';

interface CheckBadgeProps {
  readonly verdict: CheckVerdict;
  readonly far: boolean;
  /** Whether it is read off an optimizer. */
  readonly reads?: boolean;
  readonly locale: Locale;
}

export function CheckBadge({ verdict, far, reads = false, locale }: CheckBadgeProps) {
  const { met, residual, tolerance, theory = Number.NaN, basis = Number.NaN } = verdict;
  const [shown, most] = [formatNumber(residual, 3), formatNumber(tolerance, 3)];
  const [bound, lambda] = [formatNumber(theory, 3), formatNumber(basis, 3)];
  const says = reads
    ? fill(met ? strings.stable : strings.unstable, { bound, lambda })[locale]
    : fill(met ? strings.checkMet : strings.checkNotMet, { residual: shown, tolerance: most })[locale];
  return (
    <div
      className={`tl-check tl-check-${met ? 'met' : 'not-met'}${far ? ' tl-check-far' : ''}`}
      role="img"
      aria-label={says}
      title={says}
    >
      <span className="tl-check-sign">{met ? '✓' : '✕'}</span>
      {!far && <span>{reads ? `≤ ${bound}\nλ ${lambda}` : shown}</span>}
    </div>
  );
}

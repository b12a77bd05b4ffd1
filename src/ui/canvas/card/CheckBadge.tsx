/** On the card of a check: met or not, told by sign and shape before colour, and how far it is from theory. */
import { fill, type Locale } from '../../../base/text.ts';
import { formatNumber } from '../../parts/numbers.ts';
import { strings } from '../canvas-strings.ts';
import type { CheckVerdict } from '../props.ts';

interface CheckBadgeProps {
  readonly verdict: CheckVerdict;
  readonly far: boolean;
  readonly locale: Locale;
}

export function CheckBadge({ verdict: { met, residual, tolerance }, far, locale }: CheckBadgeProps) {
  const [shown, most] = [formatNumber(residual, 3), formatNumber(tolerance, 3)];
  const says = fill(met ? strings.checkMet : strings.checkNotMet, { residual: shown, tolerance: most })[
    locale
  ];
  return (
    <div
      className={`tl-check tl-check-${met ? 'met' : 'not-met'}${far ? ' tl-check-far' : ''}`}
      role="img"
      aria-label={says}
      title={says}
    >
      <span className="tl-check-sign">{met ? '✓' : '✕'}</span>
      {!far && <span>{shown}</span>}
    </div>
  );
}

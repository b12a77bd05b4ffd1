/** The orders side by side: all at once, greedy, found now, found in the background, and the user's own; the bars are logarithmic. */

import { byteText } from '../../base/bytes.ts';
import type { PathResult } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import { operations } from './figures.ts';
import { words } from './plan-strings.ts';

export type OrderName = 'greedy' | 'found' | 'kept' | 'own';

/** The page computes in float32. */
export const bytesPerElement = 4;

interface OrdersProps {
  readonly orders: Readonly<Partial<Record<OrderName, PathResult>>>;
  readonly chosen: OrderName;
  readonly onChosen: (name: OrderName) => void;
  readonly searching: boolean;
}

export function Orders({ orders, chosen, onChosen, searching }: OrdersProps) {
  const t = useT();
  const given = (['greedy', 'found', 'kept', 'own'] as const).flatMap((name) => {
    const result = orders[name];
    return result ? [{ name, result }] : [];
  });
  const naive = given[0]?.result.naiveFlops ?? 1;
  const least = Math.min(naive, ...given.map(({ result }) => result.flops));
  const span = Math.log2(naive / least) || 1;
  const part = (flops: number) => 6 + 94 * Math.min(1, Math.max(0, Math.log2(flops / least) / span));
  return (
    <fieldset className="plan-orders">
      <legend className="visually-hidden">{t(words.orders)}</legend>
      <div className="plan-order" title={t(words.naiveHint)}>
        <span className="plan-order-name">{t(words.naive)}</span>
        <span className="plan-figure">{operations(naive)}</span>
        <span className="plan-bar">
          <span style={{ width: `${part(naive)}%` }} />
        </span>
        <span className="plan-peak">–</span>
      </div>
      {given.map(({ name, result }) => (
        <label key={name} className={name === chosen ? 'plan-order chosen' : 'plan-order'}>
          <span className="plan-order-name">
            <input type="radio" name="plan-order" checked={name === chosen} onChange={() => onChosen(name)} />
            {t(words[name])}
          </span>
          <span className="plan-figure">{operations(result.flops)}</span>
          <span className="plan-bar">
            <span style={{ width: `${part(result.flops)}%` }} />
          </span>
          <span className="plan-peak">{byteText(result.peakElements * bytesPerElement)}</span>
        </label>
      ))}
      <p className="soft plan-units">
        {t(words.operations)} · {t(words.peak)}
        {searching && ` · ${t(words.searching)}`}
      </p>
    </fieldset>
  );
}

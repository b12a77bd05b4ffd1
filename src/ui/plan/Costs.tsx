/** What a step costs, as the last columns of a table of steps. */

import { byteText } from '../../base/bytes.ts';
import { useLocale, useT } from '../locale.ts';
import { operations } from './figures.ts';
import { words } from './plan-strings.ts';

export function CostHeads() {
  const t = useT();
  return (
    <>
      <th scope="col">{t(words.operations)}</th>
      <th scope="col">{t(words.bytes)}</th>
      <th scope="col">{t(words.share)}</th>
    </>
  );
}

interface CostsProps {
  readonly flops: number;
  /** Of what the step makes. */
  readonly made: number;
  /** Of all steps' operations, from 0 to 1. */
  readonly share: number;
}

export function Costs({ flops, made, share }: CostsProps) {
  const percent = new Intl.NumberFormat(useLocale(), { style: 'percent', maximumFractionDigits: 1 });
  return (
    <>
      <td>{operations(flops)}</td>
      <td>{byteText(made)}</td>
      <td>
        <span className="plan-bar">
          <span style={{ width: `${100 * share}%` }} />
        </span>
        {percent.format(share)}
      </td>
    </>
  );
}

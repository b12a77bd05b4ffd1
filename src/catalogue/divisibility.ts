/** An axis that is to be parted equally and cannot: what is told, in plain arithmetic. */
import { type Text, text } from '../base/text.ts';
import { divisorsNear, multiplesAround } from '../tensor/divisors.ts';

const mostShown = 8;

/**
 * What the code not-a-multiple is told with. `unit`: of what there are `factor`, with a blank before it. `common`: the
 * greatest common divisor of all that it must part, this size among it.
 */
export function multipleOf(
  axis: string,
  size: number,
  factor: number,
  unit: Text | '' = '',
  common: number = size,
) {
  const near = divisorsNear(common, factor).slice(0, mostShown);
  const list = near.toSorted((a, b) => a - b).join(', ');
  const others = multiplesAround(size, factor);
  return {
    axis,
    size,
    factor,
    unit,
    quotient: Math.floor(size / factor),
    rest: size % factor,
    divisors: list,
    multiples: text(others.join(' or '), others.join(' 或 ')),
  };
}

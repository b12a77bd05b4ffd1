/** Divisors of a size, for messages and proposals about axes that are parted equally. */

/** Beyond this, divisors are not looked for: no width comes near. */
const largest = 2 ** 24;

/** All divisors of a whole number n ≥ 1, ascending. Empty where n is too large to look. */
function divisorsOf(n: number): readonly number[] {
  if (!Number.isSafeInteger(n) || n < 1 || n > largest) return [];
  const low: number[] = [];
  for (let d = 1; d * d <= n; d++) if (n % d === 0) low.push(d);
  const high = low.map((d) => n / d).filter((d) => !low.includes(d));
  return [...low, ...high.reverse()];
}

/** The same, the nearest to a number first. */
export const divisorsNear = (n: number, near: number): readonly number[] =>
  [...divisorsOf(n)].sort((a, b) => Math.abs(a - near) - Math.abs(b - near) || b - a);

/** The multiples of `factor` on either side of a number that is none, those that are sizes. */
export function multiplesAround(n: number, factor: number): readonly number[] {
  const below = Math.floor(n / factor) * factor;
  return [below, below + factor].filter((multiple) => multiple >= 1);
}

/** The greatest number that divides all of these whole numbers; 0 for none of them. */
export const commonDivisor = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => {
    let [x, y] = [a, b];
    while (y !== 0) [x, y] = [y, x % y];
    return x;
  }, 0);

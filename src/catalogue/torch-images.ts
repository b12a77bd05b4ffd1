/** Images and sequences in PyTorch, whose functions take one axis of examples before the channels. */
import { tuple } from './torch.ts';

/**
 * A function that takes x with `own` axes and at least `least`, at most one, before them: further leading axes are
 * merged and parted again; one that is missing is put in.
 */
export function withOneBatch(
  x: string,
  rank: number,
  own: number,
  apply: (x: string) => string,
  least: 0 | 1 = 0,
): string {
  const leading = rank - own;
  const missing = least - leading;
  if (missing > 0)
    return `${apply(`${x}[${'None, '.repeat(missing).slice(0, -2)}]`)}${'[0]'.repeat(missing)}`;
  if (leading < 2) return apply(x);
  return `${apply(`${x}.flatten(0, ${leading - 1})`)}.unflatten(0, ${x}.shape[:${leading}])`;
}

/** One number where all axes have the same, else a tuple. */
export const perAxisCode = (numbers: readonly number[]): string =>
  new Set(numbers).size === 1 ? String(numbers[0]) : tuple(numbers);

/** Keyword arguments after others, those that have PyTorch's own default left out. */
export const keywords = (
  all: Readonly<Record<string, readonly [value: string, otherwise: string]>>,
): string =>
  Object.entries(all)
    .filter(([, [value, otherwise]]) => value !== otherwise)
    .map(([name, [value]]) => `, ${name}=${value}`)
    .join('');

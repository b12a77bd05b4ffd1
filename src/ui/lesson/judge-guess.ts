/** Whether a guess is right, by the figure that was measured. */
import type { Guess } from '../../../graph-schema/lesson.ts';

type Option = Extract<Guess, { kind: 'choice' }>['options'][number];

/** The place of the first option whose range the figure lies in; undefined where it lies in none. */
export function rightOption(options: readonly Option[], figure: number): number | undefined {
  const place = options.findIndex(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => from <= figure && figure <= to,
  );
  return place < 0 ? undefined : place;
}

/** Whether a guess lies within a part of the figure, or within that number where the figure is 0. */
export const withinReach = (guess: number, figure: number, within: number): boolean =>
  Math.abs(guess - figure) <= within * (figure === 0 ? 1 : Math.abs(figure));

/** A number as people write one: `1.37e7`, `1 372 000`, `−3`, `1,5`; undefined for what is none. */
export function readNumber(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/[\s\u2009\u202f_]/g, '')
    .replace(/\u2212/g, '-')
    .replace(/^([^,.]*),([^,.]*)$/, '$1.$2')
    .replace(/(?:×|\*)10\^?/, 'e');
  const number = Number(plain);
  return plain === '' || !Number.isFinite(number) ? undefined : number;
}

/**
 * Patterns that regroup axes, in the notation of einops (Rogozhnikov, ICLR 2022): `b (h w) -> b h w`.
 * Parentheses hold the factors of one axis; both sides name the same indices.
 */
import { axisName } from './axes-text.ts';

export interface Rearrangement {
  /** For each axis, the indices it is the product of. */
  readonly left: readonly (readonly string[])[];
  readonly right: readonly (readonly string[])[];
}

export type RearrangeReading = { readonly pattern: Rearrangement } | { readonly error: string };

export function parseRearrange(text: string): RearrangeReading {
  const sides = text.split(/->|→/);
  if (sides.length !== 2) return { error: 'it needs one arrow' };
  const [left, right] = sides.map(readSide) as [ReturnType<typeof readSide>, ReturnType<typeof readSide>];
  if (typeof left === 'string') return { error: left };
  if (typeof right === 'string') return { error: right };
  const [a, b] = [left.flat(), right.flat()];
  const twice = [a, b].flatMap((names) => names.filter((n, i) => names.indexOf(n) !== i))[0];
  if (twice !== undefined) return { error: `"${twice}" stands twice on one side` };
  const stray = a.find((n) => !b.includes(n)) ?? b.find((n) => !a.includes(n));
  if (stray !== undefined) return { error: `"${stray}" stands on one side only` };
  return { pattern: { left, right } };
}

function readSide(text: string): string[][] | string {
  const groups: string[][] = [];
  let open: string[] | undefined;
  for (const token of text.match(/[()]|[^\s()]+/g) ?? []) {
    if (token === '(') {
      if (open) return 'parentheses cannot be nested';
      open = [];
    } else if (token === ')') {
      if (!open) return 'a ")" has no "("';
      groups.push(open);
      open = undefined;
    } else if (!axisName.test(token)) return `"${token}" is not an index`;
    else if (open) open.push(token);
    else groups.push([token]);
  }
  return open ? 'a "(" is not closed' : groups;
}

/**
 * Patterns that regroup axes, in the notation of einops (Rogozhnikov, ICLR 2022): `b (h w) -> b h w`.
 * Parentheses hold the factors of one axis; both sides name the same indices; `...` stands for the axes
 * that are not named, and `(...)` for their product.
 */
import { type Text, text } from '../base/text.ts';
import { axisName } from './axes-text.ts';
import { ELLIPSIS } from './einsum.ts';

export interface Rearrangement {
  /** For each axis, the indices it is the product of. */
  readonly left: readonly (readonly string[])[];
  readonly right: readonly (readonly string[])[];
}

export type RearrangeReading = { readonly pattern: Rearrangement } | { readonly error: Text };

/** `...` inside parentheses. */
const MERGED = '(...)';

/** Stands for an axis that the pattern does not name. */
export const isHidden = (index: string): boolean => index.startsWith('…');

/** The pattern for a tensor of this rank, with `...` written out. */
export function spread({ left, right }: Rearrangement, rank: number): Rearrangement {
  const isAlone = ([index]: readonly string[]) => index === ELLIPSIS;
  if (!left.some(isAlone)) return { left, right };
  const hidden = Array.from({ length: Math.max(0, rank - left.length + 1) }, (_, i) => `…${i}`);
  const write = (side: readonly (readonly string[])[]) =>
    side.flatMap((group) =>
      isAlone(group)
        ? hidden.map((index) => [index])
        : [group.flatMap((index) => (index === MERGED ? hidden : [index]))],
    );
  return { left: write(left), right: write(right) };
}

export function parseRearrange(pattern: string): RearrangeReading {
  const sides = pattern.split(/->|→/);
  if (sides.length !== 2) return { error: text('it needs one arrow', '需要一个箭头') };
  const [left, right] = sides.map(readSide) as [ReturnType<typeof readSide>, ReturnType<typeof readSide>];
  if ('en' in left) return { error: left };
  if ('en' in right) return { error: right };
  if (left.some((group) => group.includes(MERGED)))
    return {
      error: text('"..." cannot be split: on the left it stands alone', '“...” 不能拆分：在左侧须单独出现'),
    };
  const [a, b] = [left, right].map((side) => side.flat().map((n) => (n === MERGED ? ELLIPSIS : n))) as [
    string[],
    string[],
  ];
  const twice = [a, b].flatMap((names) => names.filter((n, i) => names.indexOf(n) !== i))[0];
  if (twice !== undefined)
    return { error: text(`"${twice}" stands twice on one side`, `“${twice}” 在一侧出现两次`) };
  const stray = a.find((n) => !b.includes(n)) ?? b.find((n) => !a.includes(n));
  if (stray !== undefined)
    return { error: text(`"${stray}" stands on one side only`, `“${stray}” 只出现在一侧`) };
  return { pattern: { left, right } };
}

function readSide(side: string): string[][] | Text {
  const groups: string[][] = [];
  let open: string[] | undefined;
  for (const token of side.match(/[()]|[^\s()]+/g) ?? []) {
    if (token === '(') {
      if (open) return text('parentheses cannot be nested', '括号不能嵌套');
      open = [];
    } else if (token === ')') {
      if (!open) return text('a ")" has no "("', '“)” 没有对应的 “(”');
      groups.push(open);
      open = undefined;
    } else if (token === ELLIPSIS || token === '…') {
      if (open) open.push(MERGED);
      else groups.push([ELLIPSIS]);
    } else if (!axisName.test(token)) return text(`"${token}" is not an index`, `“${token}” 不是指标`);
    else if (open) open.push(token);
    else groups.push([token]);
  }
  return open ? text('a "(" is not closed', '“(” 没有闭合') : groups;
}

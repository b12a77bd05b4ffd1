/**
 * Patterns that regroup axes, in the notation of einops (Rogozhnikov, ICLR 2022): `b (h w) -> b h w`.
 * Parentheses hold the factors of one axis; both sides name the same indices; `...` stands for the axes
 * that are not named, and `(...)` for their product; `1` or `()` is an axis of one element.
 */
import { type Text, text } from '../base/text.ts';
import { axisName } from './axes-text.ts';
import { ELLIPSIS } from './einsum.ts';

export interface Rearrangement {
  /** For each axis, the indices it is the product of. */
  readonly left: readonly (readonly string[])[];
  readonly right: readonly (readonly string[])[];
}

/** `meant`: the pattern as it can be read, where names were written without blanks or parted by commas. */
export type RearrangeReading =
  | { readonly pattern: Rearrangement }
  | { readonly error: Text; readonly meant?: string };

/** `...` inside parentheses. */
const MERGED = '(...)';

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

/** Whether both sides name the same indices, or one may have some that the other lacks: on the left, or on the right. */
export type PatternKind = 'rearrange' | 'reduce' | 'repeat';

export function parseRearrange(pattern: string, kind: PatternKind = 'rearrange'): RearrangeReading {
  const read = readPattern(pattern, kind);
  if ('pattern' in read) return read;
  const meant = spaced(pattern, kind);
  return meant !== undefined && 'pattern' in readPattern(meant, kind) ? { ...read, meant } : read;
}

/** The pattern with blanks for commas, or with every letter an index, as in an einsum expression; undefined where neither can be read. */
export function spaced(pattern: string, kind: PatternKind = 'rearrange'): string | undefined {
  const apart = pattern.replace(/[,，]/g, ' ');
  const letters = apart.replace(/\.\.\.|…|->|→|[()]|\p{L}[\p{N}'′]*|\p{N}/gu, ' $& ');
  const tidy = (text: string) => text.replace(/\s+/g, ' ').replace(/\( /g, '(').replace(/ \)/g, ')').trim();
  const readable = [apart, letters].find((text) => text !== pattern && 'pattern' in readPattern(text, kind));
  return readable === undefined ? undefined : tidy(readable);
}

const onlyLeft = (index: string): Text =>
  text(
    `"${index}" stands on the left only; every number is kept, to sum over it use a Contract or Reduce`,
    `“${index}” 只出现在左侧；所有数都会保留，要对它求和请用“收缩”或“归约”`,
  );
const onlyRight = (index: string): Text =>
  text(
    `"${index}" stands on the right only; of new axes there is only 1, for others use Repeat`,
    `“${index}” 只出现在右侧；新的轴只能是 1，其余请用“重复”`,
  );

function readPattern(pattern: string, kind: PatternKind): RearrangeReading {
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
  const [lost, fresh] = [a.find((n) => !b.includes(n)), b.find((n) => !a.includes(n))];
  if (lost !== undefined && kind !== 'reduce') return { error: onlyLeft(lost) };
  if (fresh !== undefined && kind !== 'repeat') return { error: onlyRight(fresh) };
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
    } else if (token === '1') {
      // As a factor it changes nothing.
      if (!open) groups.push([]);
    } else if (!axisName.test(token)) return notAnIndex(token);
    else if (open) open.push(token);
    else groups.push([token]);
  }
  return open ? text('a "(" is not closed', '“(” 没有闭合') : groups;
}

const notAnIndex = (token: string): Text =>
  /[,，]/.test(token)
    ? text(
        `"${token}" has a comma; a pattern is of one tensor, several are multiplied by a Contract`,
        `“${token}” 中有逗号；模式只有一个张量，多个张量请用“收缩”相乘`,
      )
    : /^\d+$/.test(token)
      ? text(
          `"${token}" is not an index; give the axis a name, and the name its size`,
          `“${token}” 不是指标；请给轴一个名称，再给该名称设定大小`,
        )
      : text(`"${token}" is not an index`, `“${token}” 不是指标`);

/**
 * Einsum expressions in index notation: `ij,jk->ik` or `i j, j k -> i k`, with `...`, repeated
 * indices, any number of operands. An expression is spaced as soon as one operand holds a blank
 * between two indices; otherwise every letter (with digits or primes after it) is an index.
 */

import { type Text, text } from '../base/text.ts';

/** Stands for the axes an operand has besides those it names. */
export const ELLIPSIS = '...';

export interface Einsum {
  readonly inputs: readonly (readonly string[])[];
  /** undefined where the expression has no arrow: see `implicitOutput`. */
  readonly output: readonly string[] | undefined;
}

export type EinsumReading = { readonly einsum: Einsum } | { readonly error: Text };

const compactIndex = /\.\.\.|…|\p{L}[\p{N}'′]*/gu;
const spacedIndex = /^(\.\.\.|…|[\p{L}_][\p{L}\p{N}_'′]*)$/u;
const maxLength = 100_000;

/** Characters of an expression that a message repeats. */
const mostShown = 60;

/** An expression as messages show it. */
export const excerpt = (expression: string): string =>
  expression.length > mostShown ? `${expression.slice(0, mostShown)}…` : expression;

export function parseEinsum(expression: string): EinsumReading {
  if (expression.length > maxLength)
    return { error: text(`it is longer than ${maxLength} characters`, `它超过 ${maxLength} 个字符`) };
  const sides = expression.split(/->|→/);
  if (sides.length > 2) return { error: text('it has more than one arrow', '箭头多于一个') };
  const operands = (sides[0] ?? '').split(/[,，]/).map((s) => s.trim());
  const outputText = sides[1]?.trim();
  const spaced = [...operands, outputText ?? ''].some((s) => /\s/.test(s));

  const inputs: string[][] = [];
  for (const operand of operands) {
    const indices = readIndices(operand, spaced);
    if ('en' in indices) return { error: indices };
    inputs.push(indices);
  }
  if (outputText === undefined) return { einsum: { inputs, output: undefined } };

  const written = readIndices(outputText, spaced);
  if ('en' in written) return { error: written };
  const named = new Set(inputs.flat());
  // Where no operand has it, `...` stands for no axes: as NumPy and PyTorch read it.
  const output = written.filter((index) => index !== ELLIPSIS || named.has(ELLIPSIS));
  const stray = output.find((i) => !named.has(i));
  if (stray !== undefined)
    return {
      error: text(
        `"${stray}" stands on the output but on no operand`,
        `“${stray}” 在输出中，却不在任何操作数上`,
      ),
    };
  const before = new Set<string>();
  const twice = output.find((index) => before.size === before.add(index).size);
  if (twice !== undefined)
    return { error: text(`"${twice}" stands twice on the output`, `“${twice}” 在输出中出现两次`) };
  return { einsum: { inputs, output } };
}

/** The indices of one operand, or what is wrong with it. */
function readIndices(operand: string, spaced: boolean): string[] | Text {
  const indices = spaced ? operand.split(/\s+/).filter((s) => s !== '') : (operand.match(compactIndex) ?? []);
  const bad = spaced
    ? indices.find((index) => !spacedIndex.test(index))
    : operand.replace(compactIndex, '').trim().charAt(0) || undefined;
  if (bad !== undefined && /[()]/.test(bad))
    return text(
      `"${bad}" is not an index; axes are split and merged by a Rearrange`,
      `“${bad}” 不是指标；拆分与合并轴请用“重排”`,
    );
  if (bad !== undefined) return text(`"${bad}" is not an index`, `“${bad}” 不是指标`);
  const normal = indices.map((index) => (index === '…' ? ELLIPSIS : index));
  if (normal.indexOf(ELLIPSIS) !== normal.lastIndexOf(ELLIPSIS))
    return text('an operand has "..." twice', '一个操作数中有两个 “...”');
  return normal;
}

const tooFew = (k: number, rank: number, named: string): Text =>
  text(
    `operand ${k + 1} has ${rank} axes, the expression names ${named}`,
    `第 ${k + 1} 个操作数有 ${rank} 个轴，表达式写了 ${named} 个`,
  );

const isCompact = (index: string): boolean => /^(\.\.\.|\p{L}[\p{N}'′]*)$/u.test(index);

/**
 * An expression that is read as these indices: `ij,jk->ik`, or with blanks where an index has more than one letter.
 * Where no operand has two indices, blanks cannot tell: then longer names become letters.
 */
export function writeEinsum({ inputs, output }: Einsum): string {
  const lists = output ? [...inputs, output] : inputs;
  const names = new Set(lists.flat());
  const long = [...names].filter((name) => !isCompact(name));
  if (long.length > 0 && lists.every((list) => list.length < 2)) {
    const free = freshIndices(names);
    const letters = new Map(long.map((name) => [name, free.next().value]));
    const short = (list: readonly string[]) => list.map((name) => letters.get(name) ?? name);
    return writeEinsum({ inputs: inputs.map(short), output: output && short(output) });
  }
  const write = (list: readonly string[]) => list.join(long.length > 0 ? ' ' : '');
  const [comma, arrow] = long.length > 0 ? [', ', ' -> '] : [',', '->'];
  const left = inputs.map(write).join(comma);
  return output ? `${left}${arrow}${write(output)}` : left;
}

/** Names that are not taken yet: i, j, k, …, z, a, …, h, then i1, j1, … */
export function* freshIndices(taken: Iterable<string>): Generator<string, never> {
  const known = new Set(taken);
  for (let round = 0; ; round++)
    for (const letter of 'ijklmnopqrstuvwxyzabcdefgh') {
      const name = round === 0 ? letter : `${letter}${round}`;
      if (!known.has(name)) yield name;
    }
}

/** The same expression with `...` written out, for operands of these ranks. */
export function expandEllipsis(einsum: Einsum, ranks: readonly number[]): EinsumReading {
  let widest = 0;
  for (const [k, indices] of einsum.inputs.entries()) {
    const rank = ranks[k] ?? 0;
    const hidden = rank - (indices.length - 1);
    if (!indices.includes(ELLIPSIS)) {
      if (indices.length !== rank) return { error: tooFew(k, rank, String(indices.length)) };
      continue;
    }
    if (hidden < 0) return { error: tooFew(k, rank, `${indices.length - 1} + ...`) };
    widest = Math.max(widest, hidden);
  }
  // Hidden axes are aligned from the right, as NumPy broadcasts: the last is always `…0`.
  const spread = (indices: readonly string[], count: number) =>
    indices.flatMap((index) =>
      index === ELLIPSIS ? Array.from({ length: count }, (_, i) => `…${count - 1 - i}`) : [index],
    );
  const inputs = einsum.inputs.map((indices, k) => spread(indices, (ranks[k] ?? 0) - (indices.length - 1)));
  const output = einsum.output && spread(einsum.output, widest);
  return { einsum: { inputs, output } };
}

/** The indices that stand exactly once, in order of appearance: Einstein's rule on the names of axes. */
export function openIndices(inputs: readonly (readonly string[])[]): readonly string[] {
  const once = new Map<string, boolean>();
  for (const index of inputs.flat()) once.set(index, !once.has(index));
  return [...once.keys()].filter((index) => once.get(index));
}

/** Whether `...` stands for this axis, in an expression in which it has been written out. */
export const isHidden = (index: string): boolean => index.startsWith('…');

/** The same expression with `...` in the place of the axes that it stands for. */
export function unhidden({ inputs, output }: Einsum): Einsum {
  const short = (list: readonly string[]) =>
    list
      .map((index) => (isHidden(index) ? ELLIPSIS : index))
      .filter((index, d, all) => index !== ELLIPSIS || all[d - 1] !== ELLIPSIS);
  return { inputs: inputs.map(short), output: output && short(output) };
}

/**
 * The output of an expression without an arrow, `...` written out: as `numpy.einsum` reads it, first the axes
 * that `...` stands for, then the indices that stand exactly once, sorted by code point.
 */
export function implicitOutput(inputs: readonly (readonly string[])[]): readonly string[] {
  const hidden = new Set(inputs.flat().filter(isHidden));
  const outermostFirst = [...hidden].sort((a, b) => Number(b.slice(1)) - Number(a.slice(1)));
  return [
    ...outermostFirst,
    ...openIndices(inputs)
      .filter((i) => !isHidden(i))
      .sort(byCodePoint),
  ];
}

/** JavaScript itself compares halves of code points (UTF-16 units). */
function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const d = left.findIndex((letter, i) => letter !== right[i]);
  if (d < 0) return left.length - right.length;
  return (left[d]?.codePointAt(0) ?? 0) - (right[d]?.codePointAt(0) ?? -1);
}

/**
 * Changes of a network by hand, on the indices of its operands and of its result. Each gives the network as it is
 * afterwards, or why it cannot be.
 */

import { type Text, text } from '../../../base/text.ts';
import { visible } from '../../../base/visible.ts';
import type { Einsum } from '../../../tensor/einsum.ts';
import { freshIndices, isHidden } from '../../../tensor/einsum.ts';

export type IndexLists = Required<Pick<Einsum, 'inputs'>> & { readonly output: readonly string[] };

export type NetworkEdit = { readonly network: IndexLists } | { readonly obstacle: Text };

const hidden: NetworkEdit = {
  obstacle: text(
    '“...” stands for this index: it has no name to change.',
    '此指标由“...”代表，没有可改的名称。',
  ),
};

/** The end of an index at an axis of an operand. */
export interface IndexEnd {
  readonly operand: number;
  readonly axis: number;
}

/** Sums over two indices as one: where an end of one meets the other. `onto` gives its name. */
export function joinIndices(
  { inputs, output }: IndexLists,
  from: string,
  onto: string,
  sizeOf: (index: string) => number | undefined,
): NetworkEdit {
  if (from === onto) return { network: { inputs, output } };
  if (isHidden(from) || isHidden(onto)) return hidden;
  const [a, b] = [sizeOf(from), sizeOf(onto)];
  if (a !== undefined && b !== undefined && a !== b) {
    const [first, second] = [visible(from), visible(onto)];
    return {
      obstacle: text(
        `${first} has size ${a}, ${second} has size ${b}: indices of different sizes cannot be joined.`,
        `${first} 的大小是 ${a}，${second} 的大小是 ${b}：大小不同的指标不能相连。`,
      ),
    };
  }
  return {
    network: {
      inputs: inputs.map((list) => list.map((index) => (index === from ? onto : index))),
      output: output.filter((index) => index !== from && index !== onto),
    },
  };
}

/**
 * Takes an index apart. Of two ends each becomes open, the first under the old name; of more, the end that is cut
 * becomes an open index of its own, and the others stay together.
 */
export function cutIndex({ inputs, output }: IndexLists, cut: string, at?: IndexEnd): NetworkEdit {
  if (isHidden(cut)) return hidden;
  const ends = inputs.flatMap((list, operand) =>
    list.flatMap((index, axis) => (index === cut ? [{ operand, axis }] : [])),
  );
  const last = ends.at(-1);
  if (ends.length < 2 || !last) return { network: { inputs, output } };
  const [fresh] = take(freshIndices([...inputs.flat(), ...output]), 1);
  const off = ends.length > 2 && at ? at : last;
  const renamed = inputs.map((list, operand) =>
    list.map((index, axis) => (operand === off.operand && axis === off.axis ? (fresh ?? index) : index)),
  );
  const opened = ends.length > 2 || output.includes(cut) ? output : [...output, cut];
  return { network: { inputs: renamed, output: [...opened, ...(fresh === undefined ? [] : [fresh])] } };
}

const take = <T>(items: Iterator<T>, count: number): T[] =>
  Array.from({ length: count }, () => items.next().value as T);

/** Closes an open index, which is then summed, or opens a closed one, which the result then has last. */
export function openOrClose({ inputs, output }: IndexLists, index: string): NetworkEdit {
  if (isHidden(index)) return hidden;
  const isOpen = output.includes(index);
  return {
    network: { inputs, output: isOpen ? output.filter((name) => name !== index) : [...output, index] },
  };
}

const indexName = /^[\p{L}_][\p{L}\p{N}_'′]*$/u;

export function renameIndex({ inputs, output }: IndexLists, index: string, name: string): NetworkEdit {
  if (name === index) return { network: { inputs, output } };
  if (isHidden(index)) return hidden;
  const shown = visible(name);
  if (!indexName.test(name))
    return {
      obstacle: text(
        `“${shown}” is no name of an index: letters first, then letters and digits.`,
        `“${shown}” 不能作指标名：以字母开头，后接字母或数字。`,
      ),
    };
  if ([...inputs.flat(), ...output].includes(name))
    return {
      obstacle: text(
        `There is an index ${shown} already: join the two to sum over them as one.`,
        `已有指标 ${shown}：如要合并求和，请将两者相连。`,
      ),
    };
  const change = (list: readonly string[]) => list.map((each) => (each === index ? name : each));
  return { network: { inputs: inputs.map(change), output: change(output) } };
}

/** Takes an operand out: what it shared with others is open then, and what only it had is gone. */
export function removeOperand({ inputs, output }: IndexLists, operand: number): NetworkEdit {
  const own = inputs[operand] ?? [];
  const left = inputs.filter((_, k) => k !== operand);
  if (left.length === 0)
    return { obstacle: text('A contraction has at least one tensor.', '收缩至少有一个张量。') };
  const held = new Set(left.flat());
  const opened = [...new Set(own)].filter((index) => held.has(index) && !output.includes(index));
  if (opened.some(isHidden)) return hidden;
  return { network: { inputs: left, output: [...output.filter((index) => held.has(index)), ...opened] } };
}

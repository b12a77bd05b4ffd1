/** Contractions that resolve a diagnostic: forgotten sums over axes that are too many, and expressions whose letters stand in the wrong order. */
import { text } from '../base/text.ts';
import { type Einsum, parseEinsum, writeEinsum } from '../tensor/einsum.ts';
import { type Proposal, type SeenAxis, sameSize } from './adapt.ts';

const letters = 'ijklmnopqrstuvwxyzabcdefgh';

/** The axes of `has` that find a partner in `wanted`, by name or else by size, in order; undefined where one finds none. */
function kept(has: readonly SeenAxis[], wanted: readonly SeenAxis[]): number[] | undefined {
  const by = (same: (a: SeenAxis, b: SeenAxis) => boolean): number[] | undefined => {
    const found: number[] = [];
    for (const want of wanted) {
      const at = has.findIndex((axis, d) => d > (found.at(-1) ?? -1) && same(axis, want));
      if (at < 0) return undefined;
      found.push(at);
    }
    return found;
  };
  return by((a, b) => a.name === b.name) ?? by(sameSize);
}

/** Sums over the axes that nothing wanted asks for. */
export function sums(has: readonly SeenAxis[], wanted: readonly SeenAxis[] | undefined): Proposal[] {
  if (!wanted || has.length <= wanted.length || has.length > letters.length) return [];
  const open = kept(has, wanted);
  if (!open) return [];
  // Axes of one element, or all of them: to sum some and keep others is seldom what was forgotten.
  if (open.length > 0 && has.some((axis, d) => !open.includes(d) && axis.size !== 1)) return [];
  const names = has.flatMap((axis, d) => (open.includes(d) ? [] : [axis.name])).join(', ');
  const expression = `${letters.slice(0, has.length)}->${open.map((d) => letters[d]).join('')}`;
  const keepsNumbers = has.every((axis, d) => open.includes(d) || axis.size === 1);
  return [{ params: { expression }, keepsNumbers, does: text(`Sum over ${names}`, `对 ${names} 求和`) }];
}

/** Expressions of more indices are not mended by trial. */
const mostIndices = 100;

/** The expression with an index kept that it sums away alone, or with two letters of one operand exchanged. */
export function relabellings(
  expression: string,
  inputs: Readonly<Record<string, readonly SeenAxis[]>>,
): Proposal[] {
  const read = parseEinsum(expression);
  if (expression.trim() === '' || 'error' in read) return [];
  const { einsum } = read;
  if (einsum.inputs.length !== Object.keys(inputs).length) return [];
  if (einsum.inputs.flat().length > mostIndices) return [];
  return [...keeping(einsum), ...exchanging(einsum)].map((changed) => {
    const written = writeEinsum(changed);
    return {
      params: { expression: written },
      does: text(`Write ${written} instead of ${expression}`, `用 ${written} 代替 ${expression}`),
    };
  });
}

/** An index of one operand alone that is summed has often just been forgotten on the output. */
function keeping({ inputs, output }: Einsum): Einsum[] {
  if (!output) return [];
  const labels = inputs.flat();
  const lonely = labels.filter(
    (label) => !output.includes(label) && labels.indexOf(label) === labels.lastIndexOf(label),
  );
  return lonely.map((label) => ({
    inputs,
    output: [...new Set(labels)].filter((other) => other === label || output.includes(other)),
  }));
}

const exchanging = ({ inputs, output }: Einsum): Einsum[] =>
  inputs.flatMap((labels, k) =>
    labels.slice(1).map((second, d) => {
      const swapped = labels.map((label, at) =>
        at === d ? second : at === d + 1 ? (labels[d] as string) : label,
      );
      return { inputs: inputs.map((other, at) => (at === k ? swapped : other)), output };
    }),
  );

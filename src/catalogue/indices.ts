/**
 * Which indices a contraction closes and which it leaves open: from its expression, or, without one,
 * by Einstein's rule on the axis names (a name that stands twice is summed, the others stay open).
 */
import type { Text } from '../base/text.ts';
import { expandEllipsis, implicitOutput, openIndices, parseEinsum } from '../tensor/einsum.ts';

export interface Indices {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

export type IndicesReading =
  | { readonly indices: Indices }
  | { readonly error: Text }
  | { readonly operands: number };

/** `operands`: the expression names another number of operands than there are. */
export function readIndices(
  expression: string,
  operandNames: readonly (readonly string[])[],
): IndicesReading {
  if (expression.trim() === '')
    return { indices: { inputs: operandNames, output: openIndices(operandNames) } };
  const read = parseEinsum(expression);
  if ('error' in read) return read;
  if (read.einsum.inputs.length !== operandNames.length) return { operands: read.einsum.inputs.length };
  const expanded = expandEllipsis(
    read.einsum,
    operandNames.map((names) => names.length),
  );
  if ('error' in expanded) return expanded;
  const { inputs, output } = expanded.einsum;
  return { indices: { inputs, output: output ?? implicitOutput(inputs) } };
}

/** How many operands an expression names; undefined where it cannot be read or there is none. */
export function operandCount(expression: string): number | undefined {
  if (expression.trim() === '') return undefined;
  const read = parseEinsum(expression);
  return 'error' in read ? undefined : read.einsum.inputs.length;
}

/**
 * What the numbers on a wire stand for, where a node cares. All tensors hold real numbers, so nothing here
 * is an error: class numbers can be multiplied and measurements can pick rows of a table. It is only never
 * what was meant.
 */
import type { ValueKind } from '../tensor/axis.ts';
import type { InferContext } from './define.ts';

type Context = Pick<InferContext<unknown>, 'inputs' | 'report'>;

/** Numbers of a continuous scale: measurements, random draws, what a layer with weights gives. */
export const continuous: ValueKind = { kind: 'continuous' };

/** Class 2 is not twice class 1. Of two classes, 0 and 1, the number is itself a quantity. */
export function expectQuantities({ inputs, report }: Context, port: string): void {
  const valueKind = inputs[port]?.valueKind;
  if (valueKind?.kind !== 'classes' || valueKind.classes <= 2) return;
  const values = { what: port, classes: valueKind.classes, greatest: valueKind.classes - 1 };
  report('labels-as-quantities', { port }, values);
}

/** `rows`: how many rows the table has that the numbers choose from, where they choose from one. */
export function expectIndices({ inputs, report }: Context, port: string, rows?: number): void {
  const valueKind = inputs[port]?.valueKind;
  if (valueKind === undefined) return;
  if (valueKind.kind !== 'classes') report('continuous-as-indices', { port }, { what: port });
  else if (rows !== undefined && valueKind.classes > rows) {
    const { classes } = valueKind;
    report('too-few-rows', { port }, { classes, greatest: classes - 1, rows });
  }
}

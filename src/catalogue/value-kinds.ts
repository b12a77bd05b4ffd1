/**
 * What the numbers on a wire stand for, where a node cares. All tensors hold real numbers, so nothing here
 * is an error: class numbers can be multiplied and measurements can pick rows of a table. It is only never
 * what was meant.
 */
import type { ValueKind } from '../tensor/axis.ts';
import type { InferContext } from './define.ts';

/** How many of the least, of the largest and of the fractions are kept: more than are told one by one. */
const kept = 4;

/**
 * The least and the largest whole numbers among these, and some fractions, each once: of numbers that must choose
 * among some, whichever they are, those that do not are found here.
 */
export function extremes(numbers: readonly number[]): readonly number[] {
  const [least, largest, fractions]: [number[], number[], number[]] = [[], [], []];
  const insert = (list: number[], x: number, before: (a: number, b: number) => boolean) => {
    if (list.length === kept && !before(x, list[kept - 1] as number)) return;
    if (list.includes(x)) return;
    const at = list.findIndex((other) => before(x, other));
    list.splice(at < 0 ? list.length : at, 0, x);
    if (list.length > kept) list.pop();
  };
  for (const x of numbers) {
    if (!Number.isInteger(x)) insert(fractions, x, () => false);
    else {
      insert(least, x, (a, b) => a < b);
      insert(largest, x, (a, b) => a > b);
    }
  }
  return [...new Set([...least, ...largest.toReversed(), ...fractions])];
}

/** As many wrong numbers as are told one by one. */
const told = 3;

/**
 * Numbers choose among `count`, 0 … count − 1, where that is known; `ignored` is let through. Told of those that
 * stand in the document; what comes from elsewhere stops the run.
 */
export function expectChoices(
  { inputs, report }: Context,
  port: string,
  count: number | undefined,
  ignored?: number,
): void {
  const { written } = inputs[port] ?? {};
  if (written === undefined || count === undefined) return;
  const wrong = written.filter((x) => x !== ignored && !(Number.isInteger(x) && x >= 0 && x < count));
  if (wrong.length > 0)
    report('no-such-index', { port }, { what: port, values: listed(wrong), greatest: count - 1 });
}

/** Whole numbers are expected; where those that stand in the document are none of 0 … count − 1, it is said. */
export function expectClasses(context: Context, port: string, count: number | undefined): void {
  const written = context.inputs[port]?.written ?? [];
  const fractions = written.filter((x) => !Number.isInteger(x));
  const outside = written.filter((x) => Number.isInteger(x) && (x < 0 || x >= (count ?? Infinity)));
  if (count === undefined) return;
  const values = {
    what: port,
    values: listed(fractions.length > 0 ? fractions : outside),
    greatest: count - 1,
  };
  if (fractions.length > 0) context.report('no-such-index', { port }, values);
  else if (outside.length > 0) context.report('no-such-class', { port }, values);
}

/** Each number once, the first few. */
function listed(numbers: readonly number[]): string {
  const different = [...new Set(numbers)];
  return different.slice(0, told).join(', ') + (different.length > told ? ', …' : '');
}

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

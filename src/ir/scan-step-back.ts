/** One iteration of a recurrence, pulled back in reverse mode: see scan-reverse.ts. */
import type { Builder } from './builder.ts';
import type { ScanOp, ValueId } from './program.ts';
import { inline } from './scan.ts';
import { unpackScan } from './scan-parts.ts';

export type Gradient = (
  ir: Builder,
  y: ValueId,
  by: readonly ValueId[],
  sums: readonly (ValueId | undefined)[],
) => ValueId[];

/** Carries that are one value, which has one cotangent. */
export interface CarryClass {
  readonly key: string;
  /** Where it is a value of the program around. */
  readonly outer?: ValueId;
  /** Else: which result of an iteration it was, and how many iterations before the last. */
  readonly index: number;
  readonly age: number;
}

/** Cotangents around an iteration; what is not there is 0. */
export interface Cotangents {
  /** Of carries, by the key of their class. */
  readonly carries: ReadonlyMap<string, ValueId>;
  /** Sums so far, of values of the program around. */
  readonly outers: readonly (ValueId | undefined)[];
}

/** The values that one iteration has, in the builder where it is pulled back. */
export interface IterationBack {
  readonly carries: readonly ValueId[];
  readonly rows: readonly ValueId[];
  readonly outers: readonly ValueId[];
  /** Cotangents of what it gave, of those that are not 0. */
  readonly outs: readonly ValueId[];
  /** Classes of the carries before and after it. */
  readonly before: readonly CarryClass[];
  readonly after: readonly CarryClass[];
}

/** What of a recurrence is to be pulled back. */
export interface ReverseRequest {
  readonly op: ScanOp;
  readonly wantedRows: readonly number[];
  readonly wantedOuters: readonly boolean[];
  /** Which results beside the carries have a cotangent. */
  readonly outs: readonly number[];
  readonly gradient: Gradient;
}

const isZero = (ir: Builder, value: ValueId): boolean => {
  const op = ir.op(value);
  return op.kind === 'contract' && op.args.length === 0 && op.scale === 0;
};

/** The cotangents before an iteration, in a builder that has its values, and its gradients by rows. */
export function pullBackIteration(
  ir: Builder,
  { op, wantedRows, wantedOuters, outs, gradient }: ReverseRequest,
  { before, after, ...at }: IterationBack,
  now: Cotangents,
): Cotangents & { readonly rows: readonly (ValueId | undefined)[] } {
  const { constants } = unpackScan(op);
  const forward = inline(ir, op, [...at.carries, ...at.rows, ...at.outers.slice(0, constants.length)]);
  // The iteration's results, each times its cotangent, as one number to differentiate.
  const terms: (readonly [ValueId, ValueId])[] = [];
  const starts = new Map<ValueId, ValueId>();
  const seen = new Set<string>();
  for (const { key, index, age, outer } of after) {
    const lambda = now.carries.get(key);
    if (lambda === undefined || outer !== undefined || seen.has(key)) continue;
    seen.add(key);
    if (age === 0) terms.push([lambda, forward.carries[index] as ValueId]);
    else {
      const same = before.findIndex((b) => b.key === `${index} ${age - 1}`);
      starts.set(at.carries[same] as ValueId, lambda);
    }
  }
  for (const [i, index] of outs.entries())
    terms.push([at.outs[i] as ValueId, forward.outs[index] as ValueId]);
  const own = before.flatMap(({ key, outer }, k) =>
    outer === undefined && (at.carries[k] as ValueId) >= 0 && before.findIndex((b) => b.key === key) === k
      ? [{ key, leaf: at.carries[k] as ValueId }]
      : [],
  );
  const outers = at.outers.flatMap((value, i) => (wantedOuters[i] && value >= 0 ? [i] : []));
  const variables = [
    ...own.map(({ leaf }) => leaf),
    ...wantedRows.map((i) => at.rows[i] as ValueId),
    ...outers.map((i) => at.outers[i] as ValueId),
  ];
  const sums = [
    ...own.map(({ leaf }) => starts.get(leaf)),
    ...wantedRows.map(() => undefined),
    ...outers.map((i) => now.outers[i]),
  ];
  const found = gradients(ir, gradient, terms, variables, sums);
  const ofRows = found.slice(own.length, own.length + wantedRows.length);
  const totals = [...now.outers];
  for (const [j, i] of outers.entries()) totals[i] = found[own.length + ofRows.length + j];
  const carries = new Map(
    own.flatMap(({ key }, j) => (found[j] === undefined ? [] : [[key, found[j]] as const])),
  );
  return { carries, outers: totals, rows: ofRows };
}

/** Undefined where they are 0. */
function gradients(
  ir: Builder,
  gradient: Gradient,
  terms: readonly (readonly [ValueId, ValueId])[],
  variables: readonly ValueId[],
  sums: readonly (ValueId | undefined)[],
): readonly (ValueId | undefined)[] {
  if (terms.length === 0) return sums;
  const energy = terms.map(([a, b]) => ir.sum(ir.mul(a, b))).reduce((a, b) => ir.add(a, b));
  const found = gradient(ir, energy, variables, sums);
  return found.map((g, i) => (sums[i] === undefined && isZero(ir, g) ? undefined : g));
}

/**
 * How many rows go through a group of nests together: enough for each nest to be worth starting, few
 * enough for what one leaves to the next to be still in the cache.
 */
import type { FusedStep, GemmStep, NestStep, Operand, Step } from '../../../ir/plan.ts';
import { elements } from '../../../ir/program.ts';
import type { RowGroups } from '../../../ir/target.ts';
import { asNest } from './as-nest.ts';

const hasProduct = ({ nests }: Pick<FusedStep, 'nests'>): boolean =>
  nests.some((nest) => nest.kind === 'gemm');

/** The largest part of a dimension that divides it into equal ones of at most `most`. */
export function divisor(size: number, most: number): number {
  let part = Math.max(1, Math.min(size, most));
  while (size % part !== 0) part--;
  return part;
}

/** Several rows at a time: within a block of them, each nest runs on its own. */
export function inBlocks(step: Step, { nestBlock, productBlock }: RowGroups): Step {
  if (step.kind !== 'fused' || step.outer.length === 0) return step;
  const depth = step.outer.length;
  const row = Math.max(...step.nests.map((nest) => rowOf(nest, depth)));
  const size = step.outer.at(-1) as number;
  const rows = divisor(size, Math.floor((hasProduct(step) ? productBlock : nestBlock) / row));
  if (rows === 1) return step;
  const split = (values: readonly number[], pair: (value: number) => readonly [number, number]) => [
    ...values.slice(0, depth - 1),
    ...pair(values[depth - 1] as number),
    ...values.slice(depth),
  ];
  const sizes = (n: number) => [n / rows, rows] as const;
  const turned = <T extends Operand>(w: T): T => ({ ...w, strides: split(w.strides, (s) => [s * rows, s]) });
  const splitNest = (nest: NestStep): NestStep => ({
    ...nest,
    dims: split(nest.dims, sizes),
    operands: nest.operands.map(turned),
    results: nest.results.map((r) => ({ ...r, out: turned(r.out) })),
  });
  const splitProduct = (product: GemmStep): GemmStep => {
    const { batch, m, a, b, c } = product;
    const isBatch = depth <= batch.length;
    const axes = split([...batch, ...m], sizes);
    const batches = batch.length + (isBatch ? 1 : 0);
    return {
      ...product,
      batch: axes.slice(0, batches),
      m: axes.slice(batches),
      a: turned(a),
      b: isBatch ? turned(b) : b,
      c: turned(c),
    };
  };
  const nests = step.nests.map((nest) => (nest.kind === 'gemm' ? splitProduct(nest) : splitNest(nest)));
  return { ...step, outer: step.outer.with(-1, size / rows), nests };
}

/** Points that a nest keeps or reads at one point of its first dimensions; of a product, what it makes. */
function rowOf(nest: NestStep | GemmStep, depth: number): number {
  const { dims, reduced } = asNest(nest);
  return elements(dims.slice(depth, nest.kind === 'gemm' ? dims.length - reduced : undefined));
}

/** Which elements a step reads and writes: more exact than the buffers, of which a nest may take a part. */
import type { BufferPlace, GemmStep, NestStep, Operand, PlainStep } from '../ir/plan.ts';

export interface Window extends Operand {
  readonly dims: readonly number[];
}

const row = (place: BufferPlace, count: number): Window => ({ ...place, dims: [count], strides: [1] });

/** The windows of a step's results; offset and strides in elements, as in the plan. */
export function writtenBy(step: PlainStep): readonly Window[] {
  switch (step.kind) {
    case 'gemm':
      return [{ ...step.c, dims: [...step.batch, ...step.m, ...step.n] }];
    case 'nest':
      return writtenByNest(step);
    case 'fused':
      return step.nests.flatMap((nest) => writtenBy(nest));
    case 'fill':
    case 'random':
      return [row(step.out, step.count)];
    case 'gather':
      return [row(step.out, step.count * step.rowSize)];
    case 'scatterAdd':
      return [row(step.out, step.rows * step.rowSize)];
  }
}

const writtenByNest = ({ dims, reduced, results }: NestStep): Window[] =>
  results.map(({ out, reduce }) => ({
    ...out,
    dims: reduce === 'none' ? dims : dims.slice(0, dims.length - reduced),
  }));

/** The windows of a step's operands that it does not write itself. Of the rows that a gather takes from, all. */
export function readBy(step: PlainStep): readonly Window[] {
  switch (step.kind) {
    case 'gemm':
      return readByProduct(step);
    case 'nest':
      return step.operands.map((operand) => ({ ...operand, dims: step.dims }));
    case 'fused': {
      const own = new Set(writtenBy(step).map(({ buffer }) => buffer));
      return step.nests.flatMap((nest) => readBy(nest)).filter(({ buffer }) => !own.has(buffer));
    }
    case 'fill':
      return [];
    case 'random':
      return [row(step.key, 4)];
    case 'gather':
      return [row(step.data, step.rows * step.rowSize), row(step.indices, step.count)];
    case 'scatterAdd':
      return [row(step.indices, step.count), row(step.updates, step.count * step.rowSize)];
  }
}

const readByProduct = ({ batch, m, n, k, a, b }: GemmStep): Window[] => [
  { ...a, dims: [...batch, ...m, ...k] },
  { ...b, dims: [...batch, ...k, ...n] },
];

/** Which elements a step writes: more exact than the buffer, of which a nest may write a part. */
import type { NestStep, Operand, Plan, Step } from '../ir/plan.ts';
import { elements } from '../ir/program.ts';

export interface Window extends Operand {
  readonly dims: readonly number[];
}

/** The windows of a step's results; offset and strides in elements, as in the plan. */
export function writtenBy(step: Step, plan: Plan): readonly Window[] {
  switch (step.kind) {
    case 'gemm':
      return [{ ...step.c, dims: [...step.batch, ...step.m, ...step.n] }];
    case 'nest':
      return writtenByNest(step);
    case 'fused':
      return step.nests.flatMap((nest) => writtenBy(nest, plan));
    case 'fill':
    case 'random':
    case 'gather':
    case 'scatterAdd': {
      const size = elements(plan.buffers[step.out]?.shape ?? []);
      return [{ buffer: step.out, offset: 0, dims: [size], strides: [1] }];
    }
  }
}

const writtenByNest = ({ dims, reduced, results }: NestStep): Window[] =>
  results.map(({ out, reduce }) => ({
    ...out,
    dims: reduce === 'none' ? dims : dims.slice(0, dims.length - reduced),
  }));

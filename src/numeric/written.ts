/** Which elements a step writes: more exact than the buffer, of which a nest may write a part. */
import { type Operand, outputOf, type Plan, type Step } from '../ir/plan.ts';
import { elements } from '../ir/program.ts';

export interface Window extends Operand {
  readonly dims: readonly number[];
}

/** The window of a step's output; offset and strides in elements, as in the plan. */
export function writtenBy(step: Step, plan: Plan): Window {
  switch (step.kind) {
    case 'gemm':
      return { ...step.c, dims: [...step.batch, step.m, step.n] };
    case 'nest':
      return { ...step.out, dims: step.dims.slice(0, step.dims.length - step.reduced) };
    case 'fill':
    case 'random':
    case 'gather':
    case 'scatterAdd': {
      const size = elements(plan.buffers[outputOf(step)]?.shape ?? []);
      return { buffer: step.out, offset: 0, dims: [size], strides: [1] };
    }
  }
}

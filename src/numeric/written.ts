/** Which elements a step writes: more exact than the buffer, of which a nest may write a part. */
import type { NestStep, Operand, Step } from '../ir/plan.ts';

export interface Window extends Operand {
  readonly dims: readonly number[];
}

/** The windows of a step's results; offset and strides in elements, as in the plan. Of a loop: in all its iterations. */
export function writtenBy(step: Step): readonly Window[] {
  switch (step.kind) {
    case 'gemm':
      return [{ ...step.c, dims: [...step.batch, ...step.m, ...step.n] }];
    case 'nest':
      return writtenByNest(step);
    case 'fused':
      return step.nests.flatMap((nest) => writtenBy(nest));
    case 'loop':
      return step.steps.flatMap((inner) =>
        writtenBy(inner).map((window) => everyIteration(window, step.count)),
      );
    case 'barrier':
      return [];
    case 'fill':
    case 'random':
      return [{ ...step.out, dims: [step.count], strides: [1] }];
    case 'gather':
      return [{ ...step.out, dims: [step.count * step.rowSize], strides: [1] }];
    case 'scatterAdd':
      return [{ ...step.out, dims: [step.rows * step.rowSize], strides: [1] }];
  }
}

/** The window with the iterations of the innermost loop around its step as a dimension of its own. */
function everyIteration({ loopStrides = [], ...window }: Window, count: number): Window {
  const own = loopStrides.at(-1) ?? 0;
  const outer = loopStrides.slice(0, -1);
  const whole =
    own === 0 ? window : { ...window, dims: [count, ...window.dims], strides: [own, ...window.strides] };
  return outer.length > 0 ? { ...whole, loopStrides: outer } : whole;
}

const writtenByNest = ({ dims, reduced, results }: NestStep): Window[] =>
  results.map(({ out, reduce }) => ({
    ...out,
    dims: reduce === 'none' ? dims : dims.slice(0, dims.length - reduced),
  }));

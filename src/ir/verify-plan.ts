/** Checks that a plan stays inside its buffers and its buffers inside the arena. A fault is a bug of the planner. */
import { bytesOf, type Operand, type Plan, type Step } from './plan.ts';
import { elements } from './program.ts';

export function findPlanFault(plan: Plan): string | undefined {
  for (const [i, { shape, offset, bytes }] of plan.buffers.entries()) {
    if (offset % 64 !== 0) return `buffer ${i} is not aligned`;
    if (bytes !== 0 && bytes !== elements(shape) * bytesOf[plan.dtype])
      return `buffer ${i} has ${bytes} bytes for [${shape.join(', ')}]`;
    if (offset + bytes > plan.bytes) return `buffer ${i} ends outside the arena`;
  }
  for (const [i, step] of plan.steps.entries()) {
    const fault = stepFault(step, plan);
    if (fault !== undefined) return `step ${i} (${step.kind}): ${fault}`;
  }
  const ends = [
    ...Object.values(plan.inputs).map((x) => x.buffer),
    ...Object.values(plan.outputs),
    ...plan.constants.map((c) => c.buffer),
  ];
  const lost = ends.find((buffer) => !plan.buffers[buffer]?.bytes);
  return lost === undefined ? undefined : `buffer ${lost} is read or written from outside but has no bytes`;
}

export function verifyPlan(plan: Plan): Plan {
  const fault = findPlanFault(plan);
  if (fault !== undefined) throw new Error(`internal: the plan is not well formed: ${fault}`);
  return plan;
}

function stepFault(step: Step, plan: Plan): string | undefined {
  /** The window of an operand over these dimensions lies inside its buffer. */
  const outside = ({ buffer, offset, strides }: Operand, dims: readonly number[]): string | undefined => {
    const size = (plan.buffers[buffer]?.bytes ?? 0) / bytesOf[plan.dtype];
    if (strides.length !== dims.length)
      return `an operand has ${strides.length} strides for ${dims.length} dimensions`;
    const reach = (sign: 1 | -1) =>
      dims.reduce((sum, n, d) => sum + Math.max(0, sign * (strides[d] as number)) * (n - 1), 0);
    const [low, high] = [offset - reach(-1), offset + reach(1)];
    return low < 0 || high >= size
      ? `elements ${low} to ${high} of buffer ${buffer}, which has ${size}`
      : undefined;
  };
  switch (step.kind) {
    case 'gemm': {
      const { batch, m, n, k } = step;
      if (step.c.strides.at(-1) !== 1 && n > 1) return 'columns of the result are not one apart';
      return (
        outside(step.a, [...batch, m, k]) ??
        outside(step.b, [...batch, k, n]) ??
        outside(step.c, [...batch, m, n])
      );
    }
    case 'nest': {
      if ((step.reduced === 0) !== (step.reduce === 'none')) return 'it reduces nothing, or by nothing';
      const kept = step.dims.slice(0, step.dims.length - step.reduced);
      return (
        step.operands.map((o) => outside(o, step.dims)).find((x) => x !== undefined) ??
        outside(step.out, kept)
      );
    }
    case 'random':
    case 'gather':
    case 'scatterAdd':
    case 'fill':
      return plan.buffers[step.out]?.bytes ? undefined : 'it writes a buffer without bytes';
  }
}

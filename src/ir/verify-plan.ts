/** Checks that a plan stays inside its buffers and its buffers inside the arena. A fault is a bug of the planner. */
import {
  type BufferPlace,
  bytesOf,
  type GemmStep,
  type NestStep,
  type Operand,
  type Plan,
  type Step,
} from './plan.ts';
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

/** `counts` are the iterations of the loops around the step, outermost first. */
function stepFault(step: Step, plan: Plan, counts: readonly number[] = []): string | undefined {
  /** The window of an operand over these dimensions lies inside its buffer, in every iteration. */
  const outside: Check = ({ buffer, offset, strides, loopStrides = [] }, dims) => {
    const size = (plan.buffers[buffer]?.bytes ?? 0) / bytesOf[plan.dtype];
    if (loopStrides.length > counts.length)
      return `an operand moves with ${loopStrides.length} loops, of ${counts.length}`;
    if (strides.length !== dims.length)
      return `an operand has ${strides.length} strides for ${dims.length} dimensions`;
    let low = offset;
    let high = offset;
    for (const [d, stride] of loopStrides.entries()) {
      const reach = stride * ((counts[d] as number) - 1);
      if (reach < 0) low += reach;
      else high += reach;
    }
    // A plain loop: it is run for every window of the plan.
    for (let d = 0; d < dims.length; d++) {
      const reach = (strides[d] as number) * ((dims[d] as number) - 1);
      if (reach < 0) low += reach;
      else high += reach;
    }
    return low < 0 || high >= size
      ? `elements ${low} to ${high} of buffer ${buffer}, which has ${size}`
      : undefined;
  };
  switch (step.kind) {
    case 'gemm':
      return productFault(step, outside);
    case 'nest':
      return nestFault(step, outside);
    case 'fused':
      for (const nest of step.nests) {
        const kept =
          nest.kind === 'gemm'
            ? [...nest.batch, ...nest.m]
            : nest.dims.slice(0, nest.dims.length - nest.reduced);
        if (step.outer.some((n, d) => kept[d] !== n))
          return 'a nest does not begin with the outer dimensions, or reduces one';
        const fault = nest.kind === 'gemm' ? productFault(nest, outside) : nestFault(nest, outside);
        if (fault !== undefined) return fault;
      }
      return undefined;
    case 'loop': {
      if (!(step.count >= 1)) return `it runs ${step.count} times`;
      for (const [i, inner] of step.steps.entries()) {
        const fault = stepFault(inner, plan, [...counts, step.count]);
        if (fault !== undefined) return `its step ${i} (${inner.kind}): ${fault}`;
      }
      return undefined;
    }
    case 'barrier':
      return undefined;
    case 'fill':
      return contiguous(step.out, step.count);
    case 'random':
      return contiguous(step.key, 4) ?? contiguous(step.out, step.count);
    case 'gather':
    case 'scatterAdd': {
      const { rows, rowSize, count } = step;
      const [long, short] = [rows * rowSize, count * rowSize];
      const [from, to] = step.kind === 'gather' ? [step.data, step.out] : [step.out, step.updates];
      return contiguous(step.indices, count) ?? contiguous(from, long) ?? contiguous(to, short);
    }
  }
  function contiguous(place: BufferPlace, count: number): string | undefined {
    return outside({ ...place, strides: [1] }, [count]);
  }
}

type Check = (window: Operand, dims: readonly number[]) => string | undefined;

const productFault = ({ batch, m, n, k, a, b, c }: GemmStep, outside: Check): string | undefined =>
  outside(a, [...batch, ...m, ...k]) ??
  outside(b, [...batch, ...k, ...n]) ??
  outside(c, [...batch, ...m, ...n]);

function nestFault({ dims, reduced, operands, results }: NestStep, outside: Check): string | undefined {
  const reductions = results.filter((r) => r.reduce !== 'none').length;
  if (results.length === 0 || (reduced === 0) !== (reductions === 0))
    return 'it reduces nothing, or by nothing';
  const kept = dims.slice(0, dims.length - reduced);
  for (const operand of operands) {
    const fault = outside(operand, dims);
    if (fault !== undefined) return fault;
  }
  for (const { out, reduce } of results) {
    const fault = outside(out, reduce === 'none' ? dims : kept);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

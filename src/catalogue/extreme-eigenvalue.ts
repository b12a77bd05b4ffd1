/** What the nodes of the largest and of the smallest eigenvalue of a Hessian share. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { dimensionOf, type Eigenpair, extremeEigenvalue, hessian } from '../ir/hessian.ts';
import type { InferContext, LowerContext, PortSpec } from './define.ts';
import { continuous } from './value-kinds.ts';

export const eigenvalueParams = z.object({
  steps: z
    .int()
    .min(1)
    .max(100_000)
    .default(60)
    .meta({
      label: text('Steps', '步数'),
      doc: text('Of power iteration, and as many with the shift', '幂迭代的步数；移位后再迭代同样多步'),
    }),
});

export const eigenvalueInputs: readonly PortSpec[] = [
  { name: 'of', title: text('of', '函数') },
  { name: 'by', title: text('by', '变量'), optional: true },
];

export const eigenvalueOutputs: readonly PortSpec[] = [
  { name: 'value', title: text('λ', 'λ') },
  { name: 'residual', title: text('residual', '残差') },
];

/** “of” must be a scalar. */
export function inferEigenvalue({ inputs, report }: InferContext<unknown>) {
  const axes = inputs.of?.axes ?? [];
  if (axes.length > 0) {
    report('not-scalar', { port: 'of' }, { what: 'of', axes: axes.map((a) => a.name).join(', ') });
    return {};
  }
  const scalar = { axes: [], valueKind: continuous };
  return { value: scalar, residual: scalar };
}

/** The eigenpair, from a start that is drawn once for a run; 0 where there is nothing to differentiate by, which is told. */
export function lowerEigenvalue(
  { params, ir, drawn, function: functionOf }: LowerContext<z.output<typeof eigenvalueParams>>,
  which: 'largest' | 'smallest',
): Pick<Eigenpair, 'value' | 'residual'> {
  const f = functionOf('of', ['by']);
  if (f.variables.length === 0) return { value: ir.full([], 0), residual: ir.full([], 0) };
  const start = drawn('normal', [dimensionOf(ir, f.variables)]);
  const { value, residual } = extremeEigenvalue(ir, hessian(ir, f, f.variables), {
    which,
    start,
    steps: params.steps,
  });
  return { value, residual };
}

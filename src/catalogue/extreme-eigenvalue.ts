/** What the nodes of the largest and of the smallest eigenvalue of a Hessian share. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { dimensionOf, type Eigenpair, extremeEigenvalue, hessian } from '../ir/hessian.ts';
import type { TensorFunction } from '../ir/tensor-function.ts';
import type { InferContext, LowerContext, PortSpec } from './define.ts';
import type { TorchContext } from './torch.ts';
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

/**
 * The eigenpair, from a start that is drawn once for a run; 0 where there is nothing to differentiate by, which is told.
 * `adapted`: another symmetric matrix made of the Hessian, by what it does to vectors.
 */
export function lowerEigenvalue(
  { params, ir, drawn, function: functionOf }: LowerContext<z.output<typeof eigenvalueParams>>,
  which: 'largest' | 'smallest',
  adapted = (times: TensorFunction, _: TensorFunction): TensorFunction => times,
): Pick<Eigenpair, 'value' | 'residual'> {
  const f = functionOf('of', ['by']);
  if (f.variables.length === 0) return { value: ir.full([], 0), residual: ir.full([], 0) };
  const start = drawn('normal', [dimensionOf(ir, f.variables)]);
  const { value, residual } = extremeEigenvalue(ir, adapted(hessian(ir, f, f.variables), f), {
    which,
    start,
    steps: params.steps,
  });
  return { value, residual };
}

/** The same in Python: value and residual of `extreme_eigenvalue(times, start, steps, sign)`. */
export function torchEigenvalue(
  context: Pick<
    TorchContext<z.output<typeof eigenvalueParams>>,
    'params' | 'inputs' | 'let' | 'drawn' | 'helper' | 'function' | 'parametersOf'
  >,
  which: 'largest' | 'smallest',
  adapted = (times: string, _: string): string => times,
): string {
  const { params, inputs, let: assign, drawn, helper, function: functionOf, parametersOf } = context;
  helper(torchHessian);
  const f = functionOf('of', inputs.by === undefined ? [] : ['by']);
  const by = inputs.by === undefined ? parametersOf('of') : `[${inputs.by}]`;
  const times = assign(
    'hessian_at_point',
    `hessian(${f}, ${by}${inputs.by === undefined ? ', moved=False' : ''})`,
  );
  const sign = which === 'largest' ? 1 : -1;
  return `${helper(torchPowerIteration)}(${adapted(times, by)}, ${drawn('normal')}, ${params.steps}, ${sign})`;
}

/** v ↦ Hv at a point, v of shape [N]. */
export const torchHessian = `def hessian(function, point, moved=True):
    """What the Hessian of a scalar function does to a vector of all coordinates (Pearlmutter, 1994)."""
    if moved:
        point = [x.clone() if x.requires_grad else x.detach().requires_grad_() for x in point]
    value = function(*point) if moved else function()
    slopes = derivatives(value, point)

    def times(v):
        return derivatives(slopes, point, v)

    times.gradient = slopes.detach()
    return times


def derivatives(of, by, weights=None):
    """Derivatives of a tensor by others, one after the other; 0 where it does not depend on them."""
    found = [None] * len(by)
    if of.requires_grad:
        found = torch.autograd.grad(of, by, weights, create_graph=True, allow_unused=True)
    parts = [torch.zeros_like(x) if slope is None else slope for slope, x in zip(found, by)]
    return torch.cat([part.reshape(-1) for part in parts])`;

export const torchPowerIteration = `def extreme_eigenvalue(times, start, steps, sign):
    """The largest (sign 1) or smallest (-1) eigenvalue by power iteration, and how far it is from being one."""

    def norm(v):
        square = v @ v
        return torch.sqrt(square) if square != 0 else square.detach()

    def normalised(v, other):
        length = norm(v)
        return v / length if length != 0 else other

    def iterate(v, shift):
        v = normalised(v, v)
        for _ in range(steps):
            v = normalised(sign * times(v) + shift * v, v)
        return v

    # That of the largest magnitude; then shifted, so that the one that is asked for has it, whatever its sign.
    first = iterate(start, 0.0)
    product = times(first)
    radius = norm(product)
    shift = torch.minimum(radius, 10 * (radius - sign * (first @ product)))
    share = shift / radius if radius != 0 else 0.0
    v = iterate(first + share * (start - first), shift)
    product = times(v)
    value = v @ product
    return value, norm(product - value * v)`;

/** A loss as a function of the parameters that it depends on: what optimizers follow, at any point. */
import type { Builder } from './builder.ts';
import { gradient } from './gradient.ts';
import type { ValueId } from './program.ts';
import { type Evaluation, evaluate, tensorFunction } from './tensor-function.ts';

/**
 * `f` and its gradients as a function of `variables`. At the variables themselves it is `f`, and nothing is computed
 * twice. Elsewhere only what depends on a variable is computed again: data and random draws are those of this
 * step at every point. One value for each variable, of its shape.
 */
export function objective(
  ir: Builder,
  f: ValueId,
  variables: readonly ValueId[],
): (point: readonly ValueId[]) => Evaluation {
  const there = tensorFunction(ir, f, variables);
  return (point) =>
    variables.every((variable, i) => point[i] === variable)
      ? { loss: f, gradients: gradient(ir, f, variables), at: variables }
      : evaluate(ir, there, point);
}

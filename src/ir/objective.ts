/**
 * A scalar as a function of what it depends on: the operations that compute it are appended again, with
 * other values in the place of its variables. So a loss and its gradient can be had at any point, as line
 * searches, Runge–Kutta steps and quasi-Newton methods ask for, and at several in one program.
 */

import type { Builder } from './builder.ts';
import { dependents, gradient, sources } from './gradient.ts';
import { withArgs } from './ops/index.ts';
import type { ValueId } from './program.ts';

export interface Evaluation {
  /** f at the point: a scalar. */
  readonly loss: ValueId;
  /** ∂f/∂xᵢ at the point, each of the shape of its variable; 0 where f does not depend on it. */
  readonly gradients: readonly ValueId[];
  /**
   * The point as the values that `loss` and `gradients` were computed from: what they are differentiated by
   * again. `directional(ir, gradients[i], at, v)` is row i of the Hessian times v.
   */
  readonly at: readonly ValueId[];
}

/**
 * `f` as a function of `variables`. At the variables themselves it is `f`, and nothing is computed twice.
 * Elsewhere only what depends on a variable is computed again: data and random draws are those of this
 * step at every point. One value for each variable, of its shape.
 */
export function objective(
  ir: Builder,
  f: ValueId,
  variables: readonly ValueId[],
): (point: readonly ValueId[]) => Evaluation {
  return (point) => {
    const isHere = variables.every((variable, i) => point[i] === variable);
    // A copy stands for each coordinate: one may be computed from another, or be the same value as another,
    // and the derivative by it is to follow neither.
    const at = isHere ? variables : point.map((value) => ir.copy(value));
    const loss = isHere ? f : substitute(ir, f, new Map(variables.map((v, i) => [v, at[i] as ValueId])));
    return { loss, gradients: gradient(ir, loss, at), at };
  };
}

/** `value` computed anew with some of the values that it depends on replaced by others of equal shape. */
function substitute(ir: Builder, value: ValueId, replaced: ReadonlyMap<ValueId, ValueId>): ValueId {
  const isMoved = dependents(ir.ops, [...replaced.keys()], value);
  const isNeeded = sources(ir.ops, value);
  const renamed = new Map(replaced);
  for (let v = 0; v <= value; v++) {
    if (renamed.has(v) || !isMoved.has(v) || !isNeeded.has(v)) continue;
    renamed.set(v, ir.append(withArgs(ir.op(v), (a) => renamed.get(a) ?? a)));
  }
  return renamed.get(value) ?? value;
}

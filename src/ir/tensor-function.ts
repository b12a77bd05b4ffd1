/**
 * A value as a function of others that it depends on: the operations that compute it are appended again, with other
 * values in the place of its variables. So what a graph draws can be had at any point, at several in one program and
 * in the iterations of a loop, as integrators, line searches and power iterations ask for.
 */
import type { Builder } from './builder.ts';
import { directional } from './forward.ts';
import { dependents, gradient } from './gradient.ts';
import { argsOf, withArgs } from './ops/index.ts';
import type { Op, Shape, ValueId } from './program.ts';
import { scan } from './scan.ts';

export interface TensorFunction {
  /** Of what it gives, at every point. */
  readonly shape: Shape;
  /** In the builder that it was made in. */
  readonly variables: readonly ValueId[];
  /** Whether it depends on none of its variables. */
  readonly isConstant: boolean;
  /**
   * Values that it reads and that no variable flows into: data, random draws, parameters. In the builder that it was
   * made in they are at hand. To evaluate it in a loop, make them constants of the loop, and hand `at` what stands
   * for them in the body.
   */
  readonly captured: readonly ValueId[];
  /**
   * Its value at a point, one value for each variable and of its shape; at the variables themselves it is the value
   * that there is. `captured` may be left out in the builder that it was made in.
   */
  at(ir: Builder, point: readonly ValueId[], captured?: readonly ValueId[]): ValueId;
}

/** `value` as a function of `variables`; constant where it depends on none of them. */
export function tensorFunction(ir: Builder, value: ValueId, variables: readonly ValueId[]): TensorFunction {
  const isMoved = dependents(ir.ops, variables, value);
  const isVariable = new Set(variables);
  const isNeeded = sourcesUpTo(ir.ops, value, isVariable);
  const computed = [...isNeeded].filter((v) => isMoved.has(v) && !isVariable.has(v)).sort((a, b) => a - b);
  const read = new Set([value, ...computed.flatMap((v) => argsOf(ir.op(v)))]);
  const fixed = [...read].filter((v) => !isMoved.has(v));
  // Ones, zeros and deltas are written again where they are read: a loop need not be handed them.
  const captured = fixed.filter((v) => !isPattern(ir.op(v)));
  const patterns = fixed.filter((v) => isPattern(ir.op(v)));
  return {
    shape: ir.shape(value),
    variables,
    isConstant: !isMoved.has(value),
    captured,
    at(inside, point, given = captured) {
      if (inside === ir && variables.every((variable, i) => point[i] === variable)) return value;
      const here = new Map(variables.map((v, i) => [v, point[i] as ValueId]));
      for (const [i, v] of captured.entries()) here.set(v, given[i] as ValueId);
      for (const v of patterns) here.set(v, inside === ir ? v : inside.append(ir.op(v)));
      for (const v of computed) here.set(v, inside.append(withArgs(ir.op(v), (a) => here.get(a) as ValueId)));
      return here.get(value) as ValueId;
    },
  };
}

/** A scalar function and its derivatives at a point. */
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

/** Value and gradients of a scalar function: see TensorFunction.at. */
export function evaluate(
  ir: Builder,
  f: TensorFunction,
  point: readonly ValueId[],
  captured?: readonly ValueId[],
): Evaluation {
  // A copy stands for each coordinate: one may be computed from another, be the same value as another or be captured
  // too, and the derivative by it is to follow none of them.
  const at = point.map((value) => ir.copy(value));
  const loss = f.at(ir, at, captured);
  return { loss, gradients: gradient(ir, loss, at), at };
}

/** The Hessian of a scalar function of one variable times a vector of that variable's shape, forward over reverse. */
export function hessianTimes(ir: Builder, { gradients, at }: Evaluation, vector: ValueId): ValueId {
  return directional(ir, gradients[0] as ValueId, at, [vector]);
}

/**
 * A function at many points: each of `points` holds those of one variable along a new first axis, and so does the
 * result. A loop over them.
 */
export function atEach(ir: Builder, f: TensorFunction, points: readonly ValueId[]): ValueId {
  const [length = 1] = ir.shape(points[0] as ValueId);
  const { outs } = scan(ir, {
    length,
    carries: [],
    rows: points,
    constants: f.captured,
    body: (inner, _, point, captured) => ({ carries: [], outs: [f.at(inner, point, captured)] }),
  });
  return outs[0] as ValueId;
}

const isPattern = (op: Op): boolean => op.kind === 'iota' || (op.kind === 'contract' && op.args.length === 0);

/** All values that one is computed from, itself included, up to some at which the walk ends. */
function sourcesUpTo(ops: readonly Op[], from: ValueId, ends: ReadonlySet<ValueId>): Set<ValueId> {
  const found = new Set([from]);
  for (let value = from; value >= 0; value--)
    if (found.has(value) && !ends.has(value)) for (const a of argsOf(ops[value] as Op)) found.add(a);
  return found;
}

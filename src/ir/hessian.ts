/**
 * The Hessian of a scalar function as what it does to vectors, and its extreme eigenvalues by power iteration: the
 * matrix itself is never made. B. A. Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 6
 * (1994); G. H. Golub, C. F. Van Loan, "Matrix Computations", section 7.3 (power iteration).
 */
import type { Builder } from './builder.ts';
import { arg, binary, e, number, select, unary } from './expr.ts';
import { directional } from './forward.ts';
import { elements, type Shape, type ValueId } from './program.ts';
import { scan } from './scan.ts';
import { evaluate, type TensorFunction, tensorFunction } from './tensor-function.ts';

/** All coordinates of a point, one after the other: shape [N]. */
export function flatten(ir: Builder, parts: readonly ValueId[]): ValueId {
  return ir.concat(
    parts.map((part) => ir.reshape(part, [elements(ir.shape(part))])),
    0,
  );
}

/** The parts of such a vector, in their shapes. */
function unflatten(ir: Builder, flat: ValueId, shapes: readonly Shape[]): ValueId[] {
  let start = 0;
  return shapes.map((shape) => {
    const size = elements(shape);
    const part = ir.reshape(ir.part(flat, 0, start, size), shape);
    start += size;
    return part;
  });
}

/** How many coordinates a point has: N. */
export const dimensionOf = (ir: Builder, point: readonly ValueId[]): number =>
  point.reduce((n, x) => n + elements(ir.shape(x)), 0);

/**
 * v ↦ Hv at a point, v and Hv of shape [N], the coordinates one after the other. Only what depends on v is computed
 * for each v: the function and its gradient are there once.
 */
export function hessian(
  ir: Builder,
  f: TensorFunction,
  point: readonly ValueId[],
  captured = f.captured,
): TensorFunction {
  const { gradients, at } = evaluate(ir, f, point, captured);
  // A copy: the builder would take zeros themselves in, and nothing would depend on them.
  const v = ir.copy(ir.full([dimensionOf(ir, at)], 0));
  const tangents = unflatten(
    ir,
    v,
    at.map((x) => ir.shape(x)),
  );
  return tensorFunction(ir, directional(ir, flatten(ir, gradients), at, tangents), [v]);
}

export interface Eigenpair {
  /** vᵀHv, a scalar. */
  readonly value: ValueId;
  /** ‖Hv − λv‖, a scalar: some eigenvalue is no further from λ than this. */
  readonly residual: ValueId;
  /** Of norm 1, shape [N]. */
  readonly vector: ValueId;
}

/**
 * The largest or the smallest eigenvalue of H, which is symmetric. `steps` steps of power iteration find that of the
 * largest magnitude; as many again follow with H shifted, so that the one that is asked for has the largest magnitude
 * whatever its sign. Where it has without, the shift is next to 0 and they go on from the first. `start`: shape [N].
 */
export function extremeEigenvalue(
  ir: Builder,
  times: TensorFunction,
  { which, start, steps }: { which: 'largest' | 'smallest'; start: ValueId; steps: number },
): Eigenpair {
  const sign = which === 'largest' ? 1 : -1;
  const dominant = iterate(ir, times, start, steps, sign, ir.full([], 0));
  const product = times.at(ir, [dominant]);
  const radius = norm(ir, product);
  const rayleigh = dot(ir, dominant, product);
  // ρ − sλ is 0 where the eigenvalue that is asked for dominates, and 2ρ where the other end does.
  const gap = e.mul(number(10), e.sub(arg(0), e.mul(number(sign), arg(1))));
  const shift = ir.map([radius, rayleigh], binary('min', arg(0), gap));
  // From where the first ones led as far as that is the way, else from the start.
  const share = select(binary('eq', arg(1), number(0)), number(0), e.div(arg(0), arg(1)));
  const mixed = e.add(arg(0), e.mul(arg(2), e.sub(arg(1), arg(0))));
  const from = ir.map([dominant, start, ir.map([shift, radius], share)], mixed, [[0], [0], []]);
  const vector = iterate(ir, times, from, steps, sign, shift);
  const last = times.at(ir, [vector]);
  const value = dot(ir, vector, last);
  const rest = ir.map([last, value, vector], e.sub(arg(0), e.mul(arg(1), arg(2))), [[0], [], [0]]);
  return { value, residual: norm(ir, rest), vector };
}

/** v ← (sH + σ)v / ‖(sH + σ)v‖, so many times. */
function iterate(
  ir: Builder,
  times: TensorFunction,
  start: ValueId,
  steps: number,
  sign: number,
  shift: ValueId,
): ValueId {
  const { last } = scan(ir, {
    length: steps,
    carries: [normalised(ir, start)],
    constants: [shift, ...times.captured],
    body(inner, [v = 0], _, [sigma = 0, ...captured]) {
      const moved = e.add(e.mul(number(sign), arg(0)), e.mul(arg(1), arg(2)));
      const next = inner.map([times.at(inner, [v], captured), sigma, v], moved, [[0], [], [0]]);
      return { carries: [normalised(inner, next, v)] };
    },
  });
  return last[0] as ValueId;
}

const dot = (ir: Builder, a: ValueId, b: ValueId): ValueId => ir.einsum('i,i->', a, b);

/** Of a vector; with derivative 0 at 0. */
function norm(ir: Builder, v: ValueId): ValueId {
  const isZero = binary('eq', arg(0), number(0));
  const safe = unary('sqrt', select(isZero, number(1), arg(0)));
  return ir.map([dot(ir, v, v)], select(isZero, number(0), safe));
}

/** v at norm 1; where it is 0, the other, which is. So an iteration ends with a vector that H takes to 0, and not with 0. */
function normalised(ir: Builder, v: ValueId, other = v): ValueId {
  const isZero = binary('eq', arg(1), number(0));
  const quotient = e.div(arg(0), select(isZero, number(1), arg(1)));
  return ir.map([v, norm(ir, v), other], select(isZero, arg(2), quotient), [[0], [], [0]]);
}

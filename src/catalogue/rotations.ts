/**
 * Random rotations as operations: P. Diaconis and M. Shahshahani, "The subgroup algorithm for generating uniform
 * random variables", Probability in the Engineering and Informational Sciences 1 (1987). A rotation of k
 * dimensions is one of the last k − 1, uniform as well, and then one that takes the first axis to a uniform point
 * of the sphere: a mirror that does so, after a mirror that leaves that axis.
 */
import type { Builder } from '../ir/builder.ts';
import { arg, e, number, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';

/** More dimensions are not turned: each takes a product of its own. */
export const mostTurned = 16;

/** Normal numbers that a rotation of n dimensions takes; none where there is but one rotation. */
export function numbersOfRotation(n: number): number {
  const k = Math.min(n, mostTurned);
  return (k * (k + 1)) / 2 - 1;
}

/**
 * Rotations, [count, n, n], of determinant 1, evenly spread over all there are, orthonormal up to rounding; of
 * normal numbers whose first are [count, numbersOfRotation(n)]. Beyond the last 16 coordinates they turn nothing.
 */
export function rotationsOf(ir: Builder, numbers: ValueId, n: number): ValueId {
  const [count = 1] = ir.shape(numbers);
  let rotation = ir.full([count, 1, 1], 1);
  let taken = 0;
  for (let k = 2; k <= Math.min(n, mostTurned); k++) {
    const normals = ir.part(numbers, 1, taken, k);
    taken += k;
    rotation = ir.einsum('nij,njk->nik', firstTo(ir, normals, k), beside(ir, rotation, count, k));
  }
  return n > mostTurned ? beside(ir, rotation, count, n) : rotation;
}

/** A rotation of the last coordinates among k: the first ones stay. [count, k, k] */
function beside(ir: Builder, rotation: ValueId, count: number, k: number): ValueId {
  const turned = ir.shape(rotation)[1] as number;
  const still = k - turned;
  const identity = ir.broadcast(ir.delta(2, still), [1, 2], [count, still, still]);
  const above = ir.concat([identity, ir.full([count, still, turned], 0)], 2);
  return ir.concat([above, ir.concat([ir.full([count, turned, still], 0), rotation], 2)], 1);
}

/** The mirror that takes the first axis to x / |x|, times one that turns the second over: determinant 1. */
function firstTo(ir: Builder, x: ValueId, k: number): ValueId {
  const length = ir.map([ir.einsum('ni,ni->n', x, x)], unary('sqrt', arg(0)));
  const unit = ir.map([x, length], e.div(arg(0), arg(1)), [[0, 1], [0]], ir.shape(x));
  const isFirst = ir.constant(
    [k],
    Array.from({ length: k }, (_, i) => (i === 0 ? 1 : 0)),
  );
  const signs = ir.constant(
    [k],
    Array.from({ length: k }, (_, i) => (i === 1 ? -1 : 1)),
  );
  const w = ir.map([isFirst, unit], e.sub(arg(0), arg(1)), [[1], [0, 1]], ir.shape(x));
  const square = ir.einsum('ni,ni->n', w, w);
  const identity = ir.delta(2, k);
  const shape = [ir.shape(x)[0] as number, k, k];
  const mirrored = e.sub(arg(0), e.div(e.mul(e.mul(number(2), arg(1)), arg(2)), arg(3)));
  return ir.map(
    [identity, w, w, square, signs],
    e.mul(mirrored, arg(4)),
    [[1, 2], [0, 1], [0, 2], [0], [2]],
    shape,
  );
}

/** The same in Python, of tensors [count, …]. */
export const torchRotations = `def rotations(normals, n):
    """Random rotations [count, n, n] of normal numbers (Diaconis and Shahshahani, 1987)."""
    count, taken = normals.shape[0], 0
    rotation = torch.ones(count, 1, 1)
    for k in range(2, min(n, ${mostTurned}) + 1):
        x = normals[:, taken : taken + k]
        taken += k
        # The mirror that takes the first axis to x, after one that turns the second over.
        w = torch.eye(k)[0] - x / torch.linalg.norm(x, dim=1, keepdim=True)
        mirror = torch.eye(k) - 2 * w[:, :, None] * w[:, None, :] / (w * w).sum(1)[:, None, None]
        mirror = mirror * torch.tensor([-1.0 if i == 1 else 1.0 for i in range(k)])
        rotation = mirror @ beside(rotation, k)
    return beside(rotation, n)


def beside(rotation, n):
    """Rotations of the last coordinates among n: the first ones stay."""
    still = n - rotation.shape[1]
    out = torch.eye(n).repeat(rotation.shape[0], 1, 1)
    out[:, still:, still:] = rotation
    return out`;

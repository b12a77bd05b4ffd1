/**
 * The orthonormal matrix nearest to another, by contractions alone. Å. Björck, C. Bowie, "An iterative algorithm for
 * computing the best estimate of an orthogonal matrix", SIAM J. Numer. Anal. 8 (1971), eq. (2.2) to first order: it
 * converges where no singular value is 0 or above √3.
 */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, e, number, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { scan } from '../ir/scan.ts';

export const iterationsParam = z
  .int()
  .min(1)
  .max(1000)
  .default(30)
  .meta({
    label: text('Iterations', '迭代次数'),
    doc: text(
      'Each lengthens what is short by up to 3/2, and near the end doubles the digits',
      '每次把短的方向最多拉长 3/2 倍，接近终点时有效数字翻倍',
    ),
  });

/** Of a matrix (i, j): X ← X (3 I − XᵀX) / 2, from X = A / ‖A‖, so many times. */
export function newtonSchulz(ir: Builder, a: ValueId, iterations: number): ValueId {
  const [all, none]: [number[], number[]] = [[0, 1], []];
  const square = ir.einsum('ij,ij->', a, a);
  const start = ir.map([a, square], e.div(arg(0), unary('sqrt', arg(1))), [all, none]);
  const { last } = scan(ir, {
    length: iterations,
    carries: [start],
    body(inner, [x = 0]) {
      const cube = inner.einsum('ij,kj,kl->il', x, x, x);
      return {
        carries: [inner.map([x, cube], e.sub(e.mul(number(1.5), arg(0)), e.mul(number(0.5), arg(1))))],
      };
    },
  });
  return last[0] as ValueId;
}

/** The same in PyTorch. */
export const torchNewtonSchulz = `def orthonormalise(a, iterations):
    """The nearest orthonormal matrix, by the iteration of Newton and Schulz."""
    x = a / torch.linalg.norm(a)
    for _ in range(iterations):
        x = 1.5 * x - 0.5 * x @ x.T @ x
    return x`;

/**
 * Eigenvalues and eigenvectors of symmetric matrices by Jacobi's method: C. G. J. Jacobi (1846); G. H. Golub, C. F. Van
 * Loan, "Matrix Computations", section 8.5. Half of all rows are paired with the other half and turned at once, each
 * pair by the angle that makes its element 0; then the pairs change as in a tournament of all against all (section
 * 8.5.4). All of it is element by element on whole rows, in a loop of a fixed length.
 */
import type { Builder } from '../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { scan } from '../ir/scan.ts';

export interface Eigensystem {
  /** Ascending, shape [batch, n]. */
  readonly values: ValueId;
  /** Row k is the eigenvector of value k, of norm 1: shape [batch, n, n]. */
  readonly vectors: ValueId;
}

/** Each sweep squares what is left beside the diagonal once it is small; how many it takes grows as log n. */
const sweeps = (n: number): number => 5 + Math.ceil(Math.log2(n));

/** Of matrices [batch, n, n], which are taken for symmetric. Differentiable where eigenvalues differ. */
export function eigensystem(ir: Builder, matrices: ValueId): Eigensystem {
  const [batch = 1, n = 1] = ir.shape(matrices);
  if (n === 1) return { values: ir.reshape(matrices, [batch, 1]), vectors: ir.full([batch, 1, 1], 1) };
  // An odd one is paired with a row of zeros, which no rotation changes.
  const size = n + (n % 2);
  const unit = unitOf(ir, matrices);
  const scaled = ir.map([matrices, unit], e.div(arg(0), arg(1)), [[0, 1, 2], [0]]);
  const even = ir.pad(scaled, [0, 0, 0], [1, 1, 1], [batch, size, size]);
  const identity = ir.contract([], [], [0, 1, 1], { sizes: [batch, size] });
  const { last } = scan(ir, {
    length: sweeps(n) * (size - 1),
    carries: [even, identity],
    body(inner, [a = 0, v = 0]) {
      const { cosine, sine } = rotations(inner, a);
      const turn = (rows: ValueId) => nextPairs(inner, rotate(inner, rows, cosine, sine));
      const once = turn(a);
      return { carries: [turn(inner.transpose(once, [0, 2, 1])), turn(v)] };
    },
  });
  const [a = 0, v = 0] = last;
  // A whole number of tournaments brings each row back to its place: what was added is last.
  const inUnits = ir.part(ir.contract([a], [[0, 1, 1]], [0, 1]), 1, 0, n);
  const values = ir.map([inUnits, unit], e.mul(arg(0), arg(1)), [[0, 1], [0]]);
  const vectors = ir.slice(v, [0, 0, 0], [1, 1, 1], [batch, n, n]);
  const order = places(ir, values);
  return {
    values: ir.einsum('bi,bik->bk', values, order),
    vectors: ir.einsum('bij,bik->bkj', vectors, order),
  };
}

/**
 * In what a matrix is measured, so that squares of its elements are neither 0 nor infinite in float32: its largest
 * element where that is very small or large, else 1. Shape [batch].
 */
function unitOf(ir: Builder, matrices: ValueId): ValueId {
  const largest = ir.reduce('max', ir.apply('abs', matrices), [1, 2]);
  const isExtreme = select(
    binary('lt', arg(0), number(1e-10)),
    number(1),
    binary('lt', number(1e15), arg(0)),
  );
  const isZero = binary('eq', arg(0), number(0));
  return ir.map([largest], select(isZero, number(1), select(isExtreme, arg(0), number(1))));
}

/**
 * cos θ and sin θ of each pair of a row i of the upper half with the row of the lower half below it: shape [batch,
 * n / 2]. tan θ = 2a_pq / (d ± √(d² + 4a_pq²)) with d = a_qq − a_pp, of the sign that makes θ small.
 */
function rotations(ir: Builder, a: ValueId) {
  const [batch = 1, n = 2] = ir.shape(a);
  const m = n / 2;
  const block = (row: number, column: number) =>
    ir.contract([ir.slice(a, [0, row, column], [1, 1, 1], [batch, m, m])], [[0, 1, 1]], [0, 1]);
  const [app, aqq, apq] = [block(0, 0), block(m, m), block(0, m)];
  const d = e.sub(arg(1), arg(0));
  const twice = e.mul(number(2), arg(2));
  const square = e.add(e.mul(d, d), e.mul(twice, twice));
  const isDone = binary('eq', square, number(0));
  const root = unary('sqrt', select(isDone, number(1), square));
  const isDown = binary('lt', d, number(0));
  const quotient = e.div(twice, select(isDown, e.sub(d, root), e.add(d, root)));
  const tangent = ir.map([app, aqq, apq], select(isDone, number(0), quotient));
  const hypotenuse = unary('sqrt', e.add(number(1), e.mul(arg(0), arg(0))));
  const cosine = ir.map([tangent], unary('recip', hypotenuse));
  return { cosine, sine: ir.mul(tangent, cosine) };
}

/** Rows p and q of each pair become cos θ p − sin θ q and sin θ p + cos θ q. */
function rotate(ir: Builder, rows: ValueId, cosine: ValueId, sine: ValueId): ValueId {
  const [batch = 1, n = 2, width = 2] = ir.shape(rows);
  const half = (start: number) => ir.slice(rows, [0, start, 0], [1, 1, 1], [batch, n / 2, width]);
  const parts = [half(0), half(n / 2), cosine, sine];
  const axes = [
    [0, 1, 2],
    [0, 1, 2],
    [0, 1],
    [0, 1],
  ];
  const upper = e.sub(e.mul(arg(2), arg(0)), e.mul(arg(3), arg(1)));
  const lower = e.add(e.mul(arg(3), arg(0)), e.mul(arg(2), arg(1)));
  return ir.concat([ir.map(parts, upper, axes), ir.map(parts, lower, axes)], 1);
}

/** The next round of a tournament: the first row stays, all others move on by one place. */
function nextPairs(ir: Builder, rows: ValueId): ValueId {
  const [, n = 2] = ir.shape(rows);
  const m = n / 2;
  if (m === 1) return rows;
  const part = (start: number, size: number) => ir.part(rows, 1, start, size);
  const upper = [part(0, 1), part(m, 1), ...(m > 2 ? [part(1, m - 2)] : [])];
  return ir.concat([...upper, part(m + 1, m - 1), part(m - 1, 1)], 1);
}

/** [batch, i, k]: 1 where value i is the k-th smallest. Of equal ones the first is the smaller. */
function places(ir: Builder, values: ValueId): ValueId {
  const [batch = 1, n = 1] = ir.shape(values);
  const index = ir.iota(n);
  // [batch, i, j]: whether value j stands before value i.
  const isBefore = binary('lt', arg(1), arg(0));
  const isTied = select(binary('eq', arg(1), arg(0)), binary('lt', arg(3), arg(2)), number(0));
  const before = ir.map(
    [values, values, index, index],
    select(isBefore, number(1), isTied),
    [[0, 1], [0, 2], [1], [2]],
    [batch, n, n],
  );
  const rank = ir.sum(before, [2]);
  return ir.map([rank, index], binary('eq', arg(0), arg(1)), [[0, 1], [2]], [batch, n, n]);
}

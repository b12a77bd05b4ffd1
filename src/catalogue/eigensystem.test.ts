import { describe, expect, it } from 'vitest';
import { interpret } from '../../test/support/interpret.ts';
import { keyFrom, normal } from '../base/random.ts';
import { Builder } from '../ir/builder.ts';
import { directional } from '../ir/forward.ts';
import { gradient } from '../ir/gradient.ts';
import type { ValueId } from '../ir/program.ts';
import { eigensystem } from './eigensystem.ts';

type Matrix = readonly (readonly number[])[];

/** Symmetric, of normal numbers. */
function random(n: number): Matrix {
  const drawn = [...normal(keyFrom(n, 'matrix'), n * n)];
  const at = (i: number, j: number) => drawn[Math.min(i, j) * n + Math.max(i, j)] as number;
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => at(i, j)));
}

function build(matrix: Matrix) {
  const ir = new Builder();
  const n = matrix.length;
  const A = ir.input('A', [1, n, n], 'state');
  const { values, vectors } = eigensystem(ir, A);
  const read = (...ids: readonly ValueId[]) => {
    const all = interpret(ir.finish([], []), { A: matrix.flat() });
    return ids.map((id) => [...(all[id] as Float64Array)]);
  };
  return { ir, A, values, vectors, read, n };
}

describe('Jacobi’s method', () => {
  it.each([2, 3, 8, 25, 40])('gives A v = λ v to 1e-12 for a random matrix of %s rows', (n) => {
    const matrix = random(n);
    const { values, vectors, read } = build(matrix);
    const [found = [], rows = []] = read(values, vectors);
    expect(found).toEqual([...found].sort((a, b) => a - b));
    let largest = 0;
    for (const [k, value] of found.entries())
      for (const [i, row] of matrix.entries()) {
        const product = row.reduce((sum, a, j) => sum + a * (rows[k * n + j] as number), 0);
        largest = Math.max(largest, Math.abs(product - value * (rows[k * n + i] as number)));
      }
    expect(largest).toBeLessThan(1e-12);
  });

  it.each([1e-200, 1e200])('finds them where the squares of elements are out of range: times %s', (scale) => {
    const { values, read } = build([
      [scale, scale],
      [scale, 2 * scale],
    ]);
    const [found = []] = read(values);
    // (3 ± √5) / 2
    expect((found[0] as number) / scale).toBeCloseTo(0.3819660112501051, 12);
    expect((found[1] as number) / scale).toBeCloseTo(2.618033988749895, 12);
  });

  it('has the derivatives of perturbation theory', () => {
    // dλ_k = v_kᵀ dA v_k, d²λ_k = 2 Σ_j (v_jᵀ dA v_k)² / (λ_k − λ_j): T. Kato, "Perturbation Theory for Linear
    // Operators", section II.2.
    const n = 5;
    const { ir, A, values, vectors, read } = build(random(n));
    const change = random(7)
      .slice(0, n)
      .map((row) => row.slice(0, n));
    const k = 1;
    const value = ir.reshape(ir.part(values, 1, k, 1), []);
    const [slope = 0] = gradient(ir, value, [A]);
    const along = ir.constant([1, n, n], change.flat());
    const curve = directional(ir, slope, [A], [along]);
    const [lambda = [], v = [], first = [], second = []] = read(values, vectors, slope, curve);
    const vector = (i: number) => v.slice(i * n, (i + 1) * n);
    const form = (a: readonly number[], b: readonly number[]) =>
      change.reduce(
        (sum, row, i) => sum + row.reduce((s, x, j) => s + (a[i] as number) * x * (b[j] as number), 0),
        0,
      );
    const sum = (of: readonly number[]) =>
      of.reduce((total, x, i) => total + x * (change[Math.floor(i / n)]?.[i % n] as number), 0);
    expect(sum(first)).toBeCloseTo(form(vector(k), vector(k)), 10);
    const others = lambda.map((l, j) =>
      j === k ? 0 : form(vector(j), vector(k)) ** 2 / ((lambda[k] as number) - l),
    );
    expect(sum(second)).toBeCloseTo(2 * others.reduce((a, b) => a + b, 0), 8);
  });
});

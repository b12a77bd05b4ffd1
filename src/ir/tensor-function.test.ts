import { describe, expect, it } from 'vitest';
import { interpret } from '../../test/support/interpret.ts';
import { Builder } from './builder.ts';
import { arg, e, unary } from './expr.ts';
import type { ValueId } from './program.ts';
import { scan } from './scan.ts';
import { atEach, evaluate, hessianTimes, tensorFunction } from './tensor-function.ts';

/** f(x) = Σ aᵢ xᵢ³ + sin x₀ · 1 with a captured, and a recurrence on the way: x² is computed as x·x in a loop of one. */
function cubic(ir: Builder) {
  const a = ir.input('a', [2], 'data');
  const x = ir.input('x', [2], 'state');
  const { last } = scan(ir, {
    length: 2,
    carries: [x],
    constants: [x],
    body: (inner, [carry = 0], _, [factor = 0]) => ({ carries: [inner.mul(carry, factor)] }),
  });
  const bent = ir.map([last[0] as ValueId, a, ir.full([2], 2)], e.mul(e.mul(arg(0), arg(1)), arg(2)));
  const first = ir.part(ir.apply('sin', x), 0, 0, 1);
  return { a, x, f: ir.add(ir.sum(bent), ir.reshape(first, [])) };
}

const given = { a: [0.5, -1.5], x: [0.3, 0.7] };
const value = ([p = 0, q = 0]: readonly number[]) => p ** 3 - 3 * q ** 3 + Math.sin(p);

function computed(ir: Builder, wanted: ValueId): readonly number[] {
  return [...(interpret(ir.finish([], []), given)[wanted] as ArrayLike<number> & Iterable<number>)];
}

describe('a tensor function', () => {
  it('is the value that there is at its variables, and is computed again elsewhere', () => {
    const ir = new Builder();
    const { a, x, f } = cubic(ir);
    const there = tensorFunction(ir, f, [x]);
    expect(there.captured).toEqual([a]);
    expect(there.isConstant).toBe(false);
    expect(there.at(ir, [x])).toBe(f);
    expect(computed(ir, there.at(ir, [ir.constant([2], [-1, 2])]))[0]).toBeCloseTo(value([-1, 2]), 14);
  });

  it('is evaluated in a loop in a loop: x ← x + f(x) (1, 1), four times', () => {
    const ir = new Builder();
    const { x, f } = cubic(ir);
    const there = tensorFunction(ir, f, [x]);
    const { last } = scan(ir, {
      length: 2,
      carries: [x],
      constants: there.captured,
      body: (outer, carried, _, captured) => ({
        carries: scan(outer, {
          length: 2,
          carries: carried,
          constants: captured,
          body: (inner, [at = 0], __, own) => ({
            carries: [inner.map([at, there.at(inner, [at], own)], e.add(arg(0), arg(1)), [[0], []])],
          }),
        }).last,
      }),
    });
    let expected: readonly number[] = given.x;
    for (let i = 0; i < 4; i++) {
      const by = value(expected);
      expected = expected.map((xi) => xi + by);
    }
    for (const [i, xi] of computed(ir, last[0] as ValueId).entries())
      expect(xi).toBeCloseTo(expected[i] as number, 12);
  });

  it('has gradients and products with its Hessian at any point', () => {
    const ir = new Builder();
    const { x, f } = cubic(ir);
    const there = evaluate(ir, tensorFunction(ir, f, [x]), [ir.constant([2], [-1, 2])]);
    const [gradient] = there.gradients;
    // ∂f/∂p = 3p² + cos p, ∂f/∂q = −9q²; the Hessian is diagonal: 6p − sin p, −18q
    expect(computed(ir, gradient as ValueId)[0]).toBeCloseTo(3 + Math.cos(-1), 12);
    expect(computed(ir, gradient as ValueId)[1]).toBeCloseTo(-36, 12);
    const product = computed(ir, hessianTimes(ir, there, ir.constant([2], [1, -2])));
    expect(product[0]).toBeCloseTo(-6 - Math.sin(-1), 12);
    expect(product[1]).toBeCloseTo(72, 12);
  });

  it('is evaluated at the rows of a tensor', () => {
    const ir = new Builder();
    const { x, f } = cubic(ir);
    const at = atEach(ir, tensorFunction(ir, f, [x]), [ir.constant([3, 2], [0, 1, 1, 0, 2, -1])]);
    for (const [i, y] of computed(ir, at).entries())
      expect(y).toBeCloseTo(
        value(
          [
            [0, 1],
            [1, 0],
            [2, -1],
          ][i] as number[],
        ),
        12,
      );
  });

  it('is constant where no variable flows into it, and follows a variable that is itself', () => {
    const ir = new Builder();
    const { a, x } = cubic(ir);
    const other = ir.constant([2], [8, 9]);
    const constant = tensorFunction(ir, a, [x]);
    expect([constant.isConstant, constant.at(ir, [other])]).toEqual([true, a]);
    expect(tensorFunction(ir, x, [x]).at(ir, [other])).toBe(other);
  });

  it('takes variables of which one is computed from another as they are given', () => {
    const ir = new Builder();
    const { x } = cubic(ir);
    const y = ir.apply('exp', x);
    const sum = ir.map([x, y], e.add(arg(0), unary('neg', arg(1))));
    const at = tensorFunction(ir, sum, [x, y]).at(ir, [ir.constant([2], [5, 6]), ir.constant([2], [1, 1])]);
    expect(computed(ir, at)).toEqual([4, 5]);
  });
});

/** Forward mode against reverse mode and finite differences, over every operation that has a derivative. */
import { describe, expect, it } from 'vitest';
import { Builder } from '../../src/ir/builder.ts';
import { arg, binary, e, number, unary } from '../../src/ir/expr.ts';
import { firstMax } from '../../src/ir/first-max.ts';
import { directional } from '../../src/ir/forward.ts';
import { gradient } from '../../src/ir/gradient.ts';
import { unrollScans } from '../../src/ir/passes/unroll-scans.ts';
import { elements, type ValueId } from '../../src/ir/program.ts';
import { scan } from '../../src/ir/scan.ts';
import { verify } from '../../src/ir/verify.ts';
import { interpret } from '../support/interpret.ts';

/** y as a function of x, whose shape is [3, 4]. */
const functions: Readonly<Record<string, (ir: Builder, x: ValueId) => ValueId>> = {
  'a contraction of three factors': (ir, x) => ir.einsum('ij,ik,ij->jk', x, ir.apply('sin', x), x),
  'a map of two operands': (ir, x) =>
    ir.map([x, ir.sum(x, [0])], e.mul(unary('tanh', arg(0)), e.div(arg(1), number(3))), [[0, 1], [1]]),
  'a maximum along an axis': (ir, x) => ir.reduce('max', x, [1]),
  'a maximum whose first place alone counts': (ir, x) => firstMax(ir, x, 1),
  'a softmax with its detached maximum': (ir, x) => {
    const shifted = ir.map([x, ir.reduce('max', x, [1], true)], e.sub(arg(0), arg(1)), [[0, 1], [0]]);
    const raised = ir.apply('exp', shifted);
    return ir.map([raised, ir.sum(raised, [1])], e.div(arg(0), arg(1)), [[0, 1], [0]]);
  },
  'rows gathered, and added up again': (ir, x) =>
    ir.scatterAdd(ir.constant([3], [1, 0, 1]), ir.gather(ir.mul(x, x), ir.constant([3], [2, 0, 0])), 2),
  'another shape': (ir, x) => ir.einsum('ij,kj->ik', ir.reshape(x, [4, 3]), ir.reshape(x, [4, 3])),
  'views: slice, pad, window, fold, concat': (ir, x) => {
    const y = ir.concat([ir.slice(x, [0, 3], [1, -2], [3, 2]), x], 1);
    const w = ir.window(ir.pad(y, [0, 1], [1, 1], [3, 8]), 1, 3, { stride: 2, dilation: 1 });
    return ir.fold(ir.apply('exp', w), 1, 8, { stride: 2, dilation: 1 });
  },
  'a recurrence with rows, a constant and results': (ir, x) => {
    const { last, outs } = scan(ir, {
      length: 3,
      carries: [ir.sum(x, [0]), ir.full([2], 1)],
      rows: [x],
      constants: [ir.einsum('ij,ik->jk', x, x)],
      body: (b, [carry = 0, pair = 0], [row = 0], [mix = 0]) => {
        const next = b.apply('tanh', b.add(b.einsum('j,jk->k', carry, mix), row));
        const turned = b.mul(b.part(pair, 0, 1, 2, -1), b.part(carry, 0, 0, 2));
        return { carries: [next, turned], outs: [b.sum(b.mul(next, carry)), b.apply('sin', turned)] };
      },
    });
    const [sums, sines] = outs as [ValueId, ValueId];
    return ir.concat([...last, sums, ir.reshape(sines, [6])], 0);
  },
  'a recurrence that runs backwards and gives nothing on the way': (ir, x) =>
    scan(ir, {
      length: 3,
      carries: [ir.full([4], 0.5)],
      rows: [x],
      reverse: true,
      body: (b, [carry = 0], [row = 0]) => ({ carries: [b.mul(b.apply('sin', carry), row)] }),
    }).last[0] as ValueId,
  'a recurrence in a recurrence': (ir, x) =>
    scan(ir, {
      length: 3,
      carries: [ir.full([4], 0.5)],
      rows: [x],
      body: (b, [carry = 0], [row = 0]) => {
        const { last, outs } = scan(b, {
          length: 2,
          carries: [carry],
          rows: [b.reshape(row, [2, 2])],
          reverse: true,
          body: (c, [inner = 0], [pair = 0]) => {
            const next = c.apply('tanh', c.add(inner, c.reshape(c.broadcast(pair, [0], [2, 2]), [4])));
            return { carries: [next], outs: [c.sum(c.mul(next, inner))] };
          },
        });
        return {
          carries: [b.map([last[0] as ValueId, b.sum(outs[0] as ValueId)], e.mul(arg(0), arg(1)), [[0], []])],
        };
      },
    }).last[0] as ValueId,
  'a choice at a threshold': (ir, x) => ir.map([x], binary('max', arg(0), e.mul(arg(0), arg(0)))),
  'a power of a sum': (ir, x) => ir.map([ir.sum(x)], binary('pow', arg(0), number(3))),
};

const point = Float64Array.from({ length: 12 }, (_, i) => Math.sin(3 * i + 1) + 0.3);
const direction = Float64Array.from({ length: 12 }, (_, i) => Math.cos(5 * i));

function evaluate(build: (ir: Builder, x: ValueId, v: ValueId) => ValueId, x: Float64Array): Float64Array {
  const ir = new Builder();
  const value = build(ir, ir.input('x', [3, 4], 'state'), ir.input('v', [3, 4], 'state'));
  const program = verify(ir.finish([{ name: 'y', value }], []));
  const meant = interpret(program, { x, v: direction })[value] as Float64Array;
  // A recurrence means what it means written out.
  const flat = verify(unrollScans(program));
  const written = interpret(flat, { x, v: direction })[flat.outputs[0]?.value as number] as Float64Array;
  expect(Array.from(written)).toEqual(Array.from(meant));
  return meant;
}

const close = (actual: Float64Array, expected: Float64Array, tolerance: number) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((a, i) => {
    const b = expected[i] as number;
    expect(Math.abs(a - b), `element ${i}: ${a} against ${b}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(b)),
    );
  });
};

describe.each(Object.entries(functions))('the directional derivative of %s', (_, f) => {
  const along = (ir: Builder, x: ValueId, v: ValueId) => directional(ir, f(ir, x), [x], [v]);

  it('is the limit of differences', () => {
    const h = 1e-6;
    const moved = (sign: number) =>
      evaluate(
        f,
        point.map((x, i) => x + sign * h * (direction[i] as number)),
      );
    const [after, before] = [moved(1), moved(-1)];
    close(
      evaluate(along, point),
      after.map((a, i) => (a - (before[i] as number)) / (2 * h)),
      1e-7,
    );
  });

  it('is the transpose of reverse mode: w · (J v) = (w J) · v', () => {
    const weighted = (ir: Builder, y: ValueId) => {
      const w = ir.constant(
        ir.shape(y),
        Array.from({ length: elements(ir.shape(y)) }, (_, i) => Math.sin(i + 2)),
      );
      return ir.sum(ir.mul(w, y));
    };
    const forward = evaluate((ir, x, v) => weighted(ir, along(ir, x, v)), point);
    const reverse = evaluate((ir, x, v) => {
      const [slope = 0] = gradient(ir, weighted(ir, f(ir, x)), [x]);
      return ir.sum(ir.mul(slope, v));
    }, point);
    close(forward, reverse, 1e-11);
  });

  it('of the gradient is the Hessian times the vector, as reverse over reverse has it', () => {
    const energy = (ir: Builder, x: ValueId) => ir.sum(ir.apply('sin', f(ir, x)));
    const slope = (ir: Builder, x: ValueId) => gradient(ir, energy(ir, x), [x])[0] as ValueId;
    const forward = evaluate((ir, x, v) => directional(ir, slope(ir, x), [x], [v]), point);
    const reverse = evaluate(
      (ir, x, v) => gradient(ir, ir.sum(ir.mul(slope(ir, x), v)), [x])[0] as ValueId,
      point,
    );
    close(forward, reverse, 1e-10);
  });
});

it('is 0 where nothing depends on the variable', () => {
  const zero = evaluate((ir, x, v) => directional(ir, ir.full([2], 5), [x], [v]), point);
  expect(Array.from(zero)).toEqual([0, 0]);
});

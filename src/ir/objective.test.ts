import { describe, expect, it } from 'vitest';
import { interpret } from '../../test/support/interpret.ts';
import { keyFrom, normal } from '../base/random.ts';
import { Builder } from './builder.ts';
import { arg, e, unary } from './expr.ts';
import { directional } from './forward.ts';
import { objective } from './objective.ts';
import type { Program, ValueId } from './program.ts';
import { scan } from './scan.ts';

const numbers = (name: string, count: number) => [...normal(keyFrom(11, name), count)];
/** Loss of a small network with everything a training step has: rows of data, random draws, a recurrence, state. */
const given = {
  w: numbers('w', 6),
  b: numbers('b', 3),
  rows: numbers('rows', 8),
  indices: [3, 1],
  key: [1, 2, 3, 4],
  level: [0.7],
};
const moved = { w: given.w.map((x, i) => x + 0.1 * (i - 2)), b: given.b.map((x) => 0.5 * x) };

function network(ir: Builder) {
  const w = ir.input('w', [2, 3], 'state');
  const b = ir.input('b', [3], 'state');
  const level = ir.input('level', [], 'state');
  const x = ir.gather(ir.input('rows', [4, 2], 'data'), ir.input('indices', [2], 'feed'));
  const noise = ir.random(ir.input('key', [4], 'feed'), 9, [2, 3]);
  const linear = ir.map(
    [
      ir.contract(
        [x, w],
        [
          [0, 1],
          [1, 2],
        ],
        [0, 2],
      ),
      b,
      noise,
      level,
    ],
    e.add(e.add(arg(0), arg(1)), e.mul(arg(2), arg(3))),
    [[0, 1], [1], [0, 1], []],
  );
  const {
    last: [end = 0],
  } = scan(ir, {
    length: 2,
    carries: [b],
    rows: [ir.apply('tanh', linear)],
    body: (inner, [carry = 0], [row = 0]) => ({
      carries: [inner.map([carry, row], unary('tanh', e.mul(arg(0), arg(1))))],
    }),
  });
  const loss = ir.sum(ir.map([end], e.mul(arg(0), arg(0))));
  return { w, b, loss };
}

/** Values of a program that computes these, by name. */
function values(build: (ir: Builder) => Record<string, ValueId>, replaced: Partial<typeof given> = {}) {
  const ir = new Builder();
  const outputs = Object.entries(build(ir)).map(([name, value]) => ({ name, value }));
  const program: Program = ir.finish(outputs, []);
  const found = interpret(program, { ...given, ...replaced });
  return Object.fromEntries(outputs.map(({ name, value }) => [name, [...(found[value] as Float64Array)]]));
}

/** Loss and gradients with these numbers in the state itself. */
const direct = (replaced: Partial<typeof given>) =>
  values((ir) => {
    const { w, b, loss } = network(ir);
    const { gradients } = objective(ir, loss, [w, b])([w, b]);
    return { loss, w: gradients[0] as ValueId, b: gradients[1] as ValueId };
  }, replaced);

/** Loss and gradients at the moved point, within a step whose parameters stand elsewhere. */
const displaced = (build: (ir: Builder, w: ValueId, b: ValueId) => readonly ValueId[]) =>
  values((ir) => {
    const { w, b, loss } = network(ir);
    const at = objective(ir, loss, [w, b])(build(ir, w, b));
    return { loss: at.loss, w: at.gradients[0] as ValueId, b: at.gradients[1] as ValueId, here: loss };
  });

const close = (actual: Record<string, number[]>, expected: Record<string, number[]>, digits = 12) => {
  for (const [name, list] of Object.entries(expected))
    for (const [i, x] of list.entries()) expect(actual[name]?.[i], `${name} ${i}`).toBeCloseTo(x, digits);
};

describe('a loss as a function of its parameters', () => {
  it('is, at another point, what it would be if the parameters stood there: same rows, same draws', () => {
    const there = displaced((ir) => [ir.constant([2, 3], moved.w), ir.constant([3], moved.b)]);
    close(there, direct(moved));
    // The loss of the step itself is still there beside it.
    expect(there.here).toEqual(direct({}).loss);
    expect(there.loss).not.toEqual(there.here);
  });

  it('at the parameters themselves is the loss, and computes nothing twice', () => {
    const ir = new Builder();
    const { w, b, loss } = network(ir);
    expect(objective(ir, loss, [w, b])([w, b]).loss).toBe(loss);
  });

  it('has at a tensor of zeros the gradient that it has there', () => {
    close(
      displaced((ir) => [ir.full([2, 3], 0), ir.full([3], 0)]),
      direct({ w: Array(6).fill(0), b: Array(3).fill(0) }),
    );
  });

  it('has partial derivatives, also where one coordinate is computed from another', () => {
    // w′ = w + Σb: the derivative by b′ = b must not go through w′.
    const sum = given.b.reduce((s, x) => s + x, 0);
    const there = displaced((ir, w, b) => [ir.map([w, ir.sum(b)], e.add(arg(0), arg(1)), [[0, 1], []]), b]);
    close(there, direct({ w: given.w.map((x) => x + sum) }));
  });

  it('takes a step of Runge–Kutta: gradients at points that are computed from gradients', () => {
    // Heun's second-order step of dw/dt = −∇L: k₁ at w, k₂ at w − h k₁, then w − h (k₁ + k₂) / 2.
    const h = 0.05;
    const heun = values((ir) => {
      const { w, b, loss } = network(ir);
      const at = objective(ir, loss, [w, b]);
      const first = at([w, b]).gradients;
      const move = (p: ValueId, g: ValueId, by: number) => ir.add(p, ir.scale(g, -by));
      const second = at([w, b].map((p, i) => move(p, first[i] as ValueId, h))).gradients;
      const [nextW, nextB] = [w, b].map((p, i) =>
        move(p, ir.add(first[i] as ValueId, second[i] as ValueId), h / 2),
      );
      return { w: nextW as ValueId, b: nextB as ValueId };
    });
    const k1 = direct({});
    const step = (p: number[], ks: number[][], by: number) =>
      p.map((x, i) => x - by * ks.reduce((s, k) => s + (k[i] as number), 0));
    const k2 = direct({ w: step(given.w, [k1.w as number[]], h), b: step(given.b, [k1.b as number[]], h) });
    close(heun, {
      w: step(given.w, [k1.w as number[], k2.w as number[]], h / 2),
      b: step(given.b, [k1.b as number[], k2.b as number[]], h / 2),
    });
  });

  it('gives the Hessian times a vector at any point, as differences of gradients do', () => {
    const [v, u] = [numbers('v', 6), numbers('u', 3)];
    const product = values((ir) => {
      const { w, b, loss } = network(ir);
      const there = objective(ir, loss, [w, b])([ir.constant([2, 3], moved.w), ir.constant([3], moved.b)]);
      const along = [ir.constant([2, 3], v), ir.constant([3], u)];
      const [ofW, ofB] = there.gradients.map((g) => directional(ir, g, there.at, along));
      return { w: ofW as ValueId, b: ofB as ValueId };
    });
    const h = 1e-5;
    const at = (by: number) =>
      direct({
        w: moved.w.map((x, i) => x + by * (v[i] as number)),
        b: moved.b.map((x, i) => x + by * (u[i] as number)),
      });
    const [ahead, behind] = [at(h), at(-h)];
    const difference = (name: 'w' | 'b') =>
      (ahead[name] as number[]).map((x, i) => (x - (behind[name]?.[i] as number)) / (2 * h));
    close(product, { w: difference('w'), b: difference('b') }, 7);
  });
});

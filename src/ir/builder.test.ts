import { describe, expect, it } from 'vitest';
import { Builder } from './builder.ts';
import { arg, binary, e, number, printExpr, unary } from './expr.ts';
import { gradient } from './gradient.ts';
import { passes } from './passes/index.ts';
import { printOp, printProgram } from './print.ts';
import { findFault, verifyUpdates } from './verify.ts';

const printed = (ir: Builder, value: number) => printOp(ir.op(value));

describe('the builder', () => {
  it('takes ones and deltas into a contraction: they never become numbers', () => {
    const ir = new Builder();
    const [A, B] = [ir.input('A', [3, 4], 'state'), ir.input('B', [4, 3], 'state')];
    // S = Σ A_ij B_kl δ_jk δ_li
    const S = ir.einsum('ij,kl,jk,li->', A, B, ir.delta(2, 4), ir.delta(2, 3));
    expect(printed(ir, S)).toBe('contract ab,ba-> %0, %1');
  });
  it('counts the size of an index that only ones stood on', () => {
    const ir = new Builder();
    const x = ir.input('x', [3], 'state');
    expect(printed(ir, ir.einsum('i,j->i', x, ir.full([5], 2)))).toBe('contract a->a %0 * 10');
  });
  it('gives what is not changed back as it is', () => {
    const ir = new Builder();
    const x = ir.input('x', [3, 4], 'state');
    expect(ir.transpose(x, [0, 1])).toBe(x);
    expect(ir.reshape(x, [3, 4])).toBe(x);
    expect(ir.scale(x, 1)).toBe(x);
    expect(ir.einsum('ij->ij', x)).toBe(x);
  });
  it('keeps a product with zero, which may be NaN, and folds uniform operands into expressions', () => {
    const ir = new Builder();
    const x = ir.input('x', [3], 'state');
    expect(printed(ir, ir.contract([x], [[0]], [0], { scale: 0 }))).toBe('contract a->a %0 * 0');
    expect(printed(ir, ir.mul(x, ir.full([3], 0)))).toBe('map (%0 * 0)');
    expect(printed(ir, ir.add(x, ir.full([3], 2)))).toBe('map (%0 + 2)');
  });
});

describe('expressions', () => {
  it('fold constants and neutral elements', () => {
    const x = arg(0);
    expect(printExpr(e.sub(e.mul(x, number(1)), number(0)))).toBe('%0');
    expect(printExpr(e.add(number(-0), x))).toBe('%0');
    expect(printExpr(e.mul(number(2), number(3)))).toBe('6');
    expect(printExpr(e.sub(number(-0), x))).toBe('-%0');
    expect(printExpr(e.neg(e.neg(x)))).toBe('%0');
    // Each of these is not x, or not 0, for some x: −0, NaN, infinity.
    expect(printExpr(e.add(x, number(0)))).toBe('(%0 + 0)');
    expect(printExpr(e.sub(number(0), x))).toBe('(0 - %0)');
    expect(printExpr(e.mul(x, number(0)))).toBe('(%0 * 0)');
    expect(printExpr(e.div(number(0), x))).toBe('(0 / %0)');
    expect(printExpr(binary('pow', x, unary('exp', number(2))))).toBe('pow(%0, exp(2))');
  });
});

describe('the gradient', () => {
  it('by one of two equal values does not see the other', () => {
    const ir = new Builder();
    const x = ir.input('x', [2], 'state');
    const [p, q] = [ir.apply('tanh', x), ir.apply('tanh', x)];
    const [slope] = gradient(ir, ir.sum(ir.mul(p, q)), [p]);
    const program = passes.dropUnused(ir.finish([{ name: 'slope', value: slope as number }], []));
    // d/dp Σ p·q = q: one tanh, not two.
    expect(program.ops.filter((op) => op.kind === 'map' && printExpr(op.expr) === 'tanh(%0)')).toHaveLength(
      1,
    );
  });
  it('of what does not depend on x is zero', () => {
    const ir = new Builder();
    const [x, y] = [ir.input('x', [2], 'state'), ir.input('y', [2], 'state')];
    expect(printed(ir, gradient(ir, ir.sum(y), [x])[0] as number)).toBe('contract ->a * 0');
  });
  it('takes scalars only', () => {
    const ir = new Builder();
    const x = ir.input('x', [2], 'state');
    expect(() => gradient(ir, x, [x])).toThrow('internal:');
  });
});

describe('passes', () => {
  it('compute equal things once, drop the unused, fuse chains, join contractions', () => {
    const ir = new Builder();
    const x = ir.input('x', [2, 2], 'state');
    const chain = () => ir.apply('exp', ir.apply('tanh', x));
    const twice = ir.add(chain(), chain());
    ir.apply('sin', x);
    const product = ir.einsum('ij,jk->ik', ir.einsum('ij,jk->ik', x, x), x);
    const program = ir.finish(
      [
        { name: 'twice', value: twice },
        { name: 'product', value: product },
      ],
      [],
    );
    const merged = passes.dropUnused(passes.mergeEqual(program));
    expect(merged.ops.map((op) => op.kind)).toEqual(['input', 'map', 'map', 'map', 'contract', 'contract']);
    const text = printProgram(passes.dropAbsorbed(passes.fuseMaps(passes.mergeContractions(merged))));
    expect(text).toContain('map exp(tanh(%0))');
    expect(text).toContain('contract ab,bc,cd->ad %0, %0, %0');
  });
});

describe('the verifier', () => {
  it('finds a broken invariant of each kind of operation', () => {
    const shape = [2];
    const x = { kind: 'input', name: 'x', role: 'state', shape } as const;
    const map = { kind: 'map', args: [0], axes: [[0]], expr: arg(0), shape } as const;
    const contract = {
      kind: 'contract',
      args: [0],
      inputs: [[0]],
      output: [0],
      sizes: [2],
      scale: 1,
      shape,
    } as const;
    const fault = (...ops: Parameters<typeof findFault>[0]['ops'][number][]) =>
      findFault({ ops, outputs: [], updates: [] });
    expect(fault(x, map, contract)).toBeUndefined();
    expect(fault(map)).toContain('does not come before');
    expect(fault(x, { ...map, expr: arg(1) })).toContain('operand it does not have');
    expect(fault(x, { ...map, axes: [[1]] })).toContain('does not fit');
    expect(fault(x, { ...contract, sizes: [3] })).toContain('disagree');
    expect(fault(x, { ...contract, shape: [3] })).toContain('disagree');
    expect(fault(x, x)).toContain('stands twice');
    expect(fault({ ...x, shape: [0] })).toContain('shape');
    expect(fault(x, { kind: 'reshape', arg: 0, shape: [3] })).toContain('elements');
    expect(fault(x, { kind: 'reduce', reduce: 'argmax', arg: 0, axes: [], shape })).toContain('one axis');
    expect(findFault({ ops: [x], outputs: [], updates: [{ state: 'y', value: 0 }] })).toContain(
      'update of "y"',
    );
  });
});

describe('verifyUpdates', () => {
  it('lets only a program that trains change state', () => {
    const ir = new Builder();
    const count = ir.input('count', [], 'state');
    const program = ir.finish([], [{ state: 'count', value: count }]);
    expect(() => verifyUpdates(program, true)).not.toThrow();
    expect(() => verifyUpdates(program, false)).toThrow('internal: "count" is updated');
    expect(() => verifyUpdates({ ...program, updates: [] }, false)).not.toThrow();
  });
});

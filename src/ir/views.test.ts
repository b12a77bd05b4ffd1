import { describe, expect, it } from 'vitest';
import { Builder } from './builder.ts';
import { gradient } from './gradient.ts';
import { printOp } from './print.ts';
import type { ValueId } from './program.ts';
import { findFault } from './verify.ts';

describe('views in the builder', () => {
  const ir = new Builder();
  const x = ir.input('x', [4, 5], 'state');

  it('that change nothing are the value itself', () => {
    expect(ir.slice(x, [0, 0], [1, 1], [4, 5])).toBe(x);
    expect(ir.pad(x, [0, 0], [1, 1], [4, 5])).toBe(x);
    expect(ir.concat([x], 0)).toBe(x);
  });
  it('of equal elements are equal elements', () => {
    for (const view of [
      ir.part(ir.full([4], 3), 0, 1, 2),
      ir.window(ir.full([4], 3), 0, 2, { stride: 1, dilation: 1 }),
    ])
      expect(ir.op(view)).toMatchObject({ kind: 'contract', args: [], scale: 3 });
    expect(ir.op(ir.fold(ir.full([3, 2], 0), 0, 4, { stride: 1, dilation: 1 }))).toMatchObject({
      args: [],
      scale: 0,
    });
  });
  it('count the windows that fit, or take as many as they are told', () => {
    const windowing = { stride: 2, dilation: 1 };
    expect(ir.shape(ir.window(x, 1, 2, windowing))).toEqual([4, 2, 2]);
    expect(ir.shape(ir.window(x, 1, 2, { ...windowing, positions: 1 }))).toEqual([4, 1, 2]);
  });
  it('of windows side by side fold by a reshape', () => {
    const split = ir.input('s', [3, 2], 'state');
    expect(ir.op(ir.fold(split, 0, 6, { stride: 2, dilation: 1 })).kind).toBe('reshape');
  });
  it('are refused outside their operand', () => {
    expect(() => ir.part(x, 1, 3, 3)).toThrow('internal: it reads outside its operand');
    expect(() => ir.pad(x, [0, 0], [1, 1], [3, 5])).toThrow('internal: its operand does not fit in');
    expect(() => ir.fold(ir.input('f', [3, 2], 'state'), 0, 3, { stride: 1, dilation: 1 })).toThrow(
      'outside',
    );
    expect(() => ir.concat([x, ir.input('y', [4, 4], 'state')], 0)).toThrow('internal: the shapes disagree');
  });
  it('are verified', () => {
    const ops = [
      ...ir.ops.slice(0, 1),
      { kind: 'slice', arg: 0, starts: [0, 4], steps: [1, 1], shape: [4, 2] } as const,
    ];
    expect(findFault({ ops, outputs: [], updates: [] })).toContain('reads outside');
  });
});

describe('the gradient of a convolution', () => {
  it('by its input folds the contraction of cotangent and kernel, once an axis', () => {
    const ir = new Builder();
    const x = ir.input('x', [2, 3, 6, 6], 'state');
    const kernel = ir.input('w', [4, 3, 3, 3], 'state');
    const windowing = { stride: 1, dilation: 1 };
    const windows = ir.window(ir.window(x, 3, 3, windowing), 2, 3, windowing);
    const y = ir.einsum('bcpkql,ockl->bopq', windows, kernel);
    const [slope] = gradient(ir, ir.sum(ir.apply('exp', y)), [x]) as [ValueId];
    const path = [slope];
    for (let op = ir.op(slope); op.kind === 'fold'; op = ir.op(op.arg)) path.push(op.arg);
    const printed = path.map((value) => printOp(ir.op(value)).replace(/,? %\d+/g, ''));
    expect(printed).toEqual(['fold axis 3 stride 1', 'fold axis 2 stride 1', 'contract abcd,befg->aecfdg']);
  });
});

import { describe, expect, it } from 'vitest';
import { Builder } from '../builder.ts';
import { arg, e } from '../expr.ts';
import { printOp } from '../print.ts';
import type { ValueId } from '../program.ts';
import { dropUnused } from './drop-unused.ts';
import { sinkReshapes } from './sink-reshapes.ts';

const lines = (make: (ir: Builder, x: ValueId) => ValueId) => {
  const ir = new Builder();
  const y = make(ir, ir.input('x', [4, 3, 2], 'state'));
  return dropUnused(sinkReshapes(ir.finish([{ name: 'y', value: y }], [])))
    .ops.filter((op) => op.kind !== 'input')
    .map((op) => `[${op.shape}] ${printOp(op)}`);
};

describe('sinkReshapes', () => {
  it('computes before it flattens, a whole chain of operations', () => {
    const found = lines((ir, x) => ir.apply('tanh', ir.apply('exp', ir.reshape(x, [4, 6]))));
    expect(found).toEqual(['[4,3,2] map exp(%0)', '[4,3,2] map tanh(%1)', '[4,6] reshape %2']);
  });
  it('takes along what runs along axes that stay', () => {
    const found = lines((ir, x) => {
      const rows = ir.input('rows', [4], 'state');
      return ir.map([ir.reshape(x, [4, 6]), rows], e.add(arg(0), arg(1)), [[0, 1], [0]]);
    });
    expect(found).toEqual(['[4,3,2] map (%0 + %1[0])', '[4,6] reshape %2']);
  });
  it('stays where an operand runs along an axis that is merged', () => {
    const found = lines((ir, x) => {
      const columns = ir.input('columns', [6], 'state');
      return ir.map([ir.reshape(x, [4, 6]), columns], e.add(arg(0), arg(1)), [[0, 1], [1]]);
    });
    expect(found).toEqual(['[4,6] reshape %0', '[4,6] map (%2 + %1[1])']);
  });
  it('joins operands that were reshaped alike', () => {
    const found = lines((ir, x) => ir.add(ir.reshape(x, [24]), ir.reshape(ir.apply('exp', x), [24])));
    expect(found).toEqual(['[4,3,2] map exp(%0)', '[4,3,2] map (%0 + %1)', '[24] reshape %2']);
  });
});

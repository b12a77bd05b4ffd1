import { describe, expect, it } from 'vitest';
import { Builder } from '../builder.ts';
import { arg, binary, number, select } from '../expr.ts';
import { printOp } from '../print.ts';
import type { ValueId } from '../program.ts';
import { signsOfResults } from './signs-of-results.ts';

const rectify = (ir: Builder, x: ValueId) => ir.map([x], binary('max', number(0), arg(0)));
/** The derivative of the rectified value, times y. */
const mask = (ir: Builder, x: ValueId, y: ValueId) =>
  ir.map([x, y], select(binary('le', arg(0), number(0)), number(0), arg(1)));

const last = (make: (ir: Builder, x: ValueId, y: ValueId) => ValueId) => {
  const ir = new Builder();
  const y = ir.input('y', [4], 'feed');
  const x = ir.apply('tanh', y);
  const value = make(ir, x, y);
  return printOp(signsOfResults(ir.finish([{ name: 'out', value }], [])).ops.at(-1)!);
};

describe('signsOfResults', () => {
  it('asks the rectified value, so that its argument need not be kept', () => {
    const found = last((ir, x, y) => mask(ir, x, ir.mul(rectify(ir, x), y)));
    expect(found).toBe('map select((%2 <= 0), 0, %3)');
  });
  it('lets the argument be asked where it is kept for something else', () => {
    const found = last((ir, x, y) => mask(ir, x, ir.add(rectify(ir, x), ir.mul(x, y))));
    expect(found).toBe('map select((%1 <= 0), 0, %4)');
  });
  it('does not ask a value before it is there', () => {
    const found = last((ir, x, y) => ir.add(mask(ir, x, y), rectify(ir, x)));
    expect(found).toBe('map (%2 + %3)');
    const early = last((ir, x, y) => {
      const masked = mask(ir, x, y);
      rectify(ir, x);
      return ir.apply('neg', masked);
    });
    expect(early).toBe('map -%2');
  });
  it('takes other bounds for what they are', () => {
    const found = last((ir, x, y) => {
      const r = rectify(ir, x);
      const above = select(binary('le', arg(0), number(1)), arg(1), arg(2));
      return ir.map([x, y, r], above);
    });
    expect(found).toBe('map select((%1 <= 1), %0, %2)');
  });
});

import { describe, expect, it } from 'vitest';
import { Builder } from '../builder.ts';
import { arg, binary, number } from '../expr.ts';
import type { ValueId } from '../program.ts';
import { mergeEqual } from './merge-equal.ts';

type Make = (ir: Builder, x: ValueId, value: number) => ValueId;

/** How many values are left of the two that are made of two numbers. */
function left(make: Make, a: number, b: number): number {
  const ir = new Builder();
  const x = ir.input('x', [2], 'state');
  const results = [a, b].map((value, k) => ({ name: `y${k}`, value: make(ir, x, value) }));
  return new Set(mergeEqual(ir.finish(results, [])).outputs.map(({ value }) => value)).size;
}

describe('mergeEqual', () => {
  it.each<[string, Make]>([
    ['numbers', (ir, _, value) => ir.constant([2], [value, 3])],
    ['maps', (ir, x, value) => ir.map([x], binary('div', arg(0), number(value)))],
    ['contractions', (ir, _, value) => ir.full([2], value)],
  ])('makes one of equal %s; 0 and −0, or numbers that are not finite, are not equal', (_, make) => {
    expect(left(make, 0, 0)).toBe(1);
    expect(left(make, -0, -0)).toBe(1);
    expect(left(make, 0, -0)).toBe(2);
    expect(left(make, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(2);
  });
});

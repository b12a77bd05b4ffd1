import { describe, expect, it } from 'vitest';
import { Builder } from '../builder.ts';
import { arg, binary, e } from '../expr.ts';
import type { ValueId } from '../program.ts';
import { dropUnused } from './drop-unused.ts';
import { foldConstants } from './fold-constants.ts';

/** The program of one result after folding, without what is no longer read. */
const folded = (make: (ir: Builder) => ValueId) => {
  const ir = new Builder();
  // A result itself is never folded.
  const y = ir.copy(make(ir));
  return dropUnused(foldConstants(ir.finish([{ name: 'y', value: y }], []))).ops.slice(0, -1);
};

describe('foldConstants', () => {
  it('computes a mask out of positions', () => {
    const ops = folded((ir) =>
      ir.map([ir.iota(3), ir.iota(2)], binary('le', arg(0), arg(1)), [[1], [0]], [2, 3]),
    );
    expect(ops).toMatchObject([{ kind: 'constant', shape: [2, 3], data: [1, 0, 0, 1, 1, 0] }]);
  });
  it('sums, takes diagonals, embeds them, but leaves products to the plan', () => {
    const of = (expression: string, count = 1) =>
      folded((ir) =>
        ir.einsum(expression, ...Array.from({ length: count }, () => ir.constant([2, 2], [1, 2, 3, 4]))),
      );
    expect(of('ij->j')).toMatchObject([{ shape: [2], data: [4, 6] }]);
    expect(of('ii->')).toMatchObject([{ shape: [], data: [5] }]);
    expect(of('ii->i')).toMatchObject([{ data: [1, 4] }]);
    const embedded = folded((ir) => ir.contract([ir.constant([2], [5, 6])], [[0]], [0, 0], { scale: 2 }));
    expect(embedded).toMatchObject([{ shape: [2, 2], data: [10, 0, 0, 12] }]);
    expect(of('ij,jk->ik', 2).at(-1)?.kind).toBe('contract');
  });
  it('follows slices, reshapes and repeats', () => {
    const ops = folded((ir) => {
      const turned = ir.part(ir.iota(6), 0, 5, 4, -1);
      return ir.map([ir.reshape(turned, [2, 2]), ir.full([2, 2], 10)], e.mul(arg(0), arg(1)));
    });
    expect(ops).toMatchObject([{ kind: 'constant', shape: [2, 2], data: [50, 40, 30, 20] }]);
  });
  it('leaves alone what is large, and what comes from outside', () => {
    const large = folded((ir) =>
      ir.map([ir.iota(100), ir.iota(100)], e.mul(arg(0), arg(1)), [[0], [1]], [100, 100]),
    );
    expect(large.map((op) => op.kind)).toEqual(['iota', 'iota', 'map']);
    const open = folded((ir) => ir.add(ir.iota(3), ir.input('x', [3], 'state')));
    expect(open.map((op) => op.kind)).toEqual(['iota', 'input', 'map']);
  });
});

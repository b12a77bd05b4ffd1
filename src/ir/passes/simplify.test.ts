import { describe, expect, it } from 'vitest';
import { Builder } from '../builder.ts';
import { arg, e, number } from '../expr.ts';
import { gradient } from '../gradient.ts';
import { printProgram } from '../print.ts';
import type { ValueId } from '../program.ts';
import { dropUnused } from './drop-unused.ts';
import { hoistInvariants } from './hoist-invariants.ts';
import { optimise } from './index.ts';
import { simplify } from './simplify.ts';

/** The lines that compute, after the pass, of a program with one result. */
function lines(pass: typeof simplify, make: (ir: Builder, x: ValueId) => ValueId, shape = [4, 6]): string[] {
  const ir = new Builder();
  const y = make(ir, ir.input('x', shape, 'state'));
  const program = dropUnused(pass(ir.finish([{ name: 'y', value: y }], [])));
  return printProgram(program)
    .split('\n')
    .filter((line) => line.startsWith('%') && !line.includes('state'));
}

describe('simplify', () => {
  it('makes one slice of two', () => {
    const found = lines(simplify, (ir, x) => ir.part(ir.part(x, 1, 1, 5), 1, 4, 2, -2));
    expect(found).toEqual(['%1 [4 2] = slice %0 from 0 5 by 1 -2']);
  });
  it('makes one padding of two', () => {
    const found = lines(simplify, (ir, x) =>
      ir.pad(ir.pad(x, [1, 0], [2, 1], [8, 6]), [0, 3], [1, 1], [9, 9]),
    );
    expect(found).toEqual(['%1 [9 9] = pad %0 at 1 3 by 2 1']);
  });
  it('takes back out what was padded', () => {
    const found = lines(simplify, (ir, x) =>
      ir.slice(ir.pad(x, [1, 2], [2, 1], [8, 9]), [1, 2], [2, 1], [4, 6]),
    );
    expect(found).toEqual([]);
  });
  it('slices the one operand of a concatenation that a slice stays in', () => {
    const found = lines(simplify, (ir, x) => ir.part(ir.concat([ir.scale(x, 2), x], 0), 0, 5, 2));
    expect(found).toEqual(['%1 [2 6] = slice %0 from 1 0 by 1 1']);
  });
  it('reads element by element through transposes, repeats and factors', () => {
    const found = lines(simplify, (ir, x) => {
      const turned = ir.contract([x], [[0, 1]], [1, 0], { scale: 3 });
      return ir.map([turned, ir.broadcast(ir.sum(x, [0]), [0], [6, 4])], e.add(arg(0), arg(1)));
    });
    expect(found).toEqual(['%1 [6] = contract ab->b %0', '%2 [6 4] = map ((3 * %0[1 0]) + %1[0])']);
  });
  it('keeps a sum apart from the axes it is repeated along', () => {
    const found = lines(simplify, (ir, x) =>
      ir.apply('exp', ir.contract([x], [[0, 1]], [0, 2], { sizes: [4, 6, 5] })),
    );
    expect(found).toEqual(['%1 [4] = contract ab->a %0', '%2 [4 5] = map exp(%1[0])']);
  });
  it('lets a contraction multiply by the factors of its operands', () => {
    const found = lines(simplify, (ir, x) => ir.sum(ir.map([x], e.neg(e.mul(number(2), arg(0))))));
    expect(found).toEqual(['%1 [4 6] = map -(2 * %0)', '%2 [] = contract ab-> %1']);
    expect(lines(simplify, (ir, x) => ir.sum(ir.scale(x, 2)))).toEqual(['%1 [] = contract ab-> %0 * 2']);
  });
  it('leaves values apart while gradients are taken', () => {
    const ir = new Builder();
    const first = ir.part(ir.input('x', [6], 'state'), 0, 1, 5);
    const y = ir.sum(ir.apply('exp', ir.part(first, 0, 1, 3)));
    const [slope] = gradient(ir, y, [first]) as [ValueId];
    const { ops } = optimise(ir.finish([{ name: 'slope', value: slope }], []));
    expect(ops.map((op) => op.kind)).toEqual(['input', 'slice', 'map', 'pad']);
  });
});

describe('hoistInvariants', () => {
  const shape = [64, 64];
  const scaled = (ir: Builder, x: ValueId, row: ValueId) =>
    ir.map([x, row], e.div(arg(0), { op: 'sqrt', a: arg(1) }), [[0, 1], [0]], shape);

  it('computes once for each row what only the row decides, and once for all that use it', () => {
    const found = lines(
      hoistInvariants,
      (ir, x) => {
        const row = ir.sum(x, [1]);
        return ir.add(scaled(ir, x, row), scaled(ir, ir.apply('exp', x), row));
      },
      shape,
    );
    expect(found.filter((line) => line.includes('sqrt'))).toEqual(['%2 [64] = map sqrt(%1)']);
  });
  it('leaves small tensors and cheap parts alone', () => {
    const small = lines(hoistInvariants, (ir, x) =>
      ir.map([x, ir.sum(x, [1])], e.mul(arg(0), { op: 'exp', a: arg(1) }), [[0, 1], [0]]),
    );
    expect(small).toHaveLength(2);
    const cheap = lines(
      hoistInvariants,
      (ir, x) => ir.map([x, ir.sum(x, [1])], e.mul(arg(0), e.add(arg(1), number(1))), [[0, 1], [0]]),
      shape,
    );
    expect(cheap).toHaveLength(2);
  });
});

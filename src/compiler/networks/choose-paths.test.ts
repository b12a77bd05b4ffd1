import { describe, expect, it } from 'vitest';
import { pricePath } from '../../contraction/index.ts';
import { Builder } from '../../ir/builder.ts';
import { optimise } from '../../ir/passes/index.ts';
import type { ContractOp, Program } from '../../ir/program.ts';
import { processor } from '../../ir/target.ts';
import { planProgram } from '../plan/index.ts';
import { choosePaths as chosen, pathObjectives } from './choose-paths.ts';

const withPaths = (...args: Parameters<typeof chosen>) => chosen(...args).program;

/** A ring of tensors with bonds of different sizes, merged into one contraction. */
function ring(bonds: readonly number[], path?: ContractOp['path']): Program {
  const ir = new Builder();
  const n = bonds.length;
  const inputs = bonds.map((_, k) => [k, (k + 1) % n]);
  const tensors = inputs.map((labels, k) =>
    ir.input(
      `t${k}`,
      labels.map((l) => bonds[l] as number),
      'feed',
    ),
  );
  return optimise(ir.finish([{ name: 'trace', value: ir.contract(tensors, inputs, [], { path }) }], []));
}

const contraction = (program: Program) => program.ops.find((op) => op.kind === 'contract') as ContractOp;
const flopsOf = (op: ContractOp) => pricePath(op, op.path ?? []).flops;
const bonds = [9, 2, 8, 3, 7, 2, 9, 3];

describe('choosePaths', () => {
  it.each(pathObjectives)('finds a path for %s, the same every time', (objective) => {
    const once = contraction(withPaths(ring(bonds), { objective }));
    expect(once.path).toHaveLength(bonds.length - 1);
    expect(contraction(withPaths(ring(bonds), { objective })).path).toEqual(once.path);
  });

  it('keeps the path that was chosen, and the planner follows it', () => {
    const worst = bonds.slice(1).map((_, i) => [i === 0 ? 0 : bonds.length + i - 1, i + 1] as const);
    const kept = withPaths(ring(bonds, worst), {});
    expect(contraction(kept).path).toEqual(worst);
    const flops = (program: Program) =>
      planProgram(program, processor('float64')).steps.reduce((sum, step) => sum + step.flops, 0);
    const free = withPaths(ring(bonds), {});
    expect(flops(free)).toBeLessThan(flops(kept));
    expect(flopsOf(contraction(free))).toBeLessThan(flopsOf(contraction(kept)));
  });

  it('is given to neighbours apart: a chosen path is not merged away', () => {
    const ir = new Builder();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => ir.input(name, [3, 3], 'feed')) as [
      number,
      number,
      number,
      number,
    ];
    const inner = ir.contract(
      [a, b, c],
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      [0, 3],
      {
        path: [
          [1, 2],
          [0, 3],
        ],
      },
    );
    const program = optimise(ir.finish([{ name: 'out', value: ir.einsum('ij,jk->ik', inner, d) }], []));
    expect(program.ops.filter((op) => op.kind === 'contract')).toHaveLength(2);
  });

  it('shares a budget of time among the contractions', () => {
    let now = 0;
    const spent = () => {
      now += 1e-3;
      return now;
    };
    const long = Array.from({ length: 30 }, (_, k) => 2 + (k % 3));
    const { path } = contraction(withPaths(ring(long), { effort: { spent } }));
    expect(path).toHaveLength(29);
    expect(now).toBeLessThan(0.7);
  });
});

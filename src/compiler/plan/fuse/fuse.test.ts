import { describe, expect, it } from 'vitest';
import { arg, binary, e, number, unary } from '../../../ir/expr.ts';
import type { FusedStep, NestResult, NestStep, Step } from '../../../ir/plan.ts';
import { processor } from '../../../ir/target.ts';
import { PlanBuilder } from '../plan-builder.ts';
import { denseStrides, type StridedView } from '../view.ts';
import { fuseSteps } from './index.ts';
import { mergeNests } from './merge-nests.ts';
import { regroup } from './regroup.ts';
import { sideBySide } from './side-by-side.ts';

const window = (buffer: number, strides: readonly number[], offset = 0) => ({ buffer, offset, strides });

/** A nest over dense operands of the same dimensions. */
function nest(
  dims: readonly number[],
  reads: readonly number[],
  writes: number,
  { expr = arg(0), reduced = 0 }: { expr?: NestResult['expr']; reduced?: number } = {},
): NestStep {
  const out = window(writes, denseStrides(dims.slice(0, dims.length - reduced)));
  return {
    kind: 'nest',
    dims,
    reduced,
    operands: reads.map((buffer) => window(buffer, denseStrides(dims))),
    results: [{ out, expr, reduce: reduced > 0 ? 'sum' : 'none', scale: 1 }],
    flops: 1,
  };
}

const half = e.mul(arg(0), number(0.5));
/** Something other than a nest, between tensors 1 and 2. */
const at = (buffer: number) => ({ buffer, offset: 0 });
const gather: Step = {
  kind: 'gather',
  data: at(1),
  indices: at(9),
  out: at(2),
  rows: 4,
  rowSize: 4,
  count: 4,
  flops: 0,
};

describe('bringing steps together', () => {
  it('moves what stands between two that join', () => {
    const steps = [nest([4, 4], [0], 1, { expr: half }), nest([3], [7], 8), nest([4, 4], [1], 3)];
    const grouped = regroup(steps, mergeNests, 'latest');
    expect(grouped.map((s) => s.kind === 'nest' && s.results.length)).toEqual([1, 2]);
  });

  it('does not join across a step that needs the one and feeds the other', () => {
    const last = nest([4, 4], [1, 2], 3, { expr: e.add(arg(0), arg(1)) });
    const steps = [nest([4, 4], [0], 1, { expr: half }), gather, last];
    expect(regroup(steps, mergeNests, 'latest')).toEqual(steps);
  });
});

describe('merging nests', () => {
  const merged = (a: NestStep, b: NestStep) => mergeNests(a, b)?.step;

  it('computes on the spot what the later one reads of the earlier', () => {
    const both = merged(nest([8], [0], 1, { expr: half }), nest([8], [1], 2, { expr: unary('exp', arg(0)) }));
    expect(both?.operands).toEqual([window(0, [1])]);
    expect(both?.results.map((r) => r.expr)).toEqual([half, unary('exp', half)]);
  });

  it('follows dimensions that stand in another order', () => {
    const turned: NestStep = { ...nest([3, 2], [1], 2), operands: [window(1, [1, 3])] };
    const both = merged(nest([2, 3], [0], 1), { ...turned, results: nest([3, 2], [1], 2).results });
    // The later one writes across: its windows lie in two directions.
    expect(both).toBeUndefined();
    const along = { ...turned, results: [{ ...turned.results[0], out: window(2, [1, 3]) } as NestResult] };
    expect(merged(nest([2, 3], [0], 1), along)?.results[1]?.out).toEqual(window(2, [3, 1]));
  });

  it('sums long rows while they are made, short ones afterwards', () => {
    const rows = (n: number) =>
      merged(nest([5, n], [0], 1, { expr: half }), nest([5, n], [1], 2, { reduced: 1 }));
    expect(rows(64)?.results.map((r) => r.reduce)).toEqual(['none', 'sum']);
    expect(rows(2)).toBeUndefined();
  });

  it('leaves a reader of other elements alone', () => {
    const shifted = { ...nest([8], [1], 2), operands: [window(1, [1], 3)] };
    expect(merged(nest([8], [0], 1), shifted)).toBeUndefined();
  });
});

describe('fusing', () => {
  /** A row's sum, and the row divided by it. */
  function divided(rows: number, columns: number): PlanBuilder {
    const plan = new PlanBuilder(processor('float32'));
    const x = plan.allocate([rows, columns], true);
    const squares = plan.allocate([rows, columns]);
    const sums = plan.allocate([rows]);
    const out = plan.allocate([rows, columns]);
    const kept = [rows, columns];
    plan.nest({ kept, operands: [x], out: squares, expr: e.mul(arg(0), arg(0)) });
    plan.nest({ kept: [rows], reduced: [columns], operands: [squares], out: sums });
    const spread = { ...sums, strides: [1, 0] };
    plan.nest({ kept, operands: [squares, spread], out, expr: e.div(arg(0), arg(1)) });
    fuseSteps(plan, new Set([out.buffer]), []);
    return plan;
  }

  it('keeps rows and their sums in scratch of one block of rows', () => {
    const plan = divided(640, 64);
    const [step] = plan.steps as [FusedStep];
    expect(plan.steps).toHaveLength(1);
    expect([step.kind, step.outer, step.nests.length]).toEqual(['fused', [20], 2]);
    expect(plan.buffers.map((b) => b.shape)).toEqual([[640, 64], [32, 64], [32], [640, 64]]);
  });

  /** A product with a bias, bounded; somebody reads the result, or else the product. */
  function biased(rows: number, terms: number, columns: number, { isShared = false } = {}): PlanBuilder {
    const plan = new PlanBuilder(processor('float32'));
    const [a, b, bias] = [[rows, terms], [terms, columns], [columns]].map((shape) =>
      plan.allocate(shape, true),
    ) as [StridedView, StridedView, StridedView];
    const [c, out] = [plan.allocate([rows, columns]), plan.allocate([rows, columns])];
    const sizes = { batch: [], m: [rows], n: [columns], k: [terms] };
    plan.push({ kind: 'gemm', ...sizes, a, b, c, scale: 1, flops: rows * columns * terms });
    const spread = { ...bias, strides: [0, 1] };
    const expr = binary('max', e.add(arg(0), arg(1)), number(0));
    plan.nest({ kept: [rows, columns], operands: [c, spread], out, expr });
    plan.push({ ...gather, data: isShared ? c : out, out: plan.allocate([]) } as Step);
    fuseSteps(plan, new Set(), []);
    return plan;
  }

  it('finishes a product where its result will lie', () => {
    const plan = biased(640, 12, 64);
    const [{ outer, nests }] = plan.steps as [FusedStep];
    expect(outer).toEqual([5]);
    const outs = nests.map((nest) => (nest.kind === 'gemm' ? nest.c : nest.results[0]?.out));
    for (const out of outs) expect(out).toMatchObject(window(4, [8192, 64, 1]));
  });

  it('finishes a product in the scratch of a block where only its sums are kept', () => {
    const plan = new PlanBuilder(processor('float32'));
    const [a, b] = [plan.allocate([640, 12], true), plan.allocate([12, 64], true)];
    const [c, out] = [plan.allocate([640, 64]), plan.allocate([640])];
    plan.push({ kind: 'gemm', batch: [], m: [640], n: [64], k: [12], a, b, c, scale: 1, flops: 1 });
    plan.nest({ kept: [640], reduced: [64], operands: [c], out, expr: e.mul(arg(0), arg(0)) });
    fuseSteps(plan, new Set([out.buffer]), []);
    expect(plan.steps).toHaveLength(1);
    expect(plan.buffers[c.buffer]?.shape).toEqual([128, 64]);
  });

  it.each([
    { what: 'is in the cache anyway', plan: () => biased(64, 12, 64) },
    { what: 'others read too', plan: () => biased(640, 12, 64, { isShared: true }) },
    { what: 'has a large B, which each block would fetch anew', plan: () => biased(640, 400, 64) },
    { what: 'has rows that cannot be shared out evenly', plan: () => biased(641, 12, 64) },
  ])('leaves a product alone that $what', ({ plan }) => {
    expect(plan().steps.map((s) => s.kind)).toContain('gemm');
  });

  it('leaves alone what is in the cache anyway', () => {
    expect(divided(8, 64).steps.map((s) => s.kind)).toEqual(['nest', 'nest']);
  });

  it('puts independent nests side by side, and not what one reads of another', () => {
    const steps = [nest([4], [0], 1), nest([9], [2], 3), nest([9], [3], 4)];
    expect(sideBySide(steps).map((s) => (s.kind === 'fused' ? s.nests.length : 1))).toEqual([2, 1]);
  });
});

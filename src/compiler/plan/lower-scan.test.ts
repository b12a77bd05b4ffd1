/** What a recurrence becomes: one loop, no copies, and as little memory as its gradient is asked to keep. */
import { describe, expect, it } from 'vitest';
import { Builder, type Checkpoints, noCheckpoints } from '../../ir/builder.ts';
import { arg, e, unary } from '../../ir/expr.ts';
import { gradient } from '../../ir/gradient.ts';
import { optimise } from '../../ir/passes/index.ts';
import type { LoopStep, Plan } from '../../ir/plan.ts';
import type { Program, ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { processor } from '../../ir/target.ts';
import { describeStep } from '../describe-plan.ts';
import { planProgram } from './index.ts';

const loopsOf = ({ steps }: Plan): LoopStep[] => steps.filter((step) => step.kind === 'loop');
const planned = (program: Program) => planProgram(optimise(program), processor('float64'));

/** h ← tanh(x[t] + h U), all of h given; the gradient of ½ Σ h² by U. */
function recurrent(length: number): Program {
  const ir = new Builder();
  const x = ir.input('x', [length, 2, 8], 'data');
  const u = ir.input('u', [8, 8], 'state');
  const { outs } = scan(ir, {
    length,
    carries: [ir.full([2, 8], 0)],
    rows: [x],
    constants: [u],
    body: (b, [h = 0], [row = 0], [mix = 0]) => {
      const next = b.map([row, b.einsum('ri,io->ro', h, mix)], unary('tanh', e.add(arg(0), arg(1))));
      return { carries: [next], outs: [next] };
    },
  });
  const all = outs[0] as ValueId;
  const [byU = 0] = gradient(ir, ir.scale(ir.sum(ir.mul(all, all)), 0.5), [u]);
  return ir.finish([{ name: 'gradient', value: byU }], []);
}

describe('a recurrence', () => {
  it('is a loop that reads rows where they lie and writes carries where they stay', () => {
    const plan = planned(recurrent(50));
    const [forward, backward] = loopsOf(plan) as [LoopStep, LoopStep];
    expect([forward.count, backward.count]).toEqual([50, 50]);
    const texts = (loop: LoopStep) =>
      loop.steps.map((step) => describeStep(step, plan).replace(/b\d+/g, 'b').replace(/ ×/g, ''));
    expect(texts(forward)).toEqual([
      'b[2 8] = matmul(2×8 b[51 2 8], 8×8 b[8 8])',
      'b[51 2 8] = tanh((b[50 2 8] + b[2 8]))',
    ]);
    // δ, Uᵀδ over δ of the iteration after, and the sum of hᵀδ: nothing is computed again, and nothing copied.
    expect(texts(backward)).toEqual([
      'b[2 8] = ((b[50 2 8] + b[2 8]) * (1 - (b[51 2 8] * b[51 2 8])))',
      'b[2 8] = matmul(2×8 b[2 8], 8×8 b[8 8])',
      'b[8 8] = matmul(8×2 b[51 2 8], 2×8 b[2 8])',
      'b[8 8] = (b[8 8] + b[8 8])',
    ]);
    const [product, next] = forward.steps;
    expect(product?.kind === 'gemm' && [product.a.offset, product.a.loopStrides]).toEqual([0, [16]]);
    const out = next?.kind === 'nest' ? next.results[0]?.out : undefined;
    expect([out?.offset, out?.loopStrides]).toEqual([16, [16]]);
  });

  it('is planned in the same number of steps however long it is', () => {
    const [short, long] = [planned(recurrent(100)), planned(recurrent(100_000))];
    expect(long.steps.length).toBe(short.steps.length);
    expect(loopsOf(long).map((loop) => loop.count)).toEqual([100_000, 100_000]);
  });

  it('is written out where it is none', () => {
    expect(loopsOf(planned(recurrent(1)))).toEqual([]);
  });
});

describe('the gradient of a recurrence', () => {
  /** Eight activations in each of 64 iterations, on 1000 numbers. */
  function bytes(checkpoints: Checkpoints): number {
    const ir = new Builder({ checkpoints });
    const x = ir.input('x', [1000], 'state');
    const w = ir.input('w', [64, 1000], 'state');
    const { last } = scan(ir, {
      length: 64,
      carries: [x],
      rows: [w],
      body: (b, [start = 0], [row = 0]) => {
        let y = start;
        for (let i = 0; i < 8; i++) y = b.apply('sin', b.mul(b.apply('tanh', y), row));
        return { carries: [y] };
      },
    });
    const gradients = gradient(ir, ir.sum(last[0] as ValueId), [w]);
    return planned(ir.finish([{ name: 'w', value: gradients[0] as ValueId }], [])).bytes / 8000;
  }

  it('keeps what iterations computed, or the carries of iterations or of segments alone', () => {
    // In tensors of 1000 numbers. In any case: x, w and its gradient, 129.
    const kept = bytes(noCheckpoints);
    const iterations = bytes({ segments: false, iterations: true });
    const segments = bytes({ segments: true, iterations: false });
    const both = bytes({ segments: true, iterations: true });
    expect(kept).toBeGreaterThan(129 + 64 * 8);
    expect(iterations).toBeLessThan(129 + 64 + 40);
    expect(segments).toBeLessThan(129 + 8 + 8 * 9 + 40);
    expect(both).toBeLessThan(129 + 8 + 8 + 40);
  });
});

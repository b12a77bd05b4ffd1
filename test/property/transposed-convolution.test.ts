/** Folded products – gradients of convolutions by their input – mean the same added up in place as by way of all windows. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { Builder } from '../../src/ir/builder.ts';
import type { Plan, Step } from '../../src/ir/plan.ts';
import { elements, type Program } from '../../src/ir/program.ts';
import { processor } from '../../src/ir/target.ts';
import { engines } from '../../src/numeric/index.ts';
import { interpret } from '../support/interpret.ts';

interface Sizes {
  readonly images: number;
  readonly features: number;
  readonly channels: number;
  readonly positions: number;
  readonly window: number;
  readonly stride: number;
  readonly dilation: number;
  /** Elements behind the last window. */
  readonly rest: number;
}

/** x[n, c, …] = Σ over features and windows of y[n, f, p, q] · w[f, c, i, j], the windows where they lie. */
function gradientOfConvolution(s: Sizes): Program {
  const ir = new Builder();
  const y = ir.input('y', [s.images, s.features, s.positions, s.positions], 'state');
  const w = ir.input('w', [s.features, s.channels, s.window, s.window], 'state');
  const columns = ir.einsum('nfpq,fcij->npqcij', y, w);
  const size = (s.positions - 1) * s.stride + (s.window - 1) * s.dilation + 1 + s.rest;
  const rows = ir.fold(ir.transpose(columns, [0, 3, 1, 4, 2, 5]), 2, size, s);
  return ir.finish([{ name: 'x', value: ir.fold(rows, 3, size, s) }], []);
}

/** How many terms each product sums. */
const terms = ({ steps }: Plan) =>
  steps
    .flatMap((step): readonly Step[] => (step.kind === 'fused' ? step.nests : [step]))
    .flatMap((step) => (step.kind === 'gemm' ? [elements(step.k)] : []));

const inputsOf = (program: Program) =>
  program.ops.flatMap((op) =>
    op.kind === 'input' ? [[op.name, normal(keyFrom(3, op.name), elements(op.shape))] as const] : [],
  );

async function run(plan: Plan, program: Program): Promise<ArrayLike<number>> {
  const executable = await (await engines.wasm()).load(plan);
  for (const [name, data] of inputsOf(program)) executable.write(name, data);
  // Twice: what no window reaches must be 0 again.
  await executable.advance(1);
  await executable.advance(1);
  return await executable.read('x');
}

const between = (min: number, max: number) => fc.integer({ min, max });

describe('folded products', () => {
  it('are what folding all windows gives', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          images: between(1, 3),
          features: between(2, 9),
          channels: between(2, 9),
          positions: between(1, 9),
          window: between(1, 3),
          stride: between(1, 3),
          dilation: between(1, 2),
          rest: between(0, 2),
        }),
        async (sizes) => {
          const program = gradientOfConvolution(sizes);
          const values = interpret(program, Object.fromEntries(inputsOf(program)));
          const expected = values[program.outputs[0]?.value as number] as Float64Array;
          for (const without of [[], ['foldProducts']]) {
            const actual = await run(planProgram(program, processor('float64'), without), program);
            for (const [i, x] of expected.entries()) expect(actual[i]).toBeCloseTo(x, 10);
          }
        },
      ),
      { numRuns: 100 },
    ));

  it('are one product for each class of positions modulo the stride, without the tensor of all windows', () => {
    const sizes = { images: 4, features: 32, channels: 16, positions: 24, window: 3, dilation: 1, rest: 0 };
    const program = gradientOfConvolution({ ...sizes, stride: 1 });
    const plan = planProgram(program, processor('float32'));
    const detour = planProgram(program, processor('float32'), ['foldProducts']);
    expect(terms(plan)).toEqual([9 * 32]);
    expect(terms(detour)).toEqual([32]);
    expect(plan.bytes).toBeLessThan(detour.bytes / 2);
    const strided = planProgram(gradientOfConvolution({ ...sizes, stride: 2 }), processor('float32'));
    expect(terms(strided)).toEqual([4 * 32, 2 * 32, 2 * 32, 32]);
  });
});

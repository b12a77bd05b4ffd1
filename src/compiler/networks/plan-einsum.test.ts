import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reference } from '../../numeric/reference/reference-engine.ts';
import { networkOf, operandName, planEinsum, readExpression, resultName } from './plan-einsum.ts';
import { slicesOf } from './slice-operands.ts';

describe('readExpression', () => {
  it.each([
    ['10⁵ arrays for two operands', 'i,i', 1e5, /100000 operands are more than 5000/],
    ['10⁵ arrays for 10⁵ operands', Array(1e5).fill('i').join(), 1e5, /longer than 100000 characters/],
    ['an expression of 1 MB', 'i'.repeat(1e6), 1, /longer than 100000 characters/],
  ])('refuses %s in a short message', (_, text, operands, message) => {
    const { value, diagnostics } = readExpression(text, operands);
    expect(value).toBeUndefined();
    expect(diagnostics.map((d) => d.message.en)).toEqual([expect.stringMatching(message)]);
    expect(diagnostics[0]!.message.en.length).toBeLessThan(300);
  });
});

describe('networkOf', () => {
  const network = (text: string, ...shapes: number[][]) => {
    const operands = shapes.map((shape, k) => ({ name: `t${k}`, shape }));
    const { value } = readExpression(text, shapes.length);
    return networkOf(value!, operands);
  };

  it('numbers the labels and leaves out what ... only repeats', () => {
    expect(network('...i,i...', [1, 4, 3], [3, 2, 1]).value).toEqual({
      // …1 has its size from t1, …0 from t0.
      inputs: [
        [1, 2],
        [2, 0],
      ],
      output: [0, 1],
      sizes: [2, 4, 3],
    });
  });

  it('tells each label once', () => {
    const { diagnostics } = network('ij,ij,ij', [2, 3], [3, 3], [4, 5]);
    expect(diagnostics.map(({ code, axis }) => [code, axis])).toEqual([
      ['size-conflict', 'i'],
      ['size-conflict', 'j'],
    ]);
  });
});

describe('planEinsum', () => {
  /** Hypergraphs with repeated, shared and dangling labels; tensors of small whole numbers. */
  const label = fc.integer({ min: 0, max: 5 });
  const problem = fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
      inputs: fc.array(fc.array(label, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      wanted: fc.uniqueArray(label),
    })
    .map(({ sizes, inputs, wanted }) => {
      const output = wanted.filter((l) => inputs.some((labels) => labels.includes(l)));
      return { sizes, inputs, output };
    });

  it('gives the naive sum, with the path found by a fixed effort and with one searched for', async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.boolean(), async (network, searched) => {
        const shapes = network.inputs.map((labels) => labels.map((l) => network.sizes[l]!));
        const data = shapes.map((shape, k) =>
          Array.from({ length: shape.reduce((n, s) => n * s, 1) }, (_, i) => ((i * 7 + k * 5) % 9) - 4),
        );
        const { plan } = planEinsum(network, 'float64', searched ? { rounds: 1 } : undefined);
        const loaded = await reference.load(plan);
        for (const [k, numbers] of data.entries()) loaded.write(operandName(k), numbers);
        await loaded.advance(1);
        // Sums of products of small whole numbers are exact.
        expect([...(await loaded.read(resultName))].map((x) => x + 0)).toEqual(naive(network, shapes, data));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the naive sum in slices, in no more memory than it was given where that can be', async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.double({ min: 0.2, max: 0.9, noNaN: true }), async (network, part) => {
        const shapes = network.inputs.map((labels) => labels.map((l) => network.sizes[l]!));
        const data = shapes.map((shape, k) =>
          Array.from({ length: shape.reduce((n, s) => n * s, 1) }, (_, i) => ((i * 7 + k * 5) % 9) - 4),
        );
        const whole = planEinsum(network, 'float64').plan.bytes;
        const { plan, sliced } = planEinsum(network, 'float64', undefined, part * whole);
        const slices = slicesOf(network, sliced);
        expect(plan.bytes).toBeLessThanOrEqual(whole);
        if (sliced.length > 0) expect(plan.bytes).toBeLessThan(whole);
        const loaded = await reference.load(plan);
        const result = new Float64Array(slices.resultLength);
        for (let slice = 0; slice < slices.count; slice++) {
          for (const [k, numbers] of data.entries())
            loaded.write(operandName(k), slices.take(slice, k, numbers));
          await loaded.advance(1);
          slices.add(slice, await loaded.read(resultName), result);
        }
        expect([...result].map((x) => x + 0)).toEqual(naive(network, shapes, data));
      }),
      { numRuns: 100 },
    );
  });
});

/** One loop over all labels. */
function naive(
  { inputs, output, sizes }: { inputs: number[][]; output: number[]; sizes: number[] },
  shapes: readonly number[][],
  data: readonly number[][],
): number[] {
  const result = Array<number>(output.reduce((n, l) => n * sizes[l]!, 1)).fill(0);
  const labels = [...new Set(inputs.flat())];
  const at: number[] = [];
  const offset = (tensor: readonly number[], shape: readonly number[]) =>
    tensor.reduce((sum, l, d) => sum * shape[d]! + at[l]!, 0);
  const outputShape = output.map((l) => sizes[l]!);
  const loop = (depth: number): void => {
    if (depth === labels.length) {
      const product = inputs.reduce((p, tensor, k) => p * data[k]![offset(tensor, shapes[k]!)]!, 1);
      result[offset(output, outputShape)]! += product;
      return;
    }
    const l = labels[depth]!;
    for (at[l] = 0; at[l]! < sizes[l]!; at[l]!++) loop(depth + 1);
  };
  loop(0);
  return result.map((x) => x + 0);
}

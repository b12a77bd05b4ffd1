import { describe, expect, it } from 'vitest';
import { graph } from '../../test/support/graphs.ts';
import { compile } from '../compiler/index.ts';
import { engines } from '../numeric/index.ts';
import { run } from '../runtime/index.ts';

/** What each of 64 equal pictures of one step has become: the least squares of a table of 64 pictures find them in one. */
async function augmented(
  params: Readonly<Record<string, unknown>>,
  picture: readonly number[],
  size: readonly [number, number],
) {
  const [h, w] = size;
  const count = 64;
  const axes = (first: string) => [
    { name: first, size: count },
    { name: 'h', size: h },
    { name: 'w', size: w },
  ];
  const values = Array.from({ length: count }, () => picture).flat();
  const document = graph(
    {
      x: { type: 'tensor', params: { axes: axes('b'), fill: 'values', values } },
      more: { type: 'augment', params },
      table: { type: 'parameter', params: { axes: axes('b'), init: 'zeros' } },
      loss: { type: 'mse' },
      // Half of twice the mean square, over as many numbers as there are.
      sgd: { type: 'sgd', params: { rate: (count * h * w) / 2 } },
    },
    ['more.y > loss.target', 'x.out > more.x', 'table.out > loss.prediction', 'loss.loss > sgd.loss'],
  );
  const { value, diagnostics } = compile(document, { dtype: 'float64' });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  for await (const event of run(value!, await engines.reference(), { steps: 1 })) {
    if (event.type === 'failed') throw new Error(event.diagnostics[0]?.message.en);
    if (event.type !== 'finished') continue;
    const [tensor] = event.checkpoint.tensors.values();
    return Array.from({ length: count }, (_, b) =>
      Array.from(tensor!.data.subarray(b * h * w, (b + 1) * h * w), (v) => Math.round(v * 1e9) / 1e9 + 0),
    );
  }
  throw new Error('the run did not finish');
}
const kinds = (pictures: readonly number[][]) => [...new Set(pictures.map((p) => p.join(' ')))].sort();

describe('augmented pictures', () => {
  it('are mirrored, all or none of the pixels, about as often as is asked for', async () => {
    const pictures = await augmented({ flip: 0.5, shift: 0 }, [1, 2, 3, 4, 5, 6], [2, 3]);
    expect(kinds(pictures)).toEqual(['1 2 3 4 5 6', '3 2 1 6 5 4']);
    const turned = pictures.filter(([first]) => first === 3).length;
    expect(turned).toBeGreaterThan(16);
    expect(turned).toBeLessThan(48);
    expect(kinds(await augmented({ flip: 1, shift: 0 }, [1, 2, 3], [1, 3]))).toEqual(['3 2 1']);
  });

  it('are moved by whole pixels, zeros coming in, by no more than is asked for', async () => {
    // np.roll without what comes round, of [[1, 2], [3, 4]] by (−1 … 1, −1 … 1).
    expect(kinds(await augmented({ flip: 0, shift: 1 }, [1, 2, 3, 4], [2, 2]))).toEqual([
      '0 0 0 1',
      '0 0 1 2',
      '0 0 2 0',
      '0 1 0 3',
      '0 3 0 0',
      '1 2 3 4',
      '2 0 4 0',
      '3 4 0 0',
      '4 0 0 0',
    ]);
  });

  it('are noisy about what they were', async () => {
    const pictures = await augmented({ flip: 0, shift: 0, noise: 0.5 }, [3], [1, 1]);
    const values = pictures.flat();
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean - 3)).toBeLessThan(0.25);
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.15);
  });
});

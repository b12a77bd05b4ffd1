/** Noisy points on a straight line: the data of linear regression, whose answer is known. */
import { z } from 'zod';
import { keyFrom, normal, uniform } from '../base/random.ts';
import { seed } from '../base/seed.ts';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';

export const line = defineDataSet({
  name: 'line',
  title: text('Noisy line', '带噪直线'),
  doc: text(
    'y = slope · x + intercept + noise, with x evenly spread over −1 … 1; generated from the seed.',
    'y = slope · x + intercept + 噪声，x 均匀分布于 −1 … 1；由种子生成。',
  ),
  options: z.object({
    samples: z
      .int()
      .min(2)
      .max(100_000)
      .default(200)
      .meta({ label: text('Rows', '行数') }),
    slope: z
      .number()
      .default(2)
      .meta({ label: text('Slope', '斜率') }),
    intercept: z
      .number()
      .default(-1)
      .meta({ label: text('Intercept', '截距') }),
    /** Standard deviation of y about the line. */
    noise: z
      .number()
      .min(0)
      .default(0.1)
      .meta({ label: text('Noise', '噪声') }),
    seed: seed.default(1),
  }),
  columns: () => [
    { name: 'x', axes: [{ name: 'f', size: 1 }] },
    { name: 'y', axes: [{ name: 'o', size: 1 }] },
  ],
  rows: ({ samples }) => samples,
  async load({ samples, slope, intercept, noise, seed }) {
    const x = Float32Array.from(uniform(keyFrom(seed, 'line', 'x'), samples), (u) => 2 * u - 1);
    const offsets = normal(keyFrom(seed, 'line', 'noise'), samples);
    return { x, y: x.map((v, r) => slope * v + intercept + noise * (offsets[r] as number)) };
  },
});

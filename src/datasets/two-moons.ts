/** Two interleaved half circles: the smallest problem that no straight line can solve. */
import { z } from 'zod';
import { keyFrom, normal, uniform } from '../base/random.ts';
import { seed } from '../base/seed.ts';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';

export const twoMoons = defineDataSet({
  name: 'two-moons',
  title: text('Two moons', '双月'),
  doc: text(
    'Points on two half circles that reach into each other, with normal noise; generated from the seed.',
    '两个互相嵌入的半圆上的点，带正态噪声；由种子生成。',
  ),
  options: z.object({
    samples: z
      .int()
      .min(2)
      .max(100_000)
      .default(400)
      .meta({ label: text('Rows', '行数') }),
    /** Standard deviation of each coordinate; the half circles have radius 1. */
    noise: z
      .number()
      .min(0)
      .max(10)
      .default(0.15)
      .meta({ label: text('Noise', '噪声') }),
    seed: seed.default(1),
  }),
  columns: () => [
    { name: 'x', axes: [{ name: 'f', size: 2 }] },
    { name: 'y', axes: [], classes: 2 },
  ],
  rows: ({ samples }) => samples,
  async load({ samples, noise, seed }) {
    const angles = uniform(keyFrom(seed, 'two-moons', 'angle'), samples);
    const offsets = normal(keyFrom(seed, 'two-moons', 'noise'), 2 * samples);
    const x = new Float32Array(2 * samples);
    const y = new Float32Array(samples);
    for (let r = 0; r < samples; r++) {
      const angle = Math.PI * (angles[r] as number);
      const lower = r % 2;
      // The lower moon is the upper one turned by half a turn about (½, ¼).
      const across = lower ? 1 - Math.cos(angle) : Math.cos(angle);
      const up = lower ? 0.5 - Math.sin(angle) : Math.sin(angle);
      x[2 * r] = across + noise * (offsets[2 * r] as number);
      x[2 * r + 1] = up + noise * (offsets[2 * r + 1] as number);
      y[r] = lower;
    }
    return { x, y };
  },
});

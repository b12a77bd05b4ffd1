/** Parameter schemas that several node types share, with the words the inspector shows. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { axisName } from '../tensor/axes-text.ts';

/** A size as the user writes it: a number, a symbol of the document, or an expression. */
export const size = z.union([z.int(), z.string().min(1).max(200)]);

export const axes = z
  .array(z.object({ name: z.string().regex(axisName).max(50), size }))
  .max(32)
  .meta({
    label: text('Axes', '轴'),
    doc: text('Index names and sizes: i 3, j 4', '指标名与大小：i 3, j 4'),
    widget: 'axes',
  });

export const values = z
  .array(z.number())
  .max(1_000_000)
  .meta({
    label: text('Values', '数值'),
    doc: text('Row-major, one for each element', '按行优先，每个元素一个'),
    widget: 'values',
  });

export { seed } from '../base/seed.ts';

export const indexName = z.string().regex(axisName).max(50);

/** How many of something there are. */
export const count = (most: number) => z.int().min(1).max(most);

/** Off unless it is switched on. */
export const flag = z.boolean().default(false);

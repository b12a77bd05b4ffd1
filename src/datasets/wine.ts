/** Thirteen measurements of 178 wines from three cultivars. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';
import { standardisedTable } from './standardise.ts';

const FEATURES = 13;

export const wine = defineDataSet({
  name: 'wine',
  title: text('Wine', '葡萄酒'),
  doc: text(
    'Thirteen chemical measurements of 178 wines from three cultivars; each column is shifted and scaled to mean 0 and deviation 1 over all rows. S. Aeberhard and M. Forina, Wine (1992), UCI Machine Learning Repository, CC BY 4.0.',
    '三个葡萄品种共 178 种葡萄酒的十三项化学测量；每列按全部行标准化为均值 0、标准差 1。S. Aeberhard 与 M. Forina，Wine（1992），UCI 机器学习数据库，CC BY 4.0。',
  ),
  options: z.object({}),
  columns: () => [
    { name: 'x', axes: [{ name: 'f', size: FEATURES }] },
    { name: 'y', axes: [], classes: 3, names: ['Barolo', 'Grignolino', 'Barbera'] },
  ],
  rows: () => 178,
  load: async () => standardisedTable((await import('./wine.json')).default.rows, FEATURES),
});

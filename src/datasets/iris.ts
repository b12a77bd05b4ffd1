/** Fisher's irises: four measurements of 150 flowers of three species. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { defineDataSet } from './dataset.ts';
import { standardisedTable } from './standardise.ts';

const FEATURES = 4;

export const iris = defineDataSet({
  name: 'iris',
  title: text('Iris', '鸢尾花'),
  doc: text(
    'Length and width of sepal and petal of 150 flowers of three species; each column is shifted and scaled to mean 0 and deviation 1 over all rows. R. A. Fisher (1936), UCI Machine Learning Repository, CC BY 4.0.',
    '三个品种共 150 朵花的萼片与花瓣的长和宽；每列按全部行标准化为均值 0、标准差 1。R. A. Fisher（1936），UCI 机器学习数据库，CC BY 4.0。',
  ),
  options: z.object({}),
  columns: () => [
    { name: 'x', axes: [{ name: 'f', size: FEATURES }] },
    { name: 'y', axes: [], classes: 3, names: ['setosa', 'versicolor', 'virginica'] },
  ],
  rows: () => 150,
  load: async () => standardisedTable((await import('./iris.json')).default.rows, FEATURES),
});

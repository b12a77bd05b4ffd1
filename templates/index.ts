/**
 * The graphs to start from, in the order of the gallery: the lessons in theirs, then ordinary graphs, up to
 * networks that read digits. To add one: put `<name>.graph.json` beside this file and list it here, a lesson in
 * lessons.ts.
 */
import { text } from '../src/base/text.ts';
import { imageTemplates } from './image-networks.ts';
import { lessons } from './lessons.ts';
import { networkTemplates } from './network-forms.ts';
import { published } from './published.ts';
import { sequenceTemplates } from './sequence-templates.ts';
import { hamiltonianWords } from './symmetry-lessons.ts';
import { type Template, template } from './template.ts';

export { type Chapter, chapters, type Template } from './template.ts';
export { lessons };

const blockWords = [
  text('Encoder layer', '编码层'),
  text('Rows ask each other, then each thinks for itself.', '各行先互相询问，再各自思考。'),
  text('Attention', '注意力'),
  text('Every row asks all rows, and adds what it is told.', '每行询问所有行，并加上所得的回应。'),
  text('Feed-forward', '前馈'),
  text(
    'Each row by itself through a hidden layer, added to what it was.',
    '每行各自经过隐藏层，再加到原来的值上。',
  ),
];

export const templates: readonly Template[] = [
  ...lessons,
  template(
    'quadratic-bowl',
    text('Quadratic bowl', '二次碗'),
    text(
      'The gradient as a node: walk downhill and solve A x = b.',
      '梯度也是节点：顺坡而下，解出 A x = b。',
    ),
    () => import('./quadratic-bowl.graph.json'),
  ),
  template(
    'linear-regression',
    text('Linear regression', '线性回归'),
    text('Find the slope and intercept of a noisy line.', '找出带噪直线的斜率与截距。'),
    () => import('./linear-regression.graph.json'),
    [text('points', '数据点'), text('mean squared error', '均方误差'), text('prediction', '预测')],
  ),
  template(
    'two-moons-mlp',
    text('Two moons', '双月'),
    text('Hidden layers bend a boundary that no straight line can draw.', '隐藏层弯出直线画不出的分界。'),
    () => import('./two-moons-mlp.graph.json'),
  ),
  template(
    'spirals-mlp',
    text('Spirals', '螺旋'),
    text('Two layers wind a boundary between two spirals.', '两层网络在两条螺旋之间绕出分界。'),
    () => import('./spirals-mlp.graph.json'),
  ),
  template(
    'iris-mlp',
    text('Iris', '鸢尾花'),
    text('Tell three species apart by four measurements.', '凭四个测量值分辨三个品种。'),
    () => import('./iris-mlp.graph.json'),
  ),
  template(
    'wine-csv',
    text('Wine from a table', '表格中的葡萄酒'),
    text(
      'A CSV file as data of your own: chosen, split, normalised.',
      '以 CSV 文件为自己的数据：选择、划分、归一化。',
    ),
    () => import('./wine-csv.graph.json'),
    [],
    { 'wine.csv': () => import('./wine.csv?raw') },
  ),
  template(
    'digits-mlp',
    text('Handwritten digits', '手写数字'),
    text('Train a network on real digits in a few seconds.', '几秒钟内用真实的手写数字训练网络。'),
    () => import('./digits-mlp.graph.json'),
  ),
  template(
    'digits-cnn',
    text('Convolution', '卷积'),
    text('The same small kernel at every place of an image.', '同一个小核看遍图像的每个位置。'),
    () => import('./digits-cnn.graph.json'),
  ),
  ...imageTemplates,
  ...networkTemplates,
  template(
    'digits-attention',
    text('Attention', '注意力'),
    text(
      'A transformer block lets the rows of an image ask each other.',
      '一个 Transformer 块让图像的各行互相询问。',
    ),
    () => import('./digits-attention.graph.json'),
    blockWords,
  ),
  template(
    'digits-transformer',
    text('Transformer', 'Transformer'),
    text('One encoder layer, drawn once and repeated.', '编码层只画一次，重复多次。'),
    () => import('./digits-transformer.graph.json'),
    blockWords,
  ),
  ...sequenceTemplates,
  template(
    'hamiltonian-three-bodies',
    text('Three bodies', '三体'),
    text(
      'Chaos: a network with an energy keeps it for a while, one of the field alone does not.',
      '混沌：有能量的网络能守住一阵，只学场的网络守不住。',
    ),
    () => import('./hamiltonian-three-bodies.graph.json'),
    hamiltonianWords,
  ),
];

/** What the gallery shows: the graphs that are computed, then those to be looked at. */
export const allTemplates: readonly Template[] = [...templates, ...published];

/**
 * The graphs to start from, in the order of the gallery: from one contraction to networks that read
 * digits. To add one: put `<name>.graph.json` beside this file and list it here.
 */
import type { GraphDocument } from '../graph-schema/document.ts';
import { type Text, text } from '../src/base/text.ts';

/** Parts of the path through the lessons, in their order. */
export const chapters = {
  tensors: text('Tensors and contractions', '张量与收缩'),
  descent: text('Rolling downhill', '滚下山坡'),
  heat: text('Heat', '热'),
  symmetry: text('Symmetry and conservation', '对称与守恒'),
} as const;

export type Chapter = keyof typeof chapters;

export interface Template {
  readonly name: string;
  /** Of a lesson, which stands in the path through the lessons instead of among the other templates. */
  readonly chapter?: Chapter;
  readonly title: Text;
  /** What one sees or learns, in a sentence. */
  readonly sentence: Text;
  /** Names and descriptions in its drawing that are said in the language of the page, by their English. */
  readonly words: readonly Text[];
  load(): Promise<GraphDocument>;
}

function template(
  name: string,
  title: Text,
  sentence: Text,
  file: () => Promise<{ readonly default: unknown }>,
  words: readonly Text[] = [],
): Template {
  return {
    name,
    title,
    sentence,
    words,
    async load() {
      // With the node types, which the gallery does without until a graph is opened.
      const { readDocument } = await import('../src/compiler/read-document.ts');
      const { fetchTypes } = await import('../src/catalogue/packs.ts');
      const { default: graph } = await file();
      await fetchTypes(graph);
      const { value, diagnostics } = readDocument(graph);
      if (!value) throw new Error(`internal: template ${name}: ${diagnostics[0]?.message.en}`);
      return value;
    },
  };
}

/** A template that teaches: its sentence is its idea. */
export const lesson = (chapter: Chapter, ...rest: Parameters<typeof template>): Template => ({
  ...template(...rest),
  chapter,
});

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
  template(
    'matmul',
    text('Matrix product', '矩阵乘积'),
    text('Two matrices share an index; see it close.', '两个矩阵共有一个指标；看它闭合。'),
    () => import('./matmul.graph.json'),
  ),
  template(
    'delta-trace',
    text('Trace with deltas', '用 δ 求迹'),
    text('Kronecker deltas tie indices together and cost nothing.', 'δ 张量把指标系在一起，而且不费计算。'),
    () => import('./delta-trace.graph.json'),
    [text('close all indices', '闭合所有指标')],
  ),
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
    'iris-mlp',
    text('Iris', '鸢尾花'),
    text('Tell three species apart by four measurements.', '凭四个测量值分辨三个品种。'),
    () => import('./iris-mlp.graph.json'),
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
];

/** In the order in which they are learnt. */
export const lessons: readonly Template[] = (Object.keys(chapters) as Chapter[]).flatMap((chapter) =>
  templates.filter((template) => template.chapter === chapter),
);

/** Why the codes of held-back-codes.ts matter. */
import type { heldBackCodes } from '../../../base/codes/held-back-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const heldBackExplanations: Readonly<Record<keyof typeof heldBackCodes, Explanation>> = {
  'learned-by-batch': explain(
    text('Something learned has the size of the batch', '学到的量带有批的大小'),
    text(
      'A batch is so many rows in training and all held-back rows at once in an evaluation, and whoever uses the model gives as many as they like. A weight, a scale or a table that has a number for each place of the batch has no meaning for another batch. Most often a layer runs along the batch instead of along the features, or the batch symbol was written where a number was meant.',
      '训练时一批是若干行，评估时是全部留出的行，使用模型的人给多少行也不受限制。若权重、缩放或查找表在批的每个位置都有一个数，换一个批就失去意义。常见原因是某层沿批而不是沿特征计算，或在本应写数字处写了批的符号。',
    ),
  ),
  'held-back-size': explain(
    text('A size that does not come out for held-back rows', '对留出的行算不出的大小'),
    text(
      'The batch is cut or slid over by fixed numbers. In training enough of it is left, but the held-back rows are another number, for which nothing is left or no whole number comes out.',
      '批被固定的数切分或滑动。训练时剩余足够，但留出的行数不同，结果没有剩余或不是整数。',
    ),
  ),
  'held-back-conflict': explain(
    text('Sizes that are equal in training only', '只在训练时相等的大小'),
    text(
      'With the batch of training the two sizes are equal or divide each other; with the number of held-back rows they do not. What is split into groups needs a number of rows that is a multiple of the group.',
      '按训练的批，两个大小相等或可整除；按留出的行数则不然。要分组的轴，其行数须为组大小的倍数。',
    ),
  ),
  'held-back-batch': explain(
    text('A batch that cannot hold the held-back rows', '容不下留出行的批'),
    text(
      'An evaluation takes every held-back row once, all in one batch. Here other sizes of the graph decide how large the batch is, so that rows would be left out or counted twice.',
      '评估把每个留出的行恰好用一次，全部放在一批中。这里批的大小由图中其他大小决定，会有行被遗漏或重复计算。',
    ),
  ),
  'held-back-uneven': explain(
    text('A metric over held-back rows of unequal number', '留出行数不同的指标'),
    text(
      'Two data sets share one batch symbol, and the metric puts their rows side by side. In training both give as many rows a step; of the held-back rows one has more. Pairing some of them twice would make the figure depend on which, so that none is given.',
      '两个数据集共用一个批符号，而该指标把它们的行并排使用。训练时两者每步给出同样多的行；留出的行却一多一少。若让部分行配对两次，结果就取决于是哪些行，因此不给出数值。',
    ),
  ),
  'rows-apart': explain(
    text('Inputs and labels of different rows', '输入与标签不是同一行'),
    text(
      'Two nodes of one data set take the same rows in each step where they hold back the same share by the same seed. Split otherwise, they give rows that have nothing to do with each other: a model that is given the inputs of one row and the label of another learns nothing, without any error.',
      '同一数据集的两个节点，若以同一种子留出同样的比例，每一步就取同样的行。划分不同则给出互不相干的行：用一行的输入配另一行的标签，模型什么也学不到，而且没有任何报错。',
    ),
  ),
};

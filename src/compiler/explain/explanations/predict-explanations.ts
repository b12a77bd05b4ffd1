/** Why the codes of predict-codes.ts matter. */
import type { predictCodes } from '../../../base/codes/predict-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const predictExplanations: Readonly<Record<keyof typeof predictCodes, Explanation>> = {
  'unknown-feed': explain(
    text('Something given that the graph does not take', '给定了图不接收的输入'),
    text(
      'A prediction is given tensors by name: the id or label of an Input, or node.port for a column of a data set.',
      '预测按名称接收张量：“输入”的标识或标签，或以“节点.端口”表示的数据集的列。',
    ),
  ),
  'feed-twice': explain(
    text('One input given twice', '同一输入给定两次'),
    text(
      'An Input can be called by its id and by its label; both were used, and only one of the two tensors can be meant.',
      '“输入”可用标识或标签称呼；两者都用了，而只能指其中一个张量。',
    ),
  ),
  'feed-shape': explain(
    text('An array that does not fit the input', '数组与输入不符'),
    text(
      'The rank must be that of the input, and so must every size that is a number. A size that is a symbol of the document, such as B, is whatever the array says, unless parameters were trained for another.',
      '阶必须与输入相同，写成数字的大小也必须相同。写成文档符号（如 B）的大小由数组决定，除非参数是按另一个大小训练的。',
    ),
  ),
  'feed-missing': explain(
    text('An input that has to be given', '必须给定的输入'),
    text(
      'Columns of a data set are for training; a prediction is made of what you give it. What the outputs do not depend on, such as labels, need not be given.',
      '数据集的列用于训练；预测使用您给定的内容。输出不依赖的内容（如标签）无须给定。',
    ),
  ),
  'unknown-output': explain(
    text('An output that the graph does not have', '图中没有的输出'),
    text(
      'An output is a Probe, or any port, written node.port. Where a node has one port, its name alone will do.',
      '输出可以是“探针”，或任意端口，写作“节点.端口”。节点只有一个端口时，写节点名即可。',
    ),
  ),
  'nothing-to-predict': explain(
    text('Nothing says what to compute', '没有说明要计算什么'),
    text(
      'A graph that is trained ends in a loss, which no prediction needs. A Probe names what you want out of it.',
      '训练用的图以损失结束，而预测不需要它。“探针”指明您想要的结果。',
    ),
  ),
  'weights-missing': explain(
    text('Parameters without trained values', '没有训练值的参数'),
    text(
      'A prediction with first, random values would look like a result and mean nothing. Parameters are found by path and shape.',
      '用随机初值预测看似有结果，却毫无意义。参数按路径和形状查找。',
    ),
  ),
  'export-unsupported': explain(
    text('A node that has no place in the export', '导出中没有位置的节点'),
    text(
      'An export to PyTorch is written node by node. What a wire needs must be written; a picture that nothing reads is only left out.',
      '导出到 PyTorch 时逐个节点书写。连线所需的内容必须能写出；无人读取的图像只是略去。',
    ),
  ),
};

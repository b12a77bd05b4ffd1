/** Codes of compiler/check: what is right in training and not where held-back rows are evaluated. */
import { text } from '../text.ts';
import { type Entry, error, warning } from './entry.ts';

export const heldBackCodes = {
  'learned-by-batch': error(
    text(
      '{node} learns numbers along {axis}, whose size {written} follows the batch: {trained} in training ({symbol} = {batch}), {evaluated} when the {held} held-back rows of {data} are evaluated. What is learned must keep its shape.',
      '{node}沿 {axis} 学习数值，而其大小 {written} 随批大小变化：训练时为 {trained}（{symbol} = {batch}），评估{data}留出的 {held} 行时为 {evaluated}。学到的量必须保持形状。',
    ),
    text(
      'Write the number in place of the symbol, learn along another axis, or hold back no rows.',
      '请用数字代替符号，改沿其他轴学习，或不留出行。',
    ),
  ),
  'held-back-size': error(
    text(
      'When the {held} held-back rows of {data} are evaluated, {axis} ({written}) has the size {evaluated}; in training it is {trained} ({symbol} = {batch}).',
      '评估{data}留出的 {held} 行时，{axis}（{written}）的大小为 {evaluated}；训练时为 {trained}（{symbol} = {batch}）。',
    ),
    text(
      'Hold back more rows or none, or cut the batch by no fixed numbers.',
      '请留出更多行或不留出，或不要用固定的数切分批。',
    ),
  ),
  'held-back-conflict': error(
    text(
      'In training {left} is {right} ({symbol} = {batch}); when the {held} held-back rows of {data} are evaluated, it is not ({symbol} = {held}).',
      '训练时 {left} 与 {right} 相符（{symbol} = {batch}）；评估{data}留出的 {held} 行时则不符（{symbol} = {held}）。',
    ),
    text('Hold back a number of rows that fits as well, or none.', '请留出同样相符的行数，或不留出行。'),
  ),
  'held-back-batch': error(
    text(
      'The batch of {node} is fixed to {size}, but {held} rows are held back, which are evaluated at once.',
      '{node}的批大小固定为 {size}，但留出的 {held} 行要一次评估。',
    ),
    text(
      'Let its batch size be a dimension with a number of its own, or hold back no rows.',
      '请让批大小成为一个自带数字的维度，或不留出行。',
    ),
  ),
  'held-back-uneven': warning(
    text(
      '{metric} is not evaluated: it needs {held} held-back rows of {data} and {otherHeld} of {otherData} under one batch size {symbol}.',
      '{metric}不会被评估：在同一批大小 {symbol} 下，它需要{data}留出的 {held} 行和{otherData}留出的 {otherHeld} 行。',
    ),
    text(
      'Give each data set a batch dimension of its own, or hold back as many rows of both.',
      '请让各数据集使用各自的批维度，或留出同样多的行。',
    ),
  ),
  'rows-apart': warning(
    text(
      '{first} and {second} read the same data, but {metric} gets other rows of one than of the other: {what} differs.',
      '{first}与{second}读取同一数据，但{metric}从两者得到的是不同的行：{what}不同。',
    ),
    text(
      'Give both the same settings: then what comes from them in a step belongs together.',
      '请让两者设置相同：这样每一步从它们得到的内容就互相对应。',
    ),
  ),
} as const satisfies Record<string, Entry>;

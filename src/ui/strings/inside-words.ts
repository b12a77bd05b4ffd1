/** What the page says of a node that is looked into. */
import { text } from '../../base/text.ts';

export const insideWords = {
  title: text('Inside {title}', '{title} 的内部'),
  graph: text('Graph', '图'),
  close: text('Back to the graph', '返回图'),
  forward: text('Forward', '前向'),
  backward: text('Backward', '反向'),
  noBackward: text('Nothing in this graph asks for its derivative.', '图中没有节点求它的导数。'),
  nothing: text('There is nothing to see inside of this node.', '此节点内部没有可看的内容。'),
  whichNode: text('Select a node to look inside.', '先选择一个节点。'),
  isBlock: text('A block opens: its inside is drawn.', '块可以直接打开：它的内部就是一张图。'),
  failed: text('The drawing could not be made ({detail}).', '无法绘制（{detail}）。'),
  working: text('Looking inside …', '正在查看内部……'),
  tooMany: text('{count} operations are too many to be drawn.', '{count} 个运算太多，无法绘制。'),
  step: text('{at} of {count}: {what}', '第 {at} / {count} 步：{what}'),
  back: text('Step back', '上一步'),
  next: text('Step on', '下一步'),
  repeats: text(
    'In a repeat these operations are computed many times: their values are not shown.',
    '在重复块中这些运算会执行多次，因此不显示数值。',
  ),
  noValues: text('Its values would take too long to compute unasked.', '计算这些数值耗时过长，因此未显示。'),
  scalar: text('scalar', '标量'),
  to: text('to {title}', '送往 {title}'),
  derivativeOf: text('derivative of {title}', '{title} 的导数'),
  fromForward: text('from forward: {formula}', '来自前向：{formula}'),
} as const;

/** What an operation is called. */
export const operationNames = {
  input: text('Input', '输入'),
  constant: text('Constant', '常数'),
  random: text('Random numbers', '随机数'),
  iota: text('0, 1, 2, …', '0, 1, 2, …'),
  contract: text('Contraction', '缩并'),
  map: text('Element by element', '逐元素'),
  reduce: text('Reduction', '归约'),
  reshape: text('Other shape', '改变形状'),
  slice: text('Slice', '切片'),
  pad: text('Pad', '填充'),
  window: text('Windows', '窗口'),
  fold: text('Sum of windows', '窗口求和'),
  concat: text('Concatenation', '拼接'),
  gather: text('Rows by number', '按编号取行'),
  scatterAdd: text('Sum into rows', '按编号累加'),
  scan: text('Recurrence', '循环'),
  result: text('Result', '结果'),
  given: text('Comes in', '输入'),
  parameter: text('Parameter', '参数'),
  forward: text('Value', '数值'),
  gradient: text('Gradient', '梯度'),
} as const;

/** Words for numbers that are shown: of which state, and of which rows. */
import { text } from '../../base/text.ts';

export const values = {
  after: text('after step {step}', '第 {step} 步之后'),
  taken: text('weights of a file', '文件中的权重'),
  first: text('first values', '初始值'),
  batch: text('training batch', '训练批次'),
  sample: text('first rows of the data', '数据的前几行'),
  stateHint: text(
    'Every number on cards and wires, in the Values panel and on hover is of this state and of these rows.',
    '卡片、连线、数值面板与悬停显示的所有数值均来自此状态与此批数据。',
  ),
  reset: text(
    '{tensor} begins anew: its shape was {was} and is {shape}. All else stays trained.',
    '{tensor} 重新初始化：形状由 {was} 变为 {shape}。其余保持已训练状态。',
  ),
  resetMany: text(
    '{tensor} and {others} more begin anew: its shape was {was} and is {shape}. All else stays trained.',
    '{tensor} 及另外 {others} 个张量重新初始化：形状由 {was} 变为 {shape}。其余保持已训练状态。',
  ),
  // Values panel
  ports: text('Ports', '端口'),
  parameters: text('Parameters', '参数'),
  optimizer: text('Optimizer state', '优化器状态'),
  value: text('Value', '数值'),
  gradient: text('Gradient', '梯度'),
  gradientHint: text(
    'The derivative of the loss by this tensor, on the same rows',
    '损失对该张量的导数，取自同一批数据',
  ),
  noGradient: text(
    'Nothing trains this tensor, so the loss has no gradient by it.',
    '此张量不参与训练，因此没有梯度。',
  ),
  showTensor: text('Show the values of {name}', '查看 {name} 的数值'),
  axis: text('axis {n}', '轴 {n}'),
} as const;

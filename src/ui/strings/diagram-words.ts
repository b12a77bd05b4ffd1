/** Words of the tensor-network diagram. */
import { text } from '../../base/text.ts';

export const diagramWords = {
  title: text('Tensor network', '张量网络'),
  see: text('See as a tensor network', '以张量网络查看'),
  close: text('Back to the ribbons', '返回缎带图'),
  larger: text('Over the whole canvas', '占满画布'),
  beside: text('Beside the canvas', '与画布并排'),
  none: text('There is no contraction here to be seen as a network.', '此处没有可以网络形式查看的收缩。'),
  gone: text('This contraction is no longer there.', '该收缩已不存在。'),
  unread: text(
    'Its expression does not fit what is wired to it, so there is no network to draw yet.',
    '其表达式与所接的张量不符，因此还画不出网络。',
  ),
  tooMany: text(
    '{count} tensors are too many to be told apart in a drawing.',
    '共 {count} 个张量，图中无法分辨。',
  ),
  which: text('Network', '网络'),
  // Played
  play: text('Play the contraction', '播放收缩过程'),
  pause: text('Pause', '暂停'),
  back: text('Previous step', '上一步'),
  forward: text('Next step', '下一步'),
  speed: text('Speed', '速度'),
  time: text('Steps of the contraction', '收缩的步骤'),
  before: text('Before the first step', '第一步之前'),
  stepOf: text('Step {step} of {steps}', '第 {step} / {steps} 步'),
  wires: text('Deltas become bare wires', 'δ 变为裸线'),
  sums: text('{left} · {right}, summed over {indices}', '{left} · {right}，对 {indices} 求和'),
  sumsNothing: text('{left} · {right}, nothing is summed', '{left} · {right}，无求和'),
  spent: text('multiply-adds', '次乘加'),
  ofAll: text('of {all}', '共 {all}'),
  largest: text('largest tensor', '最大张量'),
  elements: text('{count} elements', '{count} 个元素'),
  makes: text('What step {step} makes', '第 {step} 步的结果'),
  shape: text('shape {shape}', '形状 {shape}'),
  openSizes: text(
    'Some sizes are still open, so the contraction cannot be played yet.',
    '有些大小尚未确定，因此还不能播放收缩过程。',
  ),
} as const;

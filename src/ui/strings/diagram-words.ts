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
  fetching: text('Drawing the network …', '正在绘制网络…'),
} as const;

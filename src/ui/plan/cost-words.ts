/** Words of the cost card. */
import { text } from '../../base/text.ts';

export const costWords = {
  costs: text('Costs, node by node', '各节点的代价'),
  parameters: text('Parameters', '参数'),
  weights: text('{bytes} of weights', '权重 {bytes}'),
  inference: text('Inference', '推理'),
  training: text('One training step', '一个训练步'),
  operations: text('{count} operations', '{count} 次运算'),
  byNode: text('Costs of each node', '每个节点的代价'),
  node: text('Node', '节点'),
  forward: text('Operations forward', '前向运算量'),
  share: text('Share', '占比'),
  makes: text('Makes', '产生'),
  field: text('Sees', '感受野'),
  fieldHint: text(
    'Receptive field: how many elements of the input one element of the output depends on, along each axis',
    '感受野：沿各轴，输出的一个元素依赖多少个输入元素',
  ),
} as const;

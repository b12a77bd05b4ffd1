/** Words of the view of layers through training. */
import { text } from '../../base/text.ts';

export const layerWords = {
  quantity: text('What is drawn', '绘制的量'),
  gradient: text('Gradient norm', '梯度范数'),
  weights: text('Weight norm', '权重范数'),
  ratio: text('Update ÷ weight', '更新 ÷ 权重'),
  weightsHistogram: text('Histogram of weights', '权重直方图'),
  gradientHistogram: text('Histogram of gradients', '梯度直方图'),
  gradientHint: text(
    '‖∂L/∂w‖ on the rows of the step that comes next. Norms that shrink from layer to layer towards the input vanish; norms that grow explode.',
    '在下一步的数据上的 ‖∂L/∂w‖。越靠近输入越小是梯度消失，越来越大是梯度爆炸。',
  ),
  weightsHint: text('‖w‖ = √Σ w²', '‖w‖ = √Σ w²'),
  ratioHint: text(
    '‖Δw‖ ÷ ‖w‖ of the update that comes next. Often a rate is well chosen where it is about 0.001 (dashed).',
    '下一次更新的 ‖Δw‖ ÷ ‖w‖。约为 0.001（虚线）时，学习率往往合适。',
  ),
  weightsHistogramHint: text(
    'How the numbers of one parameter are spread after each step: the darker, the more',
    '一个参数的数值在每一步之后的分布：越深表示越多',
  ),
  gradientHistogramHint: text(
    'How the gradient by one parameter is spread after each step: the darker, the more',
    '对一个参数的梯度在每一步之后的分布：越深表示越多',
  ),
  list: text('Parameters', '参数'),
  atStep: text('after step {step}', '第 {step} 步之后'),
  logarithmic: text('log scale', '对数坐标'),
  waiting: text('The steps of this run are looked at …', '正在查看此次运行的各步……'),
  nothing: text(
    'What this run went through is not known any more: only its last state was kept.',
    '此次运行的经过已无从得知：只保留了最后的状态。',
  ),
  none: text('Nothing here is trained by a gradient.', '此图没有用梯度训练的参数。'),
  chart: text(
    '{quantity} of {count} parameters, steps {first} to {last}',
    '{count} 个参数的{quantity}，第 {first} 到 {last} 步',
  ),
  histogram: text(
    '{quantity}: {name}, steps {first} to {last}',
    '{quantity}：{name}，第 {first} 到 {last} 步',
  ),
} as const;

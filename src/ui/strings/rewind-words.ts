/** Words of going back in a run, and of the runs that are kept beside it. */
import { text } from '../../base/text.ts';

export const rewindWords = {
  unknown: text(
    'The state after this step cannot be computed again: the drawing has changed since, and only the last state was kept.',
    '无法重新算出这一步之后的状态：图已更改，且只保留了最后的状态。',
  ),
  slider: text('State after step', '状态：第几步之后'),
  sliderHint: text(
    'Every value, weight and picture shows the state after this step, computed again bit for bit',
    '所有数值、权重与图像都显示这一步之后的状态，逐位重新算出',
  ),
  shows: text('Shown: after step {step} of {last}', '当前显示：第 {step} / {last} 步之后'),
  toEnd: text('Last', '末步'),
  toBest: text('Best: step {step}', '最佳：第 {step} 步'),
  toBestHint: text(
    'Restores the state of the best evaluation on held-back rows',
    '恢复留出数据上评估最佳的状态',
  ),
  forkHere: text('Fork here', '从这里分叉'),
  forkHint: text(
    'Trains on from step {step} with the drawing as it is now; the run so far is kept beside it',
    '用现在的图从第 {step} 步接着训练；此前的运行保留在旁边',
  ),
  runs: text('Runs', '各次运行'),
  run: text('Run {number}', '运行 {number}'),
  differs: text('What differed', '不同之处'),
  steps: text('Steps', '步数'),
  nothingDiffers: text('the same', '相同'),
  first: text('the first', '首次'),
  seed: text('seed {was} → {is}', '种子 {was} → {is}'),
  changed: text('{what} {was} → {is}', '{what} {was} → {is}'),
  byDefault: text('default', '默认'),
  redrawn: text('drawing: +{added} −{removed} nodes', '图：节点 +{added} −{removed}'),
  rewired: text('wires changed', '连线有变'),
  forked: text('fork of run {of} at step {step}', '自运行 {of} 第 {step} 步分叉'),
  sides: text('In training / on held-back rows', '训练 / 留出数据'),
  restore: text('Restore', '恢复'),
  restoreHint: text(
    'Brings back its drawing and its weights; undo brings back the drawing of now',
    '恢复它的图与权重；撤销可回到现在的图',
  ),
  pin: text('Pin', '固定'),
  pinHint: text('Pinned runs are kept when there are too many', '运行过多时，固定的会保留'),
  remove: text('Remove', '移除'),
  restored: text('Run {number} is restored, after step {step}.', '已恢复运行 {number}，第 {step} 步之后。'),
  noWeights: text(
    'The drawing of run {number} is restored. Its weights were not kept: there was no room for them.',
    '已恢复运行 {number} 的图；其权重因空间不足未保留。',
  ),
  smooth: text('Smooth', '平滑'),
  exportAs: text('Save the curves as {form}', '将曲线存为 {form}'),
  exportHint: text(
    'Every step’s metrics and every evaluation, as the command line writes them',
    '每一步的指标与每次评估，与命令行写出的相同',
  ),
  exportThinned: text(
    'This run was too long to keep every step: the file has means of neighbouring steps.',
    '此次运行太长，无法保留每一步：文件中是相邻各步的平均值。',
  ),
  logX: text('log steps', '对数步数'),
  view: text('View', '视图'),
  curves: text('Curves', '曲线'),
  layers: text('Layers', '各层'),
  compare: text('Compare', '比较'),
  compareCount: text('Compare {count}', '比较 {count} 次'),
  behind: text('Earlier runs behind', '叠加此前运行'),
} as const;

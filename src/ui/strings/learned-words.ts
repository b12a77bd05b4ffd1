/** Words of the pictures of learned tensors: filters of convolutions, and rows as a map. */
import { text } from '../../base/text.ts';

export const learnedWords = {
  view: text('How it is drawn', '显示方式'),
  numbers: text('Numbers', '数字'),
  filters: text('Filters', '卷积核'),
  map: text('Map', '分布图'),
  // Filters
  channel: text('Input channel', '输入通道'),
  mean: text('Mean of all {count}', '全部 {count} 个的平均'),
  colours: text('As red, green, blue', '作为红、绿、蓝'),
  filterList: text(
    '{count} kernels of {rows} × {columns}, one for each output channel, on one scale of colours',
    '{count} 个 {rows} × {columns} 卷积核，每个输出通道一个，共用一个色标',
  ),
  filterOf: text('Output channel {index}: from {least} to {most}', '输出通道 {index}：从 {least} 到 {most}'),
  firstFilters: text('The first {shown} of {count} kernels', '前 {shown} 个卷积核（共 {count} 个）'),
  // Map
  mapOf: text(
    '{count} rows along the two directions in which they differ most: {first}\u00a0% and {second}\u00a0% of the variance (principal components)',
    '{count} 行沿差异最大的两个方向展开：分别占方差的 {first}\u00a0% 与 {second}\u00a0%（主成分）',
  ),
  firstRows: text('The first {shown} of {count} rows', '前 {shown} 行（共 {count} 行）'),
  closest: text('Closest to each other: {pairs}', '彼此最近：{pairs}'),
  notFinite: text(
    'Some of its numbers are not finite, so there is no map of its rows.',
    '其中有非有限的数值，无法绘制各行的分布图。',
  ),
} as const;

/** Words of the form for groups of parameters. */
import { text } from '../../base/text.ts';

export const groupWords = {
  tag: text('Tag, name or type', '标签、名称或类型'),
  rate: text('Rate ×', '学习率 ×'),
  decay: text('Decay λ', '衰减 λ'),
  tagOf: text('Parameters of group {number}', '第 {number} 组的参数'),
  rateOf: text('Factor of the rate of group {number}', '第 {number} 组的学习率因子'),
  decayOf: text('Weight decay of group {number}', '第 {number} 组的权重衰减'),
  likeAll: text('as all', '同其余'),
  add: text('Add a group', '添加参数组'),
  remove: text('Remove group {number}', '删除第 {number} 组'),
  needsTag: text('a tag, a name such as bias, or a type of node', '请填标签、名称（如 bias）或节点类型'),
  needsNumber: text('a number from 0', '请填不小于 0 的数'),
};

/** What is said of predictions (compiler/compile-prediction, runtime/prediction) and of exports (export/). */
import { text } from '../text.ts';
import { error } from './entry.ts';

export const predictCodes = {
  'unknown-feed': error(
    text('Nothing that can be given is called "{name}".', '没有可以给定的输入名为 “{name}”。'),
    text('Name an Input, or a port of a data set: {names}.', '请写出一个“输入”或数据集端口的名称：{names}。'),
  ),
  'feed-twice': error(
    text('"{name}" is given twice, under two names.', '“{name}” 以两个名称给定了两次。'),
    text('Give it once.', '请只给定一次。'),
  ),
  'feed-shape': error(
    text('{name} takes {expected}; the array is {actual}.', '{name} 需要 {expected}；数组为 {actual}。'),
    text(
      'Give an array of that shape. An axis whose size is a letter may have any size, the same everywhere.',
      '请给定这种形状的数组。大小为字母的轴可取任意大小，但各处须一致。',
    ),
  ),
  'feed-missing': error(
    text('{output} depends on {name}, which is not given.', '{output}依赖于未给定的 {name}。'),
    text(
      'Give {name}, or ask for something that does not depend on it.',
      '请给定 {name}，或求不依赖它的结果。',
    ),
  ),
  'unknown-output': error(
    text('Nothing that can be computed is called "{name}".', '没有可以计算的结果名为 “{name}”。'),
    text('Name a Probe, or a port as node.port: {names}.', '请写出一个“探针”或端口（节点.端口）：{names}。'),
  ),
  'nothing-to-predict': error(
    text('The graph has no Probe, which says what to compute.', '图中没有“探针”来说明要计算什么。'),
    text(
      'Put a Probe on the result, or name a port: {names}.',
      '请在结果上加“探针”，或写出一个端口：{names}。',
    ),
  ),
  'weights-missing': error(
    text(
      'The state does not hold what the prediction needs: {names}.',
      '状态中缺少预测所需的内容：{names}。',
    ),
    text(
      'Train this graph and save its state, or predict with the graph that the state comes from.',
      '请训练此图并保存其状态，或用产生该状态的图来预测。',
    ),
  ),
  'export-unsupported': error(
    text('{name} cannot be exported: {why}.', '{name}无法导出：{why}。'),
    text('Take it out of the graph, or put something else in its place.', '请从图中去掉它，或换成别的节点。'),
  ),
};

/** Words of the panel where a trained model is used. */
import { text } from '../../base/text.ts';

export const usageWords = {
  view: text('View', '视图'),
  examples: text('Examples', '样例'),
  confusion: text('Confusion', '混淆矩阵'),
  attempt: text('Try', '试用'),
  nothing: text(
    'A graph that classifies rows of a data set (scores and labels into a loss or an accuracy) is used here once it has no errors.',
    '对数据集的行作分类的图（得分与标签接入损失或准确率），没有错误后可在此使用。',
  ),
  severalColumns: text(
    'The model reads several columns of its data: they cannot be given here by hand.',
    '模型读取数据集的多个列，无法在此手动给出。',
  ),
  waiting: text('Computing …', '计算中 …'),
  whileRunning: text(
    'After the run, or while it is paused, its predictions are shown here.',
    '运行结束后，预测会显示在这里。',
  ),
  right: text('{right} of {count} right ({share} %)', '{count} 个中 {right} 个正确（{share}%）'),
  heldBack: text('held-back rows', '留出的行'),
  trainingRows: text('training rows: none are held back', '训练数据的行：没有留出'),
  untrained: text('not trained yet', '尚未训练'),
  afterStep: text('after step {step}', '第 {step} 步之后'),
  firstOf: text('the first {shown} of {count}', '前 {shown} 个，共 {count} 个'),
  onlyMistakes: text('Only mistakes', '仅看错误'),
  noMistakes: text('No mistakes among these rows.', '这些行全部正确。'),
  isClass: text('{predicted} ({share} %), is {truth}', '判为 {predicted}（{share}%），实为 {truth}'),
  isRight: text('{predicted} ({share} %)', '{predicted}（{share}%）'),
  rowNumber: text('row {row}', '第 {row} 行'),
  chosenCell: text('Taken for {predicted}, truly {truth}', '判为 {predicted}，实为 {truth}'),
  allRows: text('All rows', '全部行'),
  truth: text('truly', '实际'),
  predicted: text('taken for', '判为'),
  cellOf: text(
    '{count} rows of class {truth} taken for {predicted}',
    '类别 {truth} 有 {count} 行判为 {predicted}',
  ),
  draw: text('Draw here', '在此绘制'),
  drawKeys: text(
    'Draw with the pointer. With the keyboard: arrows move, space draws, Delete clears a cell.',
    '用指针绘制。键盘：方向键移动，空格绘制，Delete 清除一格。',
  ),
  clear: text('Clear', '清除'),
  takeExample: text('Take an example', '取一个样例'),
  probability: text('Class {of}: {share} %', '类别 {of}：{share}%'),
  plane: text(
    'Decision boundary: each colour is a class, points are held-back rows, rings are mistakes',
    '决策边界：每种颜色为一类，点为留出的行，圆环为误判',
  ),
  value: text('Value of {name}', '{name} 的值'),
  says: text('The model says', '模型判断'),
} as const;

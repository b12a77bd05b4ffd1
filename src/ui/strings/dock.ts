/** Words of the dock: problems, run, values. */
import { text } from '../../base/text.ts';
import { dockNames } from './dock-names.ts';

export const dock = {
  ...dockNames,
  // Problems
  noProblems: text('No problems. Every shape fits.', '没有问题。所有形状都吻合。'),
  emptyGraph: text('The canvas is empty: add a node from the palette.', '画布为空：请从面板添加节点。'),
  at: text('{where}: ', '{where}：'),
  error: text('Error', '错误'),
  warning: text('Warning', '警告'),
  info: text('Note', '提示'),
  learnMore: text('What this means:', '这是什么意思：'),
  example: text('Example', '示例'),
  openExample: text('Open this example', '打开此示例'),
  remedy: text('Remedy', '解决办法'),
  goThere: text('Go there', '前往'),
  // Run
  again: text('Run again', '重新运行'),
  goOn: text('Continue', '接着训练'),
  goOnHint: text(
    'Trains on from step {step}, as if the run had never stopped',
    '从第 {step} 步接着训练，如同从未停止',
  ),
  changedSince: text(
    'The drawing has changed since this run: its curves and figures are of the earlier one.',
    '此次运行后图已更改：曲线与数字属于更改前的图。',
  ),
  changedMeanwhile: text(
    'The drawing has changed since this run began: it trains the earlier one.',
    '运行开始后图已更改：正在训练的是更改前的图。',
  ),
  beginAnew: text('Continue would begin anew: {tensors}.', '接着训练时将重新初始化：{tensors}。'),
  pause: text('Pause', '暂停'),
  resume: text('Go on', '继续'),
  step: text('Step', '单步'),
  stepOf: text('step {step} of {steps}', '第 {step} / {steps} 步'),
  rate: text('{rate} steps/s', '{rate} 步/秒'),
  timeLeft: text('{time} left', '剩余 {time}'),
  stoppedEarly: text('Stopped early', '已提前停止'),
  seedIs: text('seed {seed}', '种子 {seed}'),
  engineIs: text('{parameters} parameters · {engine}', '{parameters} 个参数 · {engine}'),
  threads: text('Threads', '线程'),
  threadsAuto: text('auto', '自动'),
  threadsHelp: text(
    'The numbers are the same for any number of threads. Left to itself, a run begins with a trial and goes on with what is faster.',
    '线程数不影响结果。设为自动时，运行开始会先试，再选用较快的一种。',
  ),
  threadsPay: text(
    '{threads} threads, {gain}× the steps of one',
    '{threads} 个线程，步速为单线程的 {gain} 倍',
  ),
  threadsDoNot: text(
    'one thread ({tried} take {gain}× its steps)',
    '单线程（{tried} 个线程仅 {gain} 倍步速）',
  ),
  idle: text('Press Run to train. The curves are drawn here.', '按“运行”开始训练，曲线会画在这里。'),
  running: text('Running', '运行中'),
  paused: text('Paused', '已暂停'),
  finished: text('Finished', '已完成'),
  stopped: text('Stopped', '已停止'),
  failed: text('Failed', '失败'),
  training: text('step {step}', '第 {step} 步'),
  validation: text('validation', '验证'),
  onCards: text('after it', '更新之后'),
  onCardsHint: text(
    'On the same rows, after the update: what cards and wires show',
    '同一批数据上、更新之后的值：即卡片与连线所示',
  ),
  validationHint: text('On rows that no step has trained on', '在未参与训练的数据上'),
  lastStepHint: text(
    'On the training rows of that step, before its update: the end of the curve',
    '该步训练数据上、更新之前的值：曲线的终点',
  ),
  chart: text('{name} over the steps, from {first} to {last}', '{name}随步数从 {first} 变到 {last}'),
  logarithmic: text('log scale', '对数坐标'),
  // Values
  port: text('Port', '端口'),
  noValues: text(
    'No numbers yet. A graph without errors is computed by itself.',
    '还没有数值。没有错误的图会自动计算。',
  ),
  noPort: text('Select a node or a wire to see its numbers.', '选择节点或连线以查看其数值。'),
  shape: text('Shape', '形状'),
  elements: text('Elements', '元素数'),
  min: text('Least', '最小'),
  max: text('Greatest', '最大'),
  mean: text('Mean', '平均'),
  deviation: text('Deviation', '标准差'),
  slice: text('{axis} at', '{axis} 取'),
  heat: text('Heat map', '热图'),
  table: text('Numbers', '数值'),
  firstOnly: text(
    'The first {shown} of {count} elements are shown.',
    '仅显示 {count} 个元素中的前 {shown} 个。',
  ),
} as const;

/** Names of the usual metrics; any other is shown as it is called. */
export const metricNames: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  loss: text('Loss', '损失'),
  accuracy: text('Accuracy', '准确率'),
};

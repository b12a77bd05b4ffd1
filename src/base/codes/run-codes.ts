/** Codes of compiler, compiler/plan and runtime: limits, and what can go wrong while something runs. */
import { text } from '../text.ts';
import { type Entry, error, warning } from './entry.ts';

export const runCodes = {
  'too-many-elements': error(
    text(
      '{what} would have {elements} elements; the limit is {limit}.',
      '{what}将有 {elements} 个元素；上限为 {limit}。',
    ),
    text('Make one of its axes smaller.', '请减小其中某个轴。'),
  ),
  'out-of-memory': error(
    text(
      'The plan needs {bytes}, the limit is {limit}; the largest step is {step}.',
      '计划需要 {bytes}，上限为 {limit}；最大的一步是{step}。',
    ),
    text('Make the batch or the layers smaller, or raise the limit.', '请减小批量或层，或提高上限。'),
  ),
  costly: warning(
    text(
      'One step takes about {operations} operations, most of them for {node}.',
      '每步约需 {operations} 次运算，大部分用于{node}。',
    ),
    text(
      'Take smaller sizes, fewer steps of loops, or fewer loops within one another.',
      '请减小尺寸、循环的步数，或循环嵌套的层数。',
    ),
  ),
  'not-finite': error(
    text('{when}: {what} is the first to become {value}.', '{when}：{what} 最先变为 {value}。'),
    text('Look at the values that go into it: {advice}.', '请查看流入它的数值：{advice}。'),
  ),
  'index-out-of-range': error(
    text(
      '{where} is {value}; “{what}” takes whole numbers from 0 to {greatest}.',
      '{where} 是 {value}；“{what}” 接收 0 到 {greatest} 的整数。',
    ),
    text(
      'Correct the data, or make room for it; a label that is to be left out is told by “Ignored label”.',
      '请修正数据，或为它留出位置；要忽略的标签请写在 “忽略的标签” 中。',
    ),
  ),
  'data-unavailable': error(
    text('The data set "{name}" could not be loaded: {detail}.', '无法加载数据集 “{name}”：{detail}。'),
    text('Choose another data set, or reload.', '请选择其他数据集，或重新加载。'),
  ),
  'data-changed': error(
    text(
      'The data set "{name}" is not the one that the graph was made with: {detail}.',
      '数据集 “{name}” 与制作此图时所用的不同：{detail}。',
    ),
    text(
      'Bring back the file as it was, or choose the new one in the graph.',
      '请恢复原来的文件，或在图中选用新的文件。',
    ),
  ),
  'nothing-to-run': error(
    text(
      'There is nothing to run: the graph has no optimizer, probe or output.',
      '没有可运行的内容：图中没有优化器、探针或输出。',
    ),
    text(
      'Add a Probe to see a value, or an optimizer to train.',
      '请加一个“探针”查看数值，或加一个优化器来训练。',
    ),
  ),
  'nothing-to-train': error(
    text('There is nothing to train: the graph has no optimizer.', '没有可训练的内容：图中没有优化器。'),
    text(
      'Add an optimizer behind the loss. What a Probe shows is computed without training.',
      '请在损失之后加一个优化器。“探针”显示的数值无需训练即可计算。',
    ),
  ),
  'inexact-integers': error(
    text(
      'Sums of these integers reach {largest}; they are exact up to 2^53 = 9007199254740992.',
      '这些整数之和达到 {largest}；只精确到 2^53 = 9007199254740992。',
    ),
    text('Let them be rounded: --dtype float64.', '可允许舍入：--dtype float64。'),
  ),
  'tensor-file': error(
    text('{file} cannot be read: {detail}.', '无法读取 {file}：{detail}。'),
    text('{cure}', '{cure}'),
  ),
  'state-not-saved': error(
    text('The state could not be written to {file}: {detail}.', '无法将状态写入 {file}：{detail}。'),
    text(
      'Make room on the disk, or save elsewhere; what the file held before is untouched.',
      '请腾出磁盘空间，或保存到别处；文件原有的内容没有变化。',
    ),
  ),
  'trace-not-written': error(
    text('The trace could not be written to {file}: {detail}.', '无法将跟踪记录写入 {file}：{detail}。'),
    text(
      'Make room on the disk, or write it elsewhere. The run went on without it; the file is as it was before.',
      '请腾出磁盘空间，或写到别处。运行未受影响；文件与之前相同。',
    ),
  ),
  'resumed-inexactly': warning(
    text(
      'The run goes on from its checkpoint, but not with the same bits as if it had never stopped: {differences}.',
      '运行从检查点继续，但与从未中断时不会逐位相同：{differences}。',
    ),
    text(
      'To have the very same numbers, go on with the engine, precision and seed of the checkpoint, on a host with the same kernels.',
      '若要得到完全相同的数值，请在具有相同内核的环境中使用检查点的引擎、精度和种子。',
    ),
  ),
  'thread-lost': error(
    text(
      'A thread of the computation was lost in the middle of a step: {reason}.',
      '一个计算线程在某一步中途丢失：{reason}。',
    ),
    text(
      'Run again; if it happens again, with one thread. The numbers are the same.',
      '请再次运行；若再次发生，请改用一个线程，结果不变。',
    ),
  ),
  'device-lost': error(
    text('The device that computes was lost: {reason}.', '用于计算的设备丢失：{reason}。'),
    text(
      'Run again; if it happens again, choose another engine.',
      '请再次运行；若再次发生，请改用其他引擎。',
    ),
  ),
  'worker-lost': error(
    text('The worker stopped: {detail}.', '工作线程已停止：{detail}。'),
    text(
      'Run again; a new worker has been started and your graph is untouched.',
      '请再次运行；已启动新的工作线程，您的图没有变化。',
    ),
  ),
} as const satisfies Record<string, Entry>;

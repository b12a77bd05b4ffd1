/** Why the codes of run-codes.ts matter. */
import type { runCodes } from '../../../base/codes/run-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const runExplanations: Readonly<Record<keyof typeof runCodes, Explanation>> = {
  'too-many-elements': explain(
    text('A tensor that is too large', '张量过大'),
    text(
      'It is refused while you draw, before any memory is asked for. Often a contraction keeps an index that should be summed.',
      '在绘制时就予以拒绝，不会先申请内存。常见原因是收缩保留了本应求和的指标。',
    ),
  ),
  'out-of-memory': explain(
    text('A plan that needs too much memory', '计划需要的内存过多'),
    text(
      'The place of every number is fixed before the first step, so the need is known beforehand; nothing has been allocated.',
      '第一步之前就定好了每个数的位置，因此需求可以预知；此时尚未分配任何内存。',
    ),
  ),
  costly: explain(
    text('A step that takes long', '耗时很长的一步'),
    text(
      'Loops multiply: sixty steps of power iteration, each through an integrator of a thousand steps, through a block that is repeated twelve times, are some million evaluations of what is drawn. The number is estimated from the plan before anything runs; a processor core does some 10¹⁰ operations a second.',
      '循环相乘：六十步幂迭代，每步经过一千步的积分器，再经过重复十二次的块，就是上百万次求值。该数由计划估出，无需运行；处理器的一个核每秒约做 10¹⁰ 次运算。',
    ),
  ),
  'not-finite': explain(
    text('A number became infinite, or none', '数值变为无穷或非数'),
    text(
      'The node named is where the first such number of the result came from; what was made finite again on the way, as by the softmax of −∞, is not. Where it is a derivative, the value itself may be finite: that of √x at 0 is infinite. After some steps of training most often the learning rate is too high; before the first, look at what goes in: logarithms of 0, roots of negative numbers, quotients by 0. In JSON such numbers are the strings "NaN", "Infinity" and "-Infinity".',
      '所指节点是结果中第一个此类数值的来源；途中又变为有限值的（如 −∞ 的 softmax）不算。若是导数，其值本身可能是有限的：√x 在 0 处的导数为无穷。训练若干步之后，最常见的原因是学习率过高；第一步之前则请查看输入：0 的对数、负数的平方根、除以 0。在 JSON 中，这些数写作字符串 "NaN"、"Infinity" 与 "-Infinity"。',
    ),
  ),
  'index-out-of-range': explain(
    text('A label or row number that is none', '不存在的标签或行号'),
    text(
      'Class numbers and rows of a table are counted from 0. The numbers of a data set are looked through before a run begins, others when they are reached; one that chooses nothing would make the loss meaningless.',
      '类别编号和表格的行号从 0 数起。数据集的数值在运行开始前检查，其余在用到时检查；选不到任何东西的编号会使损失失去意义。',
    ),
  ),
  'data-unavailable': explain(
    text('A data set that cannot be loaded', '数据集无法加载'),
    text(
      'The numbers of a data set are fetched when a run needs them; that has failed.',
      '数据集的数值在运行需要时才加载；这一步失败了。',
    ),
  ),
  'data-changed': explain(
    text('Data that are not those of the document', '数据与文档所记的不同'),
    text(
      'A document that brings data of its own notes how many rows and columns they have and the checksum of their bytes, so that a result can be had again. What was found under that name is something else.',
      '自带数据的文档会记下行数、列与字节校验和，以便重现结果。以此名称找到的内容与之不符。',
    ),
  ),
  'nothing-to-run': explain(
    text('Nothing in the graph asks for a value', '图中没有需要计算的值'),
    text(
      'A run needs an aim: an optimizer to train, or a probe to fill.',
      '运行需要目标：要训练的优化器，或要显示数值的探针。',
    ),
  ),
  'nothing-to-train': explain(
    text('Nothing to train', '没有可训练的内容'),
    text(
      'A training run repeats the step of an optimizer. A graph without one has values to look at, and they are the same each time.',
      '训练会重复优化器的步骤。没有优化器的图只有可看的数值，而且每次都相同。',
    ),
  ),
  'inexact-integers': explain(
    text('Integers too large to be exact', '整数过大，无法精确'),
    text(
      'Integers are contracted in float64, which holds every one of them up to 2^53, whatever type the files have. Beyond, the last digits would be wrong without a word.',
      '无论文件中是何类型，整数都以 float64 收缩，它能精确表示不超过 2^53 的每个整数。再大则末位会无声出错。',
    ),
  ),
  'tensor-file': explain(
    text('A file of tensors that cannot be read', '无法读取的张量文件'),
    text(
      'Arrays are read from NumPy files (.npy), trained state from safetensors files. What such a file says of itself is held against its bytes before anything is taken from it.',
      '数组从 NumPy 文件（.npy）读取，训练所得的状态从 safetensors 文件读取。文件对自身的描述会先与其字节核对，然后才取用内容。',
    ),
  ),
  'state-not-saved': explain(
    text('The state could not be saved', '状态无法保存'),
    text(
      'The state is written to a new file beside the old one, which it replaces only when every byte is on the disk: at any moment there is a whole file, the old or the new.',
      '状态先写入旧文件旁的新文件，只有全部字节都已落盘才替换旧文件：任何时刻都存在一个完整的文件，不是旧的就是新的。',
    ),
  ),
  'trace-not-written': explain(
    text('The trace could not be written', '跟踪记录无法写出'),
    text(
      'A trace grows beside the file that it will be, and takes its name when the run ends. A disk that becomes full ends the trace, not the run.',
      '跟踪记录先在目标文件旁增长，运行结束时才取得其名称。磁盘写满会终止记录，但不会终止运行。',
    ),
  ),
  'resumed-inexactly': explain(
    text('Going on from a checkpoint, with other last digits', '从检查点继续，末位数字不同'),
    text(
      'Rounding depends on the precision, on the order in which products are added up, and on whether a multiplication and an addition are rounded once (relaxed SIMD) or twice. Training amplifies last digits, so the curves part after some steps; neither is more right.',
      '舍入取决于精度、乘积相加的次序，以及乘加运算是舍入一次（relaxed SIMD）还是两次。训练会放大末位差异，若干步后曲线便会分开；两者同样正确。',
    ),
  ),
  'thread-lost': explain(
    text('A thread of the computation was lost', '丢失一个计算线程'),
    text(
      'Each thread computes a share of every step; without one of them the step cannot be finished. What was reported before is sound, and your graph is untouched.',
      '每个线程计算每一步的一部分；缺少其中一个，该步无法完成。此前报告的结果有效，您的图没有变化。',
    ),
  ),
  'device-lost': explain(
    text('The device that computes was lost', '计算设备丢失'),
    text(
      'An accelerator can be reset by its driver, unplugged, or taken by the system. What was reported before is sound, and your graph is untouched.',
      '加速器可能被驱动程序重置、被拔出或被系统收回。此前报告的结果有效，您的图没有变化。',
    ),
  ),
  'worker-lost': explain(
    text('The worker stopped', '工作线程停止'),
    text(
      'Numbers are computed beside the page, so that it stays quick. That part has stopped; your graph lives in the page and is whole.',
      '数值在页面之外计算，以保持页面流畅。那一部分停止了；您的图在页面中，完好无损。',
    ),
  ),
};

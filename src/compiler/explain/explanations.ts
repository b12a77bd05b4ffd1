/** For each code of the registry: what it is called, and why it matters. A code without an entry is a type error. */
import type { Code } from '../../base/codes.ts';
import { type Text, text } from '../../base/text.ts';

export interface Explanation {
  readonly title: Text;
  readonly why: Text;
}

const explain = (title: Text, why: Text): Explanation => ({ title, why });

export const explanations: Readonly<Record<Code, Explanation>> = {
  'json-syntax': explain(
    text('The file is not JSON', '文件不是 JSON'),
    text(
      'A graph is a JSON file. This text breaks JSON’s grammar at the place named: it is cut off, or was edited by hand and lost a comma, a quotation mark or a bracket.',
      '图是 JSON 文件。此文本在所指位置不合 JSON 语法：可能被截断，或手工编辑时丢了逗号、引号或括号。',
    ),
  ),
  'document-shape': explain(
    text('The JSON is no graph', 'JSON 不是图'),
    text(
      'The text is JSON, but at the place named something stands that a graph cannot have there: a text for a number, a wire without an end.',
      '文本是 JSON，但所指位置上的内容不是图可以有的：该是数的地方写了文字，连线缺了一端等。',
    ),
  ),
  'document-version': explain(
    text('The file comes from a newer program', '文件来自更新的程序'),
    text(
      'Old files are migrated when they are read; a file of a later version may hold things that this program cannot know, and reading it in part would lose them.',
      '旧文件读入时会自动迁移；更新版本的文件可能含有本程序不认识的内容，只读一部分就会丢失它们。',
    ),
  ),
  'document-too-large': explain(
    text('Something in the file is beyond a limit', '文件中有内容超出上限'),
    text(
      'Files come from anywhere. Their length, depth and counts are bounded before anything walks them, so that no file can hang the page.',
      '文件可能来自任何地方。在遍历之前先限定长度、深度与数量，任何文件都无法卡死页面。',
    ),
  ),
  'forbidden-key': explain(
    text('A key that JavaScript reserves', 'JavaScript 保留的键'),
    text(
      'Keys such as __proto__ would reach into every object of the program. They are refused wherever they stand.',
      '诸如 __proto__ 的键会影响程序中的所有对象，因此无论出现在哪里都会被拒绝。',
    ),
  ),
  'unknown-type': explain(
    text('A node of a type that does not exist', '不存在的节点类型'),
    text(
      'The catalogue holds no type of that name: it is misspelt, or the file comes from a program that has more types.',
      '节点目录中没有这个名字：可能拼错了，或文件来自拥有更多类型的程序。',
    ),
  ),
  'bad-param': explain(
    text('A parameter that cannot be read', '无法读取的参数'),
    text(
      'Every parameter has a kind and bounds. This one holds a value outside of them, so neither the ports nor the shapes of the node are known.',
      '每个参数都有类型与取值范围。这个值超出了范围，节点的端口与形状因此都无法得知。',
    ),
  ),
  'unknown-param': explain(
    text('A parameter that the type does not know', '类型中没有的参数'),
    text(
      'A file may hold more than this program knows, and what it holds is kept. But a name that is only mistyped looks the same: the node runs with its default, and nothing but the result tells.',
      '文件中可以有本程序不认识的内容，它们会被保留。但拼错的名称看起来也一样：节点会用默认值运行，只有结果才显出不同。',
    ),
  ),
  'unknown-port': explain(
    text('A wire to a port that is not there', '连线接到不存在的端口'),
    text(
      'Ports follow from a node’s type and parameters. When those change, a wire may be left at a port that is gone.',
      '端口由节点的类型与参数决定。它们改变后，连线可能仍接在已消失的端口上。',
    ),
  ),
  'dangling-edge': explain(
    text('A wire with a loose end', '一端悬空的连线'),
    text('The node at one end of the wire is not in the graph.', '连线一端的节点不在图中。'),
  ),
  'port-taken': explain(
    text('Two wires into one input', '一个输入接了两条连线'),
    text(
      'An input has one value, so one wire. To join two tensors, use a node that says how: add, multiply, contract.',
      '一个输入只有一个值，因此只接一条连线。要合并两个张量，请用说明如何合并的节点：相加、相乘、收缩。',
    ),
  ),
  'missing-input': explain(
    text('An input without a wire', '输入没有连线'),
    text(
      'The node cannot say what it gives before it knows what it gets. What does not depend on it keeps its types and values.',
      '节点不知道得到什么，就说不出给出什么。与它无关的部分保留类型与数值。',
    ),
  ),
  cycle: explain(
    text('A loop of wires', '连线构成循环'),
    text(
      'Each node of the loop waits for the next, so none can be computed. A residual connection goes around a block, from its input to the sum after it, never back.',
      '循环中的每个节点都在等下一个，谁也无法计算。残差连接绕过一个块：从块的输入到其后的相加，而不是折回。',
    ),
  ),
  'unknown-block': explain(
    text('A block that is not in the document', '文档中没有的块'),
    text(
      'A node of type block stands for a drawing of this document. Without it neither its ports nor what it computes are known.',
      '“块”节点代表本文档中的一张图。缺了那张图，它的端口与计算内容都无法得知。',
    ),
  ),
  'block-recursion': explain(
    text('A block that contains itself', '包含自身的块'),
    text(
      'Every use of a block is replaced by what is drawn inside. A block that uses itself, directly or through others, would never come to an end.',
      '块的每次使用都会被其内部的图所取代。直接或间接使用自身的块永远展不开。',
    ),
  ),
  'blocks-too-large': explain(
    text('Blocks that come to too much', '展开后过大的块'),
    text(
      'Repeats multiply: sixteen blocks, each using the next ten times, come to 10¹⁶ nodes. What a document comes to is counted before anything is built.',
      '重复会相乘：十六个块，每个把下一个用十次，就有 10¹⁶ 个节点。因此在构建之前先计算展开的大小。',
    ),
  ),
  'unknown-override': explain(
    text('A size or number that the block does not declare', '块未声明的大小或数值'),
    text(
      'A use may give its own value to what the block declares. A name that the block lacks changes nothing, so most often it is mistyped or was renamed inside.',
      '块的使用可以为块所声明的名称另给取值。块中没有的名称不起作用，多半是拼错了，或已在块内改名。',
    ),
  ),
  'block-port-outside': explain(
    text('A block’s input or output outside of any block', '块的输入或输出位于块外'),
    text(
      'Inside a block these nodes stand for the ports of its uses. The document itself is used by nobody, so here they mean nothing.',
      '在块内，这些节点代表块的使用的端口。文档本身不被任何东西使用，所以在这里没有意义。',
    ),
  ),
  'repeat-type': explain(
    text('A repeat that does not fit itself', '首尾不合的重复'),
    text(
      'Output k of one repeat is input k of the next, so both must have the same axes in the same order: else the second repeat would be another computation than the first.',
      '每次重复的第 k 个输出是下一次的第 k 个输入，所以二者的轴及其次序必须相同，否则第二次与第一次就不是同一种计算。',
    ),
  ),
  'repeat-optimizer': explain(
    text('An optimizer inside a repeat', '重复中的优化器'),
    text(
      'An optimizer ends a training step. Repeated, it would end the same step many times.',
      '优化器结束一个训练步。若被重复，同一步就会结束许多次。',
    ),
  ),
  'bad-expression': explain(
    text('An expression that cannot be read', '无法读取的表达式'),
    text(
      'Index notation names the axes of each operand, one letter an axis, and after the arrow those that stay: ij,jk->ik. This one does not follow the notation, or names another number of axes than the operand has.',
      '指标记号逐个命名每个操作数的轴（一个字母一个轴），箭头后是保留下来的轴：ij,jk->ik。此表达式不合记号，或所列轴数与操作数不符。',
    ),
  ),
  'operand-count': explain(
    text('More or fewer operands than the expression names', '操作数个数与表达式不符'),
    text(
      'Commas part the operands of an expression; each needs one wire, in the order of the inputs.',
      '表达式以逗号分隔操作数；每个操作数按输入的顺序接一条连线。',
    ),
  ),
  'rank-mismatch': explain(
    text('A tensor with too many or too few axes', '张量的轴太多或太少'),
    text(
      'The node works on tensors of another rank (number of axes). Often a Flatten or a sum has been forgotten further up: look at the wires above for the first that is not what you had in mind.',
      '节点处理的是另一阶（轴数）的张量。常见原因是上游忘了“展平”或求和：沿连线往上看，找出第一条与设想不符的。',
    ),
  ),
  'size-conflict': explain(
    text('Two sizes that must be equal are not', '必须相等的两个大小不相等'),
    text(
      'Where tensors meet, some of their axes run along each other and must be equally long. The two sizes come from different places; the message names both, and the mismatched thread is red on every wire between them. A batch size counts as a symbol: that it equals some number today does not make it that number.',
      '张量相遇之处，某些轴并排而行，必须一样长。两个大小来自不同的地方；消息会指出两者，有问题的线在两者之间的每条连线上都标为红色。批大小是符号：今天碰巧等于某个数，并不表示它就是那个数。',
    ),
  ),
  'size-invalid': explain(
    text('A size that is no positive whole number', '大小不是正整数'),
    text(
      'A size is written or computed as 0, a negative number or a fraction. A window that is larger than what it slides over is the usual cause.',
      '写出或算出的大小是 0、负数或分数。常见原因是窗口大于它滑过的范围。',
    ),
  ),
  'size-open': explain(
    text('A size that nothing determines', '没有东西确定的大小'),
    text(
      'The graph leaves this size free. It can be shown and checked, but not computed: numbers need a place of known size.',
      '图中没有确定这个大小。可以显示和检查，但无法计算：数值需要已知大小的存储。',
    ),
  ),
  'unknown-dim': explain(
    text('A size symbol without a size', '未声明的大小符号'),
    text(
      'A size may be a symbol such as B, the same everywhere in the document. It must be declared once, with a number or as free.',
      '大小可以是像 B 这样的符号，在文档中处处相同。它必须声明一次：给一个数，或设为自由。',
    ),
  ),
  'index-unknown': explain(
    text('An index on the output alone', '只出现在输出上的指标'),
    text(
      'The output of a network keeps indices of its operands; it cannot have one that no operand has.',
      '网络的输出保留操作数的指标；不可能有操作数都没有的指标。',
    ),
  ),
  'not-scalar': explain(
    text('A loss that is not one number', '损失不是一个数'),
    text(
      'An optimizer lowers one number. A tensor of losses has no single gradient: sum or average it first.',
      '优化器降低的是一个数。一组损失没有唯一的梯度：请先求和或取平均。',
    ),
  ),
  'names-differ': explain(
    text('Equal sizes under different names', '大小相同而名称不同'),
    text(
      'The sizes agree, so it can be computed. But names say what an axis means, and these say that two different things are put together.',
      '大小一致，可以计算。但名称说明轴的含义，而这里表明放在一起的是两样不同的东西。',
    ),
  ),
  'name-twice': explain(
    text('One name for two axes', '两个轴同名'),
    text(
      'Axes are told apart by their names: in a contraction without an expression, where a smaller tensor is added along a larger one, where a node asks for an axis. A layer names its last axis; where another axis has that name, a contraction by names takes the diagonal of the two. A name is free to choose.',
      '轴以名称相区分：没有表达式的收缩、把较小张量沿较大张量相加、节点按名取轴，都要靠它。层会给最后一个轴命名；若另有同名的轴，按名收缩就会取两者的对角线。名称可以随意选择。',
    ),
  ),
  'names-crossed': explain(
    text('Names that contradict the expression', '名称与表达式矛盾'),
    text(
      'In an expression the letters decide which axes are summed along each other, not the names. When all sizes agree – a square weight matrix – two letters in the wrong order go unnoticed: the product is taken with the transpose, runs, and even trains. The names give it away: an axis stays open, while its namesake on the other operand is summed against something else.',
      '在表达式中，哪些轴一起求和由字母决定，而不是名称。当大小都一致时（如方形权重矩阵），写反两个字母不会引起任何错误：实际乘上的是转置，照样运行，甚至照样训练。名称能揭穿它：某个轴留着没有配对，另一操作数上的同名轴却与别的轴一起求和。',
    ),
  ),
  'labels-as-quantities': explain(
    text('Class numbers where quantities are wanted', '该是量值处接入了类别编号'),
    text(
      'A class number is a name: class 2 is not twice class 1, nor nearer to class 3 than to class 9. A layer, or a squared error, would take it for a quantity. A one-hot row (1 at the class, 0 elsewhere) or an embedding (a learned row for each class) says the same without the false order. Of two classes, 0 and 1 are as good as a quantity, and nothing is said.',
      '类别编号只是名字：类别 2 不是类别 1 的两倍，也不比类别 9 更接近类别 3。层或平方误差会把它当作量值。独热行（该类处为 1，其余为 0）或嵌入（每类一行可学习的数）表达同样的信息而没有虚假的次序。只有两类时，0 与 1 可当作量值，不作提示。',
    ),
  ),
  'reals-as-indices': explain(
    text('Real numbers where class numbers are wanted', '该是类别编号处接入了实数'),
    text(
      'A table is looked up by whole numbers 0, 1, 2, …, and a loss over classes compares with them. Numbers of a continuous scale would be cut to whole ones, most of them to the first row, or equal no class at all. Nothing would fail; it would only learn nothing.',
      '查表用的是整数 0、1、2……，分类损失也以它们作比较。连续的数值会被截成整数（多半落到第一行），或不等于任何类别。什么都不会报错，只是什么也学不到。',
    ),
  ),
  'too-few-rows': explain(
    text('More classes than rows', '类别多于行数'),
    text(
      'The numbers come from a column with more classes than the table has rows. A number beyond the table takes its last row, a one-hot of it is all zeros: those classes cannot be told apart.',
      '编号所在的列，其类别多于表的行数。超出的编号取最后一行，其独热则全为 0：这些类别无法区分。',
    ),
  ),
  'class-count': explain(
    text('Fewer scores than classes', '得分数少于类别数'),
    text(
      'Class numbers begin at 0: ten classes are 0 … 9 and need ten scores. With fewer, the rows of the last classes count as if they had no class, and the model can never learn them. It runs, and the loss looks plausible, which is why it is told here.',
      '类别号从 0 开始：十类是 0 … 9，需要十个得分。少了的话，最后几类的行就像没有类别，模型永远学不会。程序照样运行，损失看似合理，所以在此指出。',
    ),
  ),
  'probabilities-for-scores': explain(
    text('Softmax applied twice', '做了两次 Softmax'),
    text(
      'Cross-entropy contains softmax, since log-softmax is exact where log of softmax loses digits. Given probabilities it takes the softmax of a softmax: gradients shrink and the model learns slowly, without any error.',
      '交叉熵自带 softmax，因为 log-softmax 数值精确，而 softmax 之后再取对数会丢失位数。若接入概率，就成了对 softmax 再做 softmax：梯度变小，学得很慢，却不报错。',
    ),
  ),
  'no-parameters': explain(
    text('An optimizer with nothing to train', '没有可训练内容的优化器'),
    text(
      'The loss depends on no parameter, so no step can change it.',
      '损失不依赖任何参数，训练一步也不会改变它。',
    ),
  ),
  'no-gradient': explain(
    text('Parameters beside the training', '训练之外的参数'),
    text(
      'An optimizer changes what its loss depends on. These parameters lie on another branch and keep the values they started with.',
      '优化器只改变其损失所依赖的内容。这些参数在另一条支路上，会一直保持初值。',
    ),
  ),
  'gradient-blocked': explain(
    text('Parameters behind a step that has no derivative', '位于不可导步骤之后的参数'),
    text(
      'The loss depends on these parameters, but only through a count, a largest place or a row number. Such a value moves in jumps: its derivative is zero or missing, and no step changes the parameters.',
      '损失虽依赖这些参数，但只经由计数、最大值位置或行号。这样的值跳跃变化：导数为零或不存在，训练不会改变这些参数。',
    ),
  ),
  'gradient-zero': explain(
    text('A derivative that is zero everywhere', '处处为零的导数'),
    text(
      'A derivative follows wires: “by” must be the output on the way to “of”. A tensor that is equal but comes along another wire does not count, and the result is all zeros without further notice.',
      '求导沿着连线进行：“by” 必须是通往 “of” 路上的那个输出。数值相同但来自另一条连线的张量不算，结果会悄悄地全为零。',
    ),
  ),
  unused: explain(
    text('A result that nobody reads', '无人读取的结果'),
    text(
      'The graph has losses, probes or metrics, and this branch ends before any of them. It is often a wire that was forgotten.',
      '图中有损失、探针或指标，而这条支路在到达它们之前就结束了。常常是漏接了一条连线。',
    ),
  ),
  'two-optimizers': explain(
    text('Two optimizers on one parameter', '两个优化器训练同一参数'),
    text(
      'Each would set the parameter in the same step, and the result would depend on which came last.',
      '两者会在同一步设置该参数，结果取决于谁在后。',
    ),
  ),
  'order-unfit': explain(
    text('A kept contraction path that does not fit', '保存的收缩路径不适用'),
    text(
      'A file may keep the path along which to contract a network, so that it is computed the same everywhere. The path has to name each tensor of the network once, in pairs; this one does not: the file was edited by hand, or damaged. Results are right along any path; only their cost and their last digits depend on it.',
      '文件可以保存网络的收缩路径，使各处的计算完全一致。路径须两两成对地写出每个张量各一次；此处并非如此：文件经过手工修改或已损坏。沿任何路径的结果都正确，只有代价和末位数字与之有关。',
    ),
  ),
  'recurrence-too-long': explain(
    text('A recurrence with too many turns', '循环步数过多'),
    text(
      'A recurrence is written out turn by turn before the run, and so is its derivative: that is how each turn gets its place in memory and its own steps. Compiling and running take time in proportion; beyond the limit you would wait without a sign of life.',
      '循环及其导数在运行前逐步展开，每一步由此得到自己的内存位置与计算步骤。编译与运行的时间随之增长；超过上限后，您将只能无声地等待。',
    ),
  ),
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
  'not-finite': explain(
    text('A number became infinite, or none', '数值变为无穷或非数'),
    text(
      'From this value everything below becomes NaN. The node named is the first in the order of computation. Most often the learning rate is too high.',
      '从这个值起，下游全部变为 NaN。所指节点是按计算顺序的第一个。最常见的原因是学习率过高。',
    ),
  ),
  'data-unavailable': explain(
    text('A data set that cannot be loaded', '数据集无法加载'),
    text(
      'The numbers of a data set are fetched when a run needs them; that has failed.',
      '数据集的数值在运行需要时才加载；这一步失败了。',
    ),
  ),
  'nothing-to-run': explain(
    text('Nothing in the graph asks for a value', '图中没有需要计算的值'),
    text(
      'A run needs an aim: an optimizer to train, or a probe to fill.',
      '运行需要目标：要训练的优化器，或要显示数值的探针。',
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

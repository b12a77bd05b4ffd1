/** Why the codes of shape-codes.ts matter. */
import type { shapeCodes } from '../../../base/codes/shape-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const shapeExplanations: Readonly<Record<keyof typeof shapeCodes, Explanation>> = {
  'bad-expression': explain(
    text('An expression that cannot be read', '无法读取的表达式'),
    text(
      'Index notation names the axes of each operand, one letter an axis, and after the arrow those that stay: ij,jk->ik. This one does not follow the notation, or names another number of axes than the operand has.',
      '指标记号逐个命名每个操作数的轴（一个字母一个轴），箭头后是保留下来的轴：ij,jk->ik。此表达式不合记号，或所列轴数与操作数不符。',
    ),
  ),
  'bad-pattern': explain(
    text('A pattern that cannot be read', '无法读取的模式'),
    text(
      'A pattern names axes as einops does: with blanks between, since a name may have many letters; parentheses hold the factors of one axis, and 1 is an axis of one element. What stands on the left stands on the right, for no number is lost and none is made.',
      '模式像 einops 那样书写轴名：以空格分隔，因为名称可以有多个字母；括号内是一个轴的各个因子，1 是只有一个元素的轴。左侧有的右侧也有：数既不丢失，也不新增。',
    ),
  ),
  'size-unused': explain(
    text('A size that no axis has', '没有轴使用的大小'),
    text(
      'Sizes say how an axis is split, by the names that the pattern has on the left. A size under another name is left over from another pattern, or its name is mistyped.',
      '大小按模式左侧的名称说明如何拆分一个轴。写在其他名称下的大小，要么是从别的模式留下的，要么名称打错了。',
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
  'not-a-multiple': explain(
    text('A size that cannot be parted equally', '无法均分的大小'),
    text(
      'Heads of attention share the width equally, and the factors of an axis that is split multiply to its size. So the size must be a multiple of each of them: 6 goes into 1, 2, 3 or 6 parts, not into 4.',
      '注意力的各头平分宽度，被拆分的轴的各因子之积等于它的大小。因此大小必须是它们的整数倍：6 可以分成 1、2、3 或 6 份，不能分成 4 份。',
    ),
  ),
  'window-too-large': explain(
    text('A window that is larger than what it slides over', '窗口大于它所滑动的轴'),
    text(
      'A window of k elements has n + padding − dilation · (k − 1) places on an axis of n. Where that is less than one there is no place for it: the kernel must be smaller, the padding wider, or the input larger. Layers above, each of which takes some elements off the edges, are a frequent cause.',
      '在大小为 n 的轴上，k 个元素的窗口有 n + 填充 − 膨胀 · (k − 1) 个位置。若不足一个，就没有它的位置：核要更小、填充更宽或输入更大。常见原因是前面的每一层都从边缘减去了一些元素。',
    ),
  ),
  'input-unfit': explain(
    text('Numbers or sizes that a node cannot take', '节点无法接受的数值或大小'),
    text(
      'Some formulas have no result for some inputs: a temperature below 0, the slope of a single point, the orthonormal matrix nearest to zeros. Where the document says that such numbers come in, it is told at once; where they only arise, the run stops at them.',
      '有些公式对某些输入没有结果：负的温度、单个点的斜率、与零矩阵最接近的正交归一矩阵。若文档中已写明会有这样的输入，便立即指出；若在运行中才出现，运行会在该处停止。',
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
  'not-coordinates': explain(
    text('Points without two coordinates', '点没有两个坐标'),
    text(
      'Pictures in the plane draw points. Which numbers are the two coordinates of one point is told by the last axis alone: it has 2 elements, x and y. Axes before it are time and points side by side.',
      '平面图画的是点。哪两个数是同一点的坐标只由最后一个轴说明：它有 2 个元素，即 x 与 y。它前面的轴是时间与并列的各点。',
    ),
  ),
  'names-differ': explain(
    text('Equal sizes under different names', '大小相同而名称不同'),
    text(
      'The sizes agree, so it can be computed. But names say what an axis means, and these say that two different things are put together.',
      '大小一致，可以计算。但名称说明轴的含义，而这里表明放在一起的是两样不同的东西。',
    ),
  ),
  'batch-misread': explain(
    text('The batch in the place of something else', '批占了别的轴的位置'),
    text(
      'A recurrent layer takes the last axis but one for time, a convolution slides over the last ones, attention lets the places of an axis look at each other. Where the batch of a data set stands there, what is computed for one example depends on the others, and changes with the size of the batch.',
      '循环层把倒数第二个轴当作时间，卷积沿最后几个轴滑动，注意力让一个轴上的各位置互相关注。若数据集的批排在那里，一个样本的结果就取决于其他样本，并随批大小而变。',
    ),
  ),
  'channels-last': explain(
    text('Channels that stand last', '通道排在最后'),
    text(
      'Convolutions and poolings here take channels first, as PyTorch does: channel, height, width. Images stored as height, width, channel (as TensorFlow does) fit in size, but the kernel then slides over the channels.',
      '这里的卷积与池化和 PyTorch 一样通道在前：通道、高、宽。按高、宽、通道存放的图像（TensorFlow 的方式）大小也能相符，但卷积核会沿通道滑动。',
    ),
  ),
  'single-element': explain(
    text('An axis of one element', '只有一个元素的轴'),
    text(
      'A softmax over one score is 1, a norm over one number is 0, the loss of a classifier of one class is 0: no input changes that, and no gradient passes. Most often an axis of size 1 stands where another was meant, or a layer has one unit where it needs one for each class.',
      '对一个得分做 softmax 恒为 1，对一个数做归一化恒为 0，只有一类的分类器损失恒为 0：任何输入都改变不了，也没有梯度通过。最常见的是大小为 1 的轴占了别的轴的位置，或某层只有一个单元而本应每类一个。',
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
  'continuous-as-indices': explain(
    text('Real numbers where class numbers are wanted', '该是类别编号处接入了实数'),
    text(
      'A table is looked up by whole numbers 0, 1, 2, …, and a loss over classes compares with them. Numbers of a continuous scale would be cut to whole ones, most of them to the first row, or equal no class at all. Nothing would fail; it would only learn nothing.',
      '查表用的是整数 0、1、2……，分类损失也以它们作比较。连续的数值会被截成整数（多半落到第一行），或不等于任何类别。什么都不会报错，只是什么也学不到。',
    ),
  ),
  'too-few-rows': explain(
    text('More classes than rows', '类别多于行数'),
    text(
      'The numbers come from a column with more classes than the table has rows. A number beyond the table has no row and stops the run; a one-hot of it is all zeros, so that those classes cannot be told apart.',
      '编号所在的列，其类别多于表的行数。超出的编号没有对应的行，会使运行停止；其独热则全为 0，这些类别无法区分。',
    ),
  ),
  'no-such-index': explain(
    text('Numbers that choose nothing', '选不到任何东西的编号'),
    text(
      'Class numbers and rows of a table are counted from 0: three classes are 0, 1 and 2. A label 3, −1 or 0.5 is none of them, and no loss can be computed of it. Labels that are to be left out, such as −100, are named on the node: “Ignored label”.',
      '类别编号和表格的行号从 0 数起：三类即 0、1、2。标签 3、−1 或 0.5 不是其中任何一个，无法由它算出损失。要忽略的标签（如 −100）请写在节点的 “忽略的标签” 中。',
    ),
  ),
  'no-such-class': explain(
    text('A one-hot of no class', '不属于任何类的独热'),
    text(
      'A one-hot of a whole number that is no class is all zeros. That may be meant, for padding; more often classes were counted from 1.',
      '不是类别的整数，其独热全为 0。这可能是有意的（如填充）；更常见的是类别从 1 数起。',
    ),
  ),
  'class-count': explain(
    text('Fewer scores than classes', '得分数少于类别数'),
    text(
      'Class numbers begin at 0: ten classes are 0 … 9 and need ten scores. With fewer, a row of one of the last classes has no score that it could be told by, and stops the run.',
      '类别号从 0 开始：十类是 0 … 9，需要十个得分。少了的话，最后几类的行没有对应的得分，会使运行停止。',
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
      '求导沿着连线进行：“变量”必须是通往“函数”路上的那个输出。数值相同但来自另一条连线的张量不算，结果会悄悄地全为零。',
    ),
  ),
  'function-constant': explain(
    text('A function that is the same everywhere', '处处相同的函数'),
    text(
      'This node computes what is drawn again at other points: it puts them in the place of one wire and follows what is made of it. Where nothing is, every point gives the same number, and a flow or a Hessian says nothing about the drawing.',
      '此节点在其他点上重新计算所画的函数：用新的点代替某条连线上的值，再沿图往下算。如果没有任何东西由它算出，每一点的结果都一样，流动或黑塞矩阵也就说明不了什么。',
    ),
  ),
  'functions-nested': explain(
    text('Functions within functions', '函数之中的函数'),
    text(
      'An integrator or a search for eigenvalues puts other points in the place of a wire and computes anew all that follows from it. Where another such node follows from it, that one computes its own function anew each time: four evaluations within four are sixteen, and the product of many is more than any machine compiles.',
      '积分器或特征值搜索会用其他点代替某条连线上的值，并重新计算由它得出的一切。如果其中还有这样的节点，它每次又要重新计算自己的函数：四次之中的四次就是十六次，层数一多，乘积便大到任何机器都编译不了。',
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
  'optimizer-missing': explain(
    text('A check about an optimizer that is not there', '所检验的优化器不存在'),
    text(
      'A check of stability may take rate and momentum from the optimizer that trains the same loss, so that they need not be kept by hand in two places. What is wired to this one is no loss of an optimizer; in a repeat it is one of many, and an optimizer trains all of them.',
      '稳定性检验可以直接取训练同一损失的优化器的学习率与动量，不必在两处手工保持一致。接到此检验的并不是某个优化器的损失；在重复中它只是多次中的一次，而优化器训练的是全部。',
    ),
  ),
  'optimizer-unbounded': explain(
    text('An optimizer without a largest stable rate', '没有稳定上限的优化器'),
    text(
      'Gradient descent multiplies each eigenvector of the Hessian by 1 − ηλ in a step, so that 2/λ max bounds its rate. Adam divides each coordinate by how large its gradients have been: where the valley is steep its step shrinks by itself, and what would bound it changes in each step.',
      '梯度下降每步把黑塞矩阵的各特征向量乘以 1 − ηλ，因此学习率的上限是 2/λ max。Adam 把每个坐标除以其梯度的历史大小：山谷陡处步长自行缩小，界限也就每步都在变。',
    ),
  ),
  'path-unfit': explain(
    text('A kept contraction path that does not fit', '保存的收缩路径不适用'),
    text(
      'A file may keep the path along which to contract a network, so that it is computed the same everywhere. The path has to name each tensor of the network once, in pairs; this one does not: the file was edited by hand, or damaged. Results are right along any path; only their cost and their last digits depend on it.',
      '文件可以保存网络的收缩路径，使各处的计算完全一致。路径须两两成对地写出每个张量各一次；此处并非如此：文件经过手工修改或已损坏。沿任何路径的结果都正确，只有代价和末位数字与之有关。',
    ),
  ),
};

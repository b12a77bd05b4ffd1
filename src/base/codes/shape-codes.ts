/** Codes of tensor, catalogue and compiler/check: axes, sizes, kinds of values, and what reaches the loss. */
import { text } from '../text.ts';
import { type Entry, error, info, warning } from './entry.ts';

export const shapeCodes = {
  'bad-expression': error(
    text(
      'The expression "{expression}" cannot be read: {detail}.',
      '无法读取表达式 “{expression}”：{detail}。',
    ),
    text('Write it like ij,jk->ik, or i j, j k -> i k.', '请写成 ij,jk->ik，或 i j, j k -> i k。'),
  ),
  'bad-pattern': error(
    text('The pattern "{pattern}" cannot be read: {detail}.', '无法读取模式 “{pattern}”：{detail}。'),
    text(
      'Write the names of axes with blanks between, the same on both sides of the arrow, 1 for an axis of one: {form}.',
      '请以空格分隔轴名，箭头两侧名称相同，1 表示大小为一的轴：{form}。',
    ),
  ),
  'size-unused': warning(
    text(
      'The pattern has no index “{axis}” on the left: its size changes nothing.',
      '模式左侧没有指标 “{axis}”：它的大小不起作用。',
    ),
    text(
      'Take “{axis}” out of the sizes, or write it into the pattern.',
      '请从大小中去掉 “{axis}”，或把它写入模式。',
    ),
  ),
  'operand-count': error(
    text(
      'The expression names {expected} operands, {actual} are wired.',
      '表达式需要 {expected} 个操作数，实际接了 {actual} 个。',
    ),
    text('Add or remove wires, or change the expression.', '请增减连线，或修改表达式。'),
  ),
  'rank-mismatch': error(
    text(
      '{what} has rank {actual} (its axes: {axes}); rank {expected} is needed.',
      '{what} 的阶为 {actual}（轴：{axes}）；需要 {expected} 阶。',
    ),
    text(
      'Insert a Flatten or Rearrange before it, or change the tensor.',
      '请在它之前插入“展平”或“重排”，或修改张量。',
    ),
  ),
  'size-conflict': error(
    text(
      'Two sizes meet here and differ: {leftAxis} = {left} comes from {leftOrigin}, {rightAxis} = {right} from {rightOrigin}.',
      '两个大小在此相遇却不相等：{leftAxis} = {left} 来自{leftOrigin}，{rightAxis} = {right} 来自{rightOrigin}。',
    ),
    text(
      'Change one of the two, or put a node between that makes them equal.',
      '请修改其中一个，或在中间插入使两者相等的节点。',
    ),
  ),
  'not-a-multiple': error(
    text(
      '{axis} = {size} is not a multiple of {factor}{unit}: {size} = {quotient} × {factor} + {rest}.',
      '{axis} = {size} 不是 {factor}{unit}的整数倍：{size} = {quotient} × {factor} + {rest}。',
    ),
    text(
      'Choose one of {divisors}{unit}, or give {axis} the size {multiples}.',
      '请从 {divisors} 中选取{unit}，或把 {axis} 的大小设为 {multiples}。',
    ),
  ),
  'window-too-large': error(
    text(
      'A kernel of {kernel}{spread} does not fit into {axes}{padded}.',
      '大小为 {kernel}{spread}的核放不进 {axes}{padded}。',
    ),
    text('Make the kernel at most {most}{pad}.', '请把核大小设为至多 {most}{pad}。'),
  ),
  'input-unfit': error(
    text('“{what}” does not do: {why}.', '“{what}” 不合适：{why}。'),
    text('Give it other numbers, or another size.', '请改换其数值或大小。'),
  ),
  'size-invalid': error(
    text(
      'The size of {axis} is {size}; a size is a whole number of at least 1.',
      '{axis} 的大小为 {size}；大小必须是不小于 1 的整数。',
    ),
    text('Change the sizes it is computed from.', '请修改计算它所用的大小。'),
  ),
  'size-open': error(
    text('The size of {axis} is still open ({size}).', '{axis} 的大小尚未确定（{size}）。'),
    text('Give it a number, or wire in a tensor that has one.', '请给它一个数，或接入已有大小的张量。'),
  ),
  'unknown-dim': error(
    text('The size symbol "{name}" is not declared.', '大小符号 “{name}” 未声明。'),
    text('Add “{name}” to the document’s dimensions.', '请把 “{name}” 加入文档的维度。'),
  ),
  'index-unknown': error(
    text(
      'Index "{index}" stands on the output but on no operand.',
      '指标 “{index}” 出现在输出中，却不在任何操作数上。',
    ),
    text(
      'Remove "{index}" from the output or put it on an operand.',
      '请从输出中去掉 “{index}”，或把它放到某个操作数上。',
    ),
  ),
  'not-scalar': error(
    text(
      '{what} must be a single number, a scalar; it still has the axes {axes}.',
      '{what} 必须是单个数，即标量；它还有轴 {axes}。',
    ),
    text(
      'Sum or average it first, for example with a contraction to nothing (“ij->”).',
      '请先求和或平均，例如用收缩到空 “ij->”。',
    ),
  ),
  'not-coordinates': error(
    text(
      '“{what}” takes points: its last axis holds their coordinates x and y, 2 of them; here it is {actual} (axes: {axes}).',
      '“{what}” 接收点：最后一个轴应为两个坐标 x 与 y；这里却是 {actual}（轴：{axes}）。',
    ),
    text(
      'Bring the axis of the two coordinates to the end with a Rearrange, or cut them out with a Slice.',
      '请用“重排”把两个坐标所在的轴移到最后，或用“切片”取出它们。',
    ),
  ),
  'names-differ': warning(
    text(
      'Axes of equal size but different names meet: {left} and {right}.',
      '大小相同但名称不同的轴相遇：{left} 与 {right}。',
    ),
    text(
      'Rename one of them if they are the same index{hint}.',
      '如果它们是同一个指标，请把其中一个改名{hint}。',
    ),
  ),
  'batch-misread': warning(
    text(
      '“{axis}” counts the examples of a batch, and is taken for {role}: examples are mixed with one another.',
      '“{axis}” 是批中样本的编号，却被当作{role}：各样本会互相混合。',
    ),
    text(
      'Bring the axis that is meant to this place with a Rearrange; the batch stands before it.',
      '请用“重排”把所要的轴放到此处；批应排在它前面。',
    ),
  ),
  'channels-last': warning(
    text(
      'The axis named “{space}” is taken for channels, and “{channel}” is slid over.',
      '名为 “{space}” 的轴被当作通道，而窗口沿 “{channel}” 滑动。',
    ),
    text(
      'Move “{channel}” before “{space}” with a Rearrange: channels stand before what is slid over.',
      '请用“重排”把 “{channel}” 移到 “{space}” 之前：通道应排在窗口滑动的轴前面。',
    ),
  ),
  'single-element': warning(
    text(
      'There is only one element along {axis}: {result}, whatever comes in.',
      '{axis} 上只有一个元素：无论输入什么，{result}。',
    ),
    text(
      'Give {axis} more elements, or bring the axis that is meant to this place.',
      '请让 {axis} 有更多元素，或把所要的轴放到此处。',
    ),
  ),
  'name-twice': warning(
    text(
      'Two axes of the result are both named {axis}: what goes by names below cannot tell them apart.',
      '结果有两个轴都叫 {axis}：下游凡按名称行事之处都无法区分它们。',
    ),
    text(
      'Give the new axis another name – or, if there should be only one, look for a missing Flatten above.',
      '请给新的轴换个名字；如果本应只有一个轴，请检查上游是否缺少“展平”。',
    ),
  ),
  'names-crossed': warning(
    text(
      'The expression pairs “{axis}” of operand {partner} with “{other}” of operand {port}, though {port} has its own “{axis}”, which it leaves alone.',
      '表达式把操作数 {partner} 的“{axis}”与操作数 {port} 的“{other}”配对，而 {port} 自己的“{axis}”却没有与之配对。',
    ),
    text(
      'Exchange the letters of {port}, or rename its “{axis}” if that is another index.',
      '请交换 {port} 的字母；如果它的“{axis}”是另一个指标，请将其改名。',
    ),
  ),
  'labels-as-quantities': warning(
    text(
      '“{what}” takes quantities; it gets class numbers 0 … {greatest}, whose order and distance mean nothing.',
      '“{what}” 接收的应是量值，接入的却是类别编号 0 … {greatest}，其次序与间距没有意义。',
    ),
    text(
      'Put a One-hot or an Embedding between: a row for each of the {classes} classes.',
      '请在中间插入“独热”或“嵌入”：{classes} 个类别各对应一行。',
    ),
  ),
  'continuous-as-indices': warning(
    text(
      '“{what}” takes class numbers 0, 1, 2, …; it gets numbers of a continuous scale.',
      '“{what}” 接收的应是类别编号 0、1、2……，接入的却是连续的数值。',
    ),
    text(
      'Wire in the column that holds the numbers of classes, or use the values as they are.',
      '请接入存放类别编号的那一列，或直接使用这些数值。',
    ),
  ),
  'too-few-rows': warning(
    text(
      'There are {classes} classes, 0 … {greatest}, but only {rows} rows: for those beyond there is none.',
      '共有 {classes} 类（0 … {greatest}），却只有 {rows} 行：超出的类别没有对应的行。',
    ),
    text('Make it {classes} rows.', '请设为 {classes} 行。'),
  ),
  'no-such-index': error(
    text(
      '“{what}” takes whole numbers from 0 to {greatest}; among its numbers are {values}.',
      '“{what}” 接收 0 到 {greatest} 的整数；其中却有 {values}。',
    ),
    text(
      'Count from 0, or make room for them; a label that is to be left out is told by “Ignored label”.',
      '请从 0 开始编号，或为它们留出位置；要忽略的标签请写在 “忽略的标签” 中。',
    ),
  ),
  'no-such-class': warning(
    text(
      '“{what}” takes class numbers from 0 to {greatest}; {values} give rows of zeros.',
      '“{what}” 接收 0 到 {greatest} 的类别编号；{values} 得到全 0 的行。',
    ),
    text('Count from 0, or raise the number of classes.', '请从 0 开始编号，或增加类别数。'),
  ),
  'class-count': warning(
    text(
      'The target has {classes} classes, 0 … {greatest}, but there are {scores} scores along {axis}: some class can never be told.',
      '目标有 {classes} 类（0 … {greatest}），而 {axis} 上只有 {scores} 个得分：有的类别永远无法判出。',
    ),
    text('Give {axis} the size {classes}.', '请把 {axis} 的大小设为 {classes}。'),
  ),
  'probabilities-for-scores': warning(
    text(
      'Cross-entropy takes scores and applies softmax itself; probabilities are wired in, so softmax is applied twice.',
      '交叉熵接收得分并自行做 softmax；这里接入的是概率，softmax 会做两次。',
    ),
    text('Wire the scores straight in, without the Softmax between.', '请直接接入得分，去掉中间的 Softmax。'),
  ),
  'no-parameters': warning(
    text('{node} has no trainable parameter above its loss.', '{node}的损失之上没有可训练的参数。'),
    text('Wire a Linear or a Parameter into the loss.', '请把“线性层”或“参数”接入损失。'),
  ),
  'no-gradient': warning(
    text(
      'No step changes {nodes}: no loss that an optimizer lowers depends on them.',
      '训练不会改变{nodes}：没有优化器所降低的损失依赖它们。',
    ),
    text('Wire them into the loss, or take them out.', '请把它们接入损失，或将其删除。'),
  ),
  'gradient-blocked': warning(
    text(
      'No gradient reaches {nodes}: every way to the loss goes through an input that cannot be differentiated by.',
      '没有梯度到达{nodes}：通往损失的每条路都经过不可求导的输入。',
    ),
    text(
      'Take the scores to the loss, not what was counted or looked up from them.',
      '请把得分本身接入损失，而不是由它计数或查表得到的结果。',
    ),
  ),
  'gradient-zero': warning(
    text(
      'This derivative is zero everywhere: {of} is not computed from {by} along this wire.',
      '此导数处处为零：{of}不是由这条连线上的{by}算出的。',
    ),
    text(
      'Wire “by” to the very output that “of” is computed from.',
      '请把“变量”接到参与计算“函数”的那个输出。',
    ),
  ),
  'function-constant': warning(
    text(
      '{of} is the same at every point: it is not computed from {by} along this wire.',
      '{of}在每一点都相同：它不是由这条连线上的{by}算出的。',
    ),
    text('Draw it from the very output at which this wire begins.', '请从这条连线起点的那个输出画出它。'),
  ),
  'functions-nested': error(
    text(
      '{node} evaluates a function that evaluates others in turn: together they make the program more than a thousand times as large as what is drawn.',
      '{node}所求值的函数又要对其他函数求值：合起来，程序会比所画的大一千倍以上。',
    ),
    text(
      'Take fewer of them within one another, or let the outer one start from what the inner one gives, without following it.',
      '请减少嵌套层数，或让外层以内层的结果为起点，而不去跟随它。',
    ),
  ),
  unused: info(
    text('Nothing reads what {node} computes.', '没有节点读取{node}的结果。'),
    text('Wire it on, put a Probe on it to see it, or delete it.', '请接出连线，加“探针”查看，或将其删除。'),
  ),
  'two-optimizers': error(
    text('{first} and {second} both train {parameter}.', '{first}与{second}都在训练 {parameter}。'),
    text(
      'Keep one of them, or add the two losses and train the sum.',
      '请只保留一个，或把两个损失相加后一起训练。',
    ),
  ),
  'optimizer-missing': error(
    text(
      '{check} asks for the optimizer of {loss}, and none trains it.',
      '{check}要取训练{loss}的优化器，但没有优化器训练它。',
    ),
    text(
      'Wire it to what an optimizer has as its loss, or switch off “Of the optimizer” and give it a rate.',
      '请把它接到某个优化器的损失上，或关闭“取自优化器”并给出学习率。',
    ),
  ),
  'optimizer-unbounded': error(
    text(
      '{optimizer} trains {loss}, and it has no largest stable rate: it rescales each coordinate as it goes.',
      '{optimizer}训练{loss}，而它没有稳定的最大学习率：它边走边缩放每个坐标。',
    ),
    text('Take SGD to see the bound, or delete {check}.', '请换用 SGD 来看这一上限，或删除{check}。'),
  ),
  'path-unfit': info(
    text(
      'The contraction path kept for {name} does not fit its tensors, so another is searched.',
      '为{name}保存的收缩路径与其张量不符，因此另行搜索。',
    ),
    text(
      'Choose another path in the Plan panel, or let tensorloom plan --keep find one.',
      '请在“方案”面板中另选路径，或用 tensorloom plan --keep 搜索一个。',
    ),
  ),
} as const satisfies Record<string, Entry>;

/** The registry of diagnostics: every code the product can say, once, in every language. */
import { type Text, text, type ValuesOf } from './text.ts';

export type Severity = 'error' | 'warning' | 'info';

/** The words of a code. Their types are the words themselves, so that `ValuesOfCode` can read the placeholders. */
interface Entry<Message extends Text = Text, Remedy extends Text = Text> {
  readonly severity: Severity;
  readonly message: Message;
  readonly remedy: Remedy;
}

const entry =
  (severity: Severity) =>
  <Message extends Text, Remedy extends Text>(message: Message, remedy: Remedy): Entry<Message, Remedy> => ({
    severity,
    message,
    remedy,
  });
const error = entry('error');
const warning = entry('warning');
const info = entry('info');

const table = {
  // Reading a document (graph-schema)
  'json-syntax': error(
    text('This is not JSON: {detail}.', '这不是 JSON：{detail}。'),
    text(
      'Check that the file is complete; a truncated download looks like this.',
      '请检查文件是否完整；下载中断的文件就会这样。',
    ),
  ),
  'document-shape': error(
    text('{at}: {detail}.', '{at}：{detail}。'),
    text(
      'Correct the value at this place, or open the last good copy.',
      '请修正此处的值，或打开上一份完好的副本。',
    ),
  ),
  'document-version': error(
    text(
      'The file says version {version}; this program reads up to version {latest}.',
      '文件版本为 {version}；本程序最高支持版本 {latest}。',
    ),
    text(
      'Update Tensorloom, or save the graph again from the program that wrote it.',
      '请更新 Tensorloom，或用写出它的程序重新保存。',
    ),
  ),
  'document-too-large': error(
    text('{at}: {what} is {actual}, the limit is {limit}.', '{at}：{what}为 {actual}，上限为 {limit}。'),
    text('Split the graph into several documents.', '请把图拆成多个文档。'),
  ),
  'forbidden-key': error(
    text('{at}: the key "{key}" is not allowed.', '{at}：不允许使用键 “{key}”。'),
    text(
      'Rename the key; names that JavaScript reserves on every object are refused.',
      '请改名；JavaScript 为所有对象保留的名称会被拒绝。',
    ),
  ),

  // The graph's structure (compiler/check)
  'unknown-type': error(
    text('There is no node type "{type}".', '没有名为 “{type}” 的节点类型。'),
    text('Choose a type from the palette{suggestion}.', '请从面板中选择类型{suggestion}。'),
  ),
  'bad-param': error(
    text('{param}: {detail}.', '{param}：{detail}。'),
    text('Set “{param}” in the inspector.', '请在检查器中设置 “{param}”。'),
  ),
  'unknown-param': warning(
    text(
      '{type} has no parameter “{param}”: it changes nothing.',
      '{type}没有参数 “{param}”：它不起任何作用。',
    ),
    text('Remove it{suggestion}.', '请将其删除{suggestion}。'),
  ),
  'unknown-port': error(
    text('{node} has no {direction} named "{port}".', '{node}没有名为 “{port}” 的{direction}。'),
    text('Connect the wire to one of: {ports}.', '请把连线接到：{ports}。'),
  ),
  'dangling-edge': error(
    text('This wire ends at "{node}", which is not in the graph.', '连线的一端 “{node}” 不在图中。'),
    text('Delete the wire.', '请删除这条连线。'),
  ),
  'port-taken': error(
    text('Input "{port}" already has a wire.', '输入 “{port}” 已有连线。'),
    text('Delete one of the two wires; an input takes one.', '请删除其中一条；一个输入只接一条连线。'),
  ),
  'missing-input': error(
    text('Input "{port}" of {node} has no wire.', '{node}的输入 “{port}” 没有连线。'),
    text('Connect something to "{port}".', '请给 “{port}” 接上连线。'),
  ),
  cycle: error(
    text('These nodes feed each other in a loop: {loop}.', '这些节点互相构成循环：{loop}。'),
    text(
      'Let one of them read what comes in from outside, or delete one wire of the loop.',
      '让其中一个节点改读循环之外的输入，或删除循环中的一条连线。',
    ),
  ),

  // Blocks (compiler/elaborate)
  'unknown-block': error(
    text(
      'There is no block "{block}" in this document{suggestion}.',
      '本文档中没有名为 “{block}” 的块{suggestion}。',
    ),
    text('Choose one of the document’s blocks, or delete the node.', '请选择文档中已有的块，或删除此节点。'),
  ),
  'block-recursion': error(
    text('The block "{block}" would contain itself: {way}.', '块 “{block}” 会包含自身：{way}。'),
    text('Take one of these uses out.', '请去掉其中一处使用。'),
  ),
  'blocks-too-large': error(
    text(
      'With "{block}" written out the graph comes to {actual} {what}; the limit is {limit}.',
      '展开 “{block}” 后共有 {actual} {what}；上限为 {limit}。',
    ),
    text('Repeat it less often, or nest it less deeply.', '请减少重复次数，或减少嵌套层数。'),
  ),
  'unknown-override': error(
    text(
      'The block "{block}" declares no {what} named "{name}".',
      '块 “{block}” 没有名为 “{name}” 的{what}。',
    ),
    text('It declares: {known}.', '它声明了：{known}。'),
  ),
  'block-port-outside': error(
    text('{node} stands in no block.', '{node}不在任何块中。'),
    text('Move it into a block, or delete it.', '请把它移入块中，或将其删除。'),
  ),
  'repeat-type': error(
    text(
      'This output of a repeat has the axes {left}; the input that it becomes in the next has {right}.',
      '重复的此输出的轴为 {left}；它在下一次中成为的输入的轴为 {right}。',
    ),
    text(
      'Bring the output to the input’s axes inside the block, or repeat it once.',
      '请在块内把输出变为与输入相同的轴，或只重复一次。',
    ),
  ),
  'repeat-optimizer': error(
    text('{node} is in a block that repeats.', '{node}位于重复的块中。'),
    text('Put it outside: one optimizer trains all repeats.', '请把它移到块外：一个优化器训练所有重复。'),
  ),
  // Shapes (tensor, catalogue)
  'bad-expression': error(
    text(
      'The expression "{expression}" cannot be read: {detail}.',
      '无法读取表达式 “{expression}”：{detail}。',
    ),
    text('Write it like ij,jk->ik, or i j, j k -> i k.', '请写成 ij,jk->ik，或 i j, j k -> i k。'),
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
  'names-differ': warning(
    text(
      'Axes of equal size but different names meet: {left} and {right}.',
      '大小相同但名称不同的轴相遇：{left} 与 {right}。',
    ),
    text('Rename one of them if they are the same index.', '如果它们是同一个指标，请把其中一个改名。'),
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
  'reals-as-indices': warning(
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
      'There are {classes} classes, 0 … {greatest}, but only {rows} rows: those beyond share one or get none.',
      '共有 {classes} 类（0 … {greatest}），却只有 {rows} 行：超出的类别会共用一行或得不到任何一行。',
    ),
    text('Make it {classes} rows.', '请设为 {classes} 行。'),
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
      '请把 “by” 接到参与计算 “of” 的那个输出。',
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
  'order-unfit': info(
    text(
      'The contraction path kept for {name} does not fit its tensors, so another is searched.',
      '为{name}保存的收缩路径与其张量不符，因此另行搜索。',
    ),
    text(
      'Choose another path in the Plan panel, or let tensorloom plan --keep find one.',
      '请在“方案”面板中另选路径，或用 tensorloom plan --keep 搜索一个。',
    ),
  ),

  // Limits and running (compiler/plan, runtime)
  'recurrence-too-long': error(
    text(
      'The {turns} turns of {name} come to {operations} operations, more than the limit of {limit}.',
      '{name}的 {turns} 步展开为 {operations} 个运算，超过上限 {limit}。',
    ),
    text('Take shorter sequences, or cut long ones into windows.', '请使用较短的序列，或将长序列切成窗口。'),
  ),
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
  'not-finite': error(
    text(
      'The run stopped at step {step}: {what} is the first to become {value}.',
      '运行在第 {step} 步停止：{what} 最先变为 {value}。',
    ),
    text(
      'Lower the learning rate, or look at the values that go into it.',
      '请降低学习率，或查看流入它的数值。',
    ),
  ),
  'data-unavailable': error(
    text('The data set "{name}" could not be loaded: {detail}.', '无法加载数据集 “{name}”：{detail}。'),
    text('Choose another data set, or reload.', '请选择其他数据集，或重新加载。'),
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
  'tensor-file': error(
    text('{file} cannot be read: {detail}.', '无法读取 {file}：{detail}。'),
    text(
      'Write the file again with the program that it comes from; a truncated copy looks like this.',
      '请用写出该文件的程序重新写一份；复制中断的文件就会这样。',
    ),
  ),
  'state-not-saved': error(
    text('The state could not be written to {file}: {detail}.', '无法将状态写入 {file}：{detail}。'),
    text(
      'Make room on the disk, or save elsewhere; what the file held before is untouched.',
      '请腾出磁盘空间，或保存到别处；文件原有的内容没有变化。',
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

export type Code = keyof typeof table;

/** What a diagnostic of a code is filled with: one value for each placeholder of its message and its remedy. */
export type ValuesOfCode<C extends Code> = ValuesOf<
  (typeof table)[C]['message'] | (typeof table)[C]['remedy']
>;

export const codes: Readonly<Record<Code, Entry>> = table;

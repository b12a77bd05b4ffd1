/** Codes of compiler/check and compiler/elaborate: nodes, wires and blocks. */
import { text } from '../text.ts';
import { type Entry, error, warning } from './entry.ts';

export const graphCodes = {
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
  'unused-recursion': warning(
    text(
      'The block "{block}", which nothing uses, contains itself: {way}.',
      '未被使用的块 “{block}” 包含自身：{way}。',
    ),
    text('Delete its definition, or a use inside it.', '请删除其定义，或删除其中的一处使用。'),
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
  'statistics-of-one': error(
    text(
      '{node} is trained by the mean and variance of one number for each channel ({axes}): all that it gives is 0.',
      '训练时{node}的每个通道只有一个数用来求均值与方差（{axes}）：输出全为 0。',
    ),
    text(
      'Take more examples at once, or a norm that needs no batch: layer, group or RMS norm.',
      '请增大批，或改用不依赖批的归一化：层归一化、组归一化或均方根归一化。',
    ),
  ),
} as const satisfies Record<string, Entry>;

/** Why the codes of graph-codes.ts matter. */
import type { graphCodes } from '../../../base/codes/graph-codes.ts';
import { text } from '../../../base/text.ts';
import { type Explanation, explain } from './explanation.ts';

export const graphExplanations: Readonly<Record<keyof typeof graphCodes, Explanation>> = {
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
  'unused-recursion': explain(
    text('A block that contains itself, and that nothing uses', '包含自身且未被使用的块'),
    text(
      'It does no harm while nothing uses it. As soon as a node does, the block would never come to an end, and the graph could not be computed.',
      '未被使用时它没有影响。一旦有节点使用它，块就永远展不开，图也就无法计算。',
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
  'statistics-of-one': explain(
    text('A batch too small to normalise', '批太小而无法归一化'),
    text(
      'Batch norm takes off the mean of a channel over the batch and divides by its deviation. Of one number the mean is the number itself: nothing is left, no gradient passes, and the unbiased variance is 0 / 0. PyTorch refuses it too. Evaluated by itself an example is no trouble, for then the running mean and variance are taken.',
      '批归一化减去通道在批上的均值，再除以标准差。只有一个数时均值就是它自己：什么也不剩，梯度无法通过，无偏方差为 0 / 0。PyTorch 同样拒绝。单独评估一个样本则没有问题，因为那时使用滑动均值与方差。',
    ),
  ),
};

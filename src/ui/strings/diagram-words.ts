/** Words of the tensor-network diagram. */
import { text } from '../../base/text.ts';

export const diagramWords = {
  title: text('Tensor network', '张量网络'),
  close: text('Back to the ribbons', '返回缎带图'),
  larger: text('Over the whole canvas', '占满画布'),
  beside: text('Beside the canvas', '与画布并排'),
  unwired: text('Nothing is wired to this contraction yet.', '此收缩尚未接入任何张量。'),
  unread: text(
    'Its expression does not fit what is wired to it, so there is no network to draw yet.',
    '其表达式与所接的张量不符，因此还画不出网络。',
  ),
  tooMany: text(
    '{count} tensors are too many to be told apart in a drawing.',
    '共 {count} 个张量，图中无法分辨。',
  ),
  which: text('Network', '网络'),
  copyAs: text('Copy as {format}', '复制为 {format}'),
  copied: text('The drawing is on the clipboard, as {format}.', '图已以 {format} 格式复制到剪贴板。'),
  notCopied: text('The clipboard cannot be reached from here.', '此处无法访问剪贴板。'),
  // Edited
  hint: text(
    'Choose an index or a tensor to change it. Drag a free leg onto another to sum over both as one.',
    '选择指标或张量即可修改。把一条自由腿拖到另一条上，即合并求和。',
  ),
  later: text('Changes are made before the first step.', '请在第一步之前修改。'),
  readOnly: text(
    'Several nodes draw this network: it is changed on the canvas.',
    '此网络由多个节点共同构成：请在画布上修改。',
  ),
  own: text(
    'These tensors are the node’s own: open it into its drawing to change the network.',
    '这些张量属于节点自身：把它展开为图即可修改网络。',
  ),
  name: text('Name of the index', '指标名'),
  cut: text('Cut', '切断'),
  cutFrom: text('Cut from {tensor}', '从 {tensor} 切断'),
  sum: text('Sum over it', '对它求和'),
  keepOpen: text('Keep it open', '保持开放'),
  joinWith: text('Join with …', '与…相连'),
  takeOut: text('Take out', '取出'),
  goThere: text('Show its node', '查看其节点'),
  wouldJoin: text('{from} and {onto} are summed as one', '{from} 与 {onto} 合并求和'),
  wouldNotJoin: text('{from} has size {a}, {onto} has size {b}', '{from} 大小为 {a}，{onto} 大小为 {b}'),
  // Played
  play: text('Play the contraction', '播放收缩过程'),
  pause: text('Pause', '暂停'),
  back: text('Previous step', '上一步'),
  forward: text('Next step', '下一步'),
  speed: text('Speed', '速度'),
  time: text('Steps of the contraction', '收缩的步骤'),
  before: text('Before the first step', '第一步之前'),
  stepOf: text('Step {step} of {steps}', '第 {step} / {steps} 步'),
  wires: text('Deltas become bare wires', 'δ 变为裸线'),
  sums: text('{left} · {right}, summed over {indices}', '{left} · {right}，对 {indices} 求和'),
  sumsNothing: text('{left} · {right}, nothing is summed', '{left} · {right}，无求和'),
  spent: text('multiply-adds', '次乘加'),
  ofAll: text('of {all}', '共 {all}'),
  largest: text('largest tensor', '最大张量'),
  elements: text('{count} elements', '{count} 个元素'),
  makes: text('What step {step} makes', '第 {step} 步的结果'),
  shape: text('shape {shape}', '形状 {shape}'),
  openSizes: text(
    'Some sizes are still open, so the contraction cannot be played yet.',
    '有些大小尚未确定，因此还不能播放收缩过程。',
  ),
} as const;

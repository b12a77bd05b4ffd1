/** Words for blocks: on the canvas, in menus, in the details. */
import { text } from '../../base/text.ts';

export const blocks = {
  newName: text('Block {number}', '块 {number}'),
  way: text('Way to this block', '当前块的位置'),
  leave: text('Leave the block', '离开块'),
  open: text('Open the block', '打开块'),
  ungroup: text('Ungroup', '解散块'),
  group: text('Group into a block', '合并为块'),
  entered: text('Inside “{title}”. Esc leads back.', '已进入“{title}”。按 Esc 返回。'),
  left: text('Back in “{title}”.', '已回到“{title}”。'),
  groupMade: text('Grouped into “{title}”. Enter opens it.', '已合并为“{title}”。按 Enter 打开。'),
  groupMadeByTouch: text(
    'Grouped into “{title}”. A double tap opens it.',
    '已合并为“{title}”。双击即可打开。',
  ),
  nothingToGroup: text('Select the nodes that go into the block.', '请先选择要放入块的节点。'),
  nothingToUngroup: text('Select one block.', '请选择一个块。'),
  ungrouped: text('Ungrouped: {count} nodes.', '已解散：{count} 个节点。'),
  noBlock: text('Select a block to open it.', '请选择要打开的块。'),
  uses: text(
    'Used {count} times: an edit here is seen in every use.',
    '使用 {count} 次：此处的修改对每次使用都有效。',
  ),
  oneUse: text('Used once.', '使用 1 次。'),
  noUse: text('Not used.', '未使用。'),
  name: text('Name', '名称'),
  portName: text('Port', '端口'),
  portNameDoc: text(
    'Its name at every use of this block; wires follow.',
    '此块每次使用时的端口名称；连线会随之更新。',
  ),
  describe: text('What does this block do?', '这个块做什么？'),
  which: text('Block', '块'),
  missing: text('“{block}” is not there', '“{block}”不存在'),
  repeat: text('Repeat', '重复'),
  repeatDoc: text(
    'Each repeat is fed by the one before. Empty: not repeated.',
    '每次以前一次的结果为输入。留空则不重复。',
  ),
  shared: text('Shared parameters', '共享参数'),
  sharedDoc: text('One set of parameters for all repeats', '所有重复共用一组参数'),
  sizes: text('Sizes', '大小'),
  sizesDoc: text(
    'Of the block; what is written here goes before its own.',
    '块自身的大小；此处所写优先于块内的值。',
  ),
  numbers: text('Numbers', '数值'),
  numbersDoc: text(
    'A number inside may be one of these: write its name. Each use may give its own.',
    '块内的数值参数可写成其中之一的名称；每次使用都可另行给定。',
  ),
  numberName: text('Name of the number', '数值的名称'),
  addNumber: text('Add number', '添加数值'),
  removeNumber: text('Remove {name}', '删除 {name}'),
  deleteUnused: text('Delete the definition', '删除此定义'),
  blockDims: text('Sizes of this block', '此块的大小'),
  blockDimsHint: text(
    'They hide the graph’s sizes of the same name; each use may give its own.',
    '遮住图中同名的大小；每次使用都可另行给定。',
  ),
} as const;

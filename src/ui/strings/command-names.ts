/** Names of the commands, as the command palette, the help and the buttons say them. */
import { text } from '../../base/text.ts';

export const commandNames = {
  undo: text('Undo', '撤销'),
  redo: text('Redo', '重做'),
  run: text('Run', '运行'),
  goOn: text('Continue the run', '接着训练'),
  stop: text('Stop', '停止'),
  pause: text('Pause or go on', '暂停或继续'),
  group: text('Group into a block', '合并为块'),
  ungroup: text('Ungroup the block', '解散块'),
  enter: text('Open the block', '打开块'),
  leave: text('Leave the block', '离开块'),
  save: text('Save to a file', '保存到文件'),
  saveState: text('Save the trained state to a file', '把训练状态保存到文件'),
  open: text('Open a file', '打开文件'),
  addData: text('Add data from a file: CSV, NumPy, pictures, text', '从文件添加数据：CSV、NumPy、图片、文本'),
  saveBundle: text('Save graph, data and trained state as one file', '把图、数据与训练状态保存为一个文件'),
  exportTorch: text('Export to PyTorch', '导出为 PyTorch'),
  gallery: text('Back to the gallery', '返回模板库'),
  empty: text('New empty graph', '新建空白图'),
  commands: text('Command palette', '命令面板'),
  find: text('Find a node', '查找节点'),
  help: text('Help: all keys', '帮助：所有快捷键'),
  inside: text('Look inside', '查看内部'),
  tidyRight: text('Tidy: left to right', '整理：从左到右'),
  tidyDown: text('Tidy: top to bottom', '整理：从上到下'),
  network: text('See a contraction as a tensor network', '以张量网络查看收缩'),
  lesson: text('Show or put away the lesson', '显示或收起课程'),
  nextStep: text('Next step of the lesson', '课程的下一步'),
  previousStep: text('Previous step of the lesson', '课程的上一步'),
  editLesson: text('Write or edit the lesson', '编写或编辑课程'),
  teach: text('Teacher’s view of the lesson', '课程的教学视图'),
  nextRegion: text('Next part of the page', '页面的下一个区域'),
  previousRegion: text('Previous part of the page', '页面的上一个区域'),
  fit: text('Show the whole graph', '显示整张图'),
  theme: text('Switch light and dark', '切换浅色与深色'),
  language: text('切换到简体中文', 'Switch to English'),
  problems: text('Show the problems', '查看问题'),
  runTab: text('Show the run', '查看运行'),
  values: text('Show the values', '查看数值'),
  dock: text('Open or close the panel below', '展开或收起下方面板'),
} as const;

export const keyGroups = {
  everywhere: text('Everywhere', '全局'),
  canvas: text('On the canvas', '画布上'),
  fields: text('In a field', '输入框中'),
} as const;

/** What the canvas and the fields do with keys of their own: they are listed in the help. */
export const canvasKeys = [
  { keys: ['Shift+A'], says: text('Add a node by name (also: double-click)', '按名称添加节点（也可双击）') },
  { keys: ['Tab'], says: text('Next node', '下一个节点') },
  {
    keys: ['Enter'],
    says: text('Open the block, or the details of what is selected', '打开块，或查看所选内容'),
  },
  { keys: ['C'], says: text('Connect the selected node', '连接所选节点') },
  {
    keys: ['←', '→', '↑', '↓'],
    says: text('Move what is selected; with Shift: farther', '移动所选；按住 Shift 移得更远'),
  },
  { keys: ['N'], says: text('See the contraction as a tensor network', '以张量网络查看收缩') },
  { keys: ['F2'], says: text('Edit the sizes on the wire that has the focus', '修改焦点连线上的大小') },
  { keys: ['Shift+F10'], says: text('Menu of what has the focus', '焦点处的菜单') },
  { keys: ['Del', 'Backspace'], says: text('Delete what is selected', '删除所选') },
  { keys: ['Mod+C', 'Mod+X', 'Mod+V'], says: text('Copy, cut, paste', '拷贝、剪切、粘贴') },
  { keys: ['Mod+D'], says: text('Duplicate', '复制一份') },
  { keys: ['Mod+A'], says: text('Select all', '全选') },
  { keys: ['F'], says: text('Fit to view', '适合窗口') },
  { keys: ['I'], says: commandNames.inside },
  { keys: ['T', 'Shift+T'], says: text('Tidy: left to right, top to bottom', '整理：从左到右、从上到下') },
  { keys: ['+', '-'], says: text('Zoom', '缩放') },
  { keys: ['Space'], says: text('Hold and drag to pan', '按住并拖动以平移') },
  { keys: ['Esc'], says: text('Let go; leave the block', '取消；离开块') },
] as const;

export const fieldKeys = [
  { keys: ['Esc'], says: text('From the details back to the canvas', '从详情回到画布') },
  {
    keys: ['↑', '↓'],
    says: text('Change a number; with Shift: ten times as much', '调整数字；按住 Shift 为十倍'),
  },
] as const;

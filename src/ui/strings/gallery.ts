/** Words of the first screen. */
import { text } from '../../base/text.ts';

export const gallery = {
  lead: text(
    'Draw a model made of tensors. See every shape. Train it here.',
    '画出由张量构成的模型。看见每个形状。就在这里训练。',
  ),
  start: text('Start from', '从这里开始'),
  templates: text('Templates', '模板'),
  empty: text('Empty canvas', '空白画布'),
  emptySentence: text('Begin with nothing and add nodes one by one.', '从零开始，逐个添加节点。'),
  openFile: text('Open file…', '打开文件…'),
  openSentence: text('From your disk; or drop it anywhere here.', '从磁盘打开；也可直接拖到此页。'),
  continue: text('Continue: {name}', '继续：{name}'),
  recent: text('Your work', '您的作品'),
  forget: text('Forget “{name}”', '移除“{name}”'),
  forgetAsk: text('Forget it? It is kept nowhere else.', '移除？别处没有保存。'),
  forgetYes: text('Forget', '移除'),
  forgetNo: text('Keep', '保留'),
  loading: text('Loading…', '加载中…'),
} as const;

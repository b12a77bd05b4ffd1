/** Words of the dock that are seen while it is closed: the first screen has these alone. */
import { text } from '../../base/text.ts';

export const dockNames = {
  title: text('Results', '结果'),
  collapse: text('Collapse the panel', '收起面板'),
  expand: text('Open the panel', '展开面板'),
  problems: text('Problems', '问题'),
  plan: text('Plan', '方案'),
  run: text('Run', '运行'),
  values: text('Values', '数值'),
  pictures: text('Pictures', '图像'),
  use: text('Use', '使用'),
  errors: text('{count} errors', '{count} 个错误'),
  start: text('Run', '运行'),
  stop: text('Stop', '停止'),
  cannotRun: text('The graph has errors: they are listed below.', '图中有错误，见下方列表。'),
  nothingTrains: text(
    'Nothing here trains; the values are computed as you draw.',
    '此图无可训练内容；数值在绘制时即时计算。',
  ),
};

/** What the page says when it lays a drawing out. */
import { text } from '../../base/text.ts';

export const tidyWords = {
  working: text('Tidying {count} nodes… Esc stops it.', '正在整理 {count} 个节点……按 Esc 停止。'),
  done: text('Tidied {count} nodes', '已整理 {count} 个节点'),
  asItWas: text('It is tidy already', '已经很整齐'),
  stopped: text('Tidying was stopped; all is as it was.', '已停止整理，一切照旧。'),
  changed: text('The graph has changed meanwhile; all is as it was.', '图在此期间有改动，一切照旧。'),
  failed: text(
    'The layout could not be computed ({detail}); all is as it was.',
    '无法计算布局（{detail}），一切照旧。',
  ),
  nothing: text('There is nothing to tidy here.', '这里没有可整理的节点。'),
} as const;

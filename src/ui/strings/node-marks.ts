/** Words for what a node is marked with. */
import { text } from '../../base/text.ts';

export const marks = {
  frozen: text('Frozen', '冻结'),
  frozenHint: text('What it learned stays as it is', '已学到的参数保持不变'),
  tags: text('Tags', '标签'),
  tagsHint: text('Optimizers find it by them: see their groups', '优化器据此在参数组中找到它'),
} as const;

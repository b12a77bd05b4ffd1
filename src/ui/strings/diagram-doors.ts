/** Words by which the tensor-network diagram is opened. */
import { text } from '../../base/text.ts';

export const diagramDoors = {
  see: text('See as a tensor network', '以张量网络查看'),
  open: text('Open into its drawing', '展开为图'),
  none: text('There is no contraction here to be seen as a network.', '此处没有可以网络形式查看的收缩。'),
};

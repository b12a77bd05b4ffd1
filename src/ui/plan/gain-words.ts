/** What is said of better contraction paths, on the dock's tab too. */
import { text } from '../../base/text.ts';

export const gainWords = {
  gain: text(
    'Improved in the background: {gain}× fewer operations than first found',
    '后台已改进：最初的运算量是现在的 {gain} 倍',
  ),
};

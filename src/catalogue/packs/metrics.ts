/** Metrics beside accuracy. */
import type { AnyNodeDefinition } from '../define.ts';
import { confusionMatrix } from '../nodes/confusion-matrix.ts';
import { f1Score } from '../nodes/f1-score.ts';
import { perplexity } from '../nodes/perplexity.ts';
import { precision } from '../nodes/precision.ts';
import { rSquared } from '../nodes/r-squared.ts';
import { recall } from '../nodes/recall.ts';
import { rocArea } from '../nodes/roc-area.ts';
import { topKAccuracy } from '../nodes/top-k-accuracy.ts';

export const metrics: readonly AnyNodeDefinition[] = [
  topKAccuracy,
  precision,
  recall,
  f1Score,
  confusionMatrix,
  rocArea,
  rSquared,
  perplexity,
];

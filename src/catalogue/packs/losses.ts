/** Losses beside the mean squared error and cross-entropy. */
import type { AnyNodeDefinition } from '../define.ts';
import { binaryCrossEntropy } from '../nodes/binary-cross-entropy.ts';
import { cosineEmbedding } from '../nodes/cosine-embedding.ts';
import { energy } from '../nodes/energy.ts';
import { gaussianNll } from '../nodes/gaussian-nll.ts';
import { hinge } from '../nodes/hinge.ts';
import { huber } from '../nodes/huber.ts';
import { infoNce } from '../nodes/info-nce.ts';
import { kl } from '../nodes/kl.ts';
import { mae } from '../nodes/mae.ts';
import { multiMargin } from '../nodes/multi-margin.ts';
import { nll } from '../nodes/nll.ts';
import { pairContrastive } from '../nodes/pair-contrastive.ts';
import { poisson } from '../nodes/poisson.ts';
import { regulariser } from '../nodes/regulariser.ts';
import { triplet } from '../nodes/triplet.ts';

export const losses: readonly AnyNodeDefinition[] = [
  mae,
  huber,
  binaryCrossEntropy,
  nll,
  kl,
  hinge,
  multiMargin,
  cosineEmbedding,
  infoNce,
  triplet,
  pairContrastive,
  poisson,
  gaussianNll,
  energy,
  regulariser,
];

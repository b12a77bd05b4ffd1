/** Small operations of which others are made: choices, orders, reductions, masks, parts. */
import type { AnyNodeDefinition } from '../define.ts';
import { argmax } from '../nodes/argmax.ts';
import { causalMask } from '../nodes/causal-mask.ts';
import { clamp } from '../nodes/clamp.ts';
import { compare } from '../nodes/compare.ts';
import { cumulativeSum } from '../nodes/cumulative-sum.ts';
import { leviCivita } from '../nodes/levi-civita.ts';
import { logSumExpNode } from '../nodes/log-sum-exp.ts';
import { norm } from '../nodes/norm.ts';
import { paddingMask } from '../nodes/padding-mask.ts';
import { reduce } from '../nodes/reduce.ts';
import { repeat } from '../nodes/repeat.ts';
import { sort } from '../nodes/sort.ts';
import { split } from '../nodes/split.ts';
import { stack } from '../nodes/stack.ts';
import { topK } from '../nodes/top-k.ts';
import { where } from '../nodes/where.ts';

export const pieces: readonly AnyNodeDefinition[] = [
  split,
  stack,
  repeat,
  reduce,
  norm,
  logSumExpNode,
  cumulativeSum,
  sort,
  topK,
  argmax,
  where,
  compare,
  clamp,
  causalMask,
  paddingMask,
  leviCivita,
];

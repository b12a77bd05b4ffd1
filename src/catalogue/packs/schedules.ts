/** Schedules of learning rates. */
import type { AnyNodeDefinition } from '../define.ts';
import { constantRate } from '../nodes/constant-rate.ts';
import { cosineDecay } from '../nodes/cosine-decay.ts';
import { exponentialDecay } from '../nodes/exponential-decay.ts';
import { oneCycle } from '../nodes/one-cycle.ts';
import { polynomialDecay } from '../nodes/polynomial-decay.ts';
import { stepDecay } from '../nodes/step-decay.ts';
import { warmUp } from '../nodes/warm-up.ts';

export const rateSchedules: readonly AnyNodeDefinition[] = [
  constantRate,
  stepDecay,
  exponentialDecay,
  warmUp,
  polynomialDecay,
  cosineDecay,
  oneCycle,
];

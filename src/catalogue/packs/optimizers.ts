/** Optimizers beside gradient descent and Adam. */
import type { AnyNodeDefinition } from '../define.ts';
import { adadelta } from '../nodes/adadelta.ts';
import { adagrad } from '../nodes/adagrad.ts';
import { adamax } from '../nodes/adamax.ts';
import { conjugateGradient } from '../nodes/conjugate-gradient.ts';
import { lbfgs } from '../nodes/lbfgs.ts';
import { lion } from '../nodes/lion.ts';
import { nadam } from '../nodes/nadam.ts';
import { radam } from '../nodes/radam.ts';
import { rmsprop } from '../nodes/rmsprop.ts';

export const optimizers: readonly AnyNodeDefinition[] = [
  rmsprop,
  adagrad,
  adadelta,
  adamax,
  nadam,
  radam,
  lion,
  lbfgs,
  conjugateGradient,
];

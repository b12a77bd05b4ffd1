/**
 * The functions that machines have no instruction for, each written once for both precisions as a
 * composition of vector operations, so that no lane and no host gives other bits than another. Errors
 * stay within about two units in the last place; infinities, NaN and zeros come out as in JavaScript.
 */
import type { Node } from './dag.ts';
import { atan } from './functions/atan.ts';
import { erf } from './functions/erf.ts';
import { exp, sigmoid, tanh } from './functions/exp.ts';
import { log, log1p, softplus } from './functions/log.ts';
import { pow } from './functions/pow.ts';
import { cos, sin } from './functions/trigonometry.ts';
import type { Lanes } from './lanes.ts';

export type FunctionName =
  | 'exp'
  | 'log'
  | 'log1p'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'erf'
  | 'atan'
  | 'pow';

/** A function of one argument ignores the second. */
type VectorFunction = (lanes: Lanes, x: Node, y: Node) => Node;

export const functions: Readonly<Record<FunctionName, VectorFunction>> = {
  exp,
  log,
  log1p,
  sin,
  cos,
  tanh,
  sigmoid,
  softplus,
  erf,
  atan,
  pow,
};

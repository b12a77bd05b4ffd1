/** Node types for how functions bend and systems flow: Hessians, spectra, exponentials, stability. */
import type { AnyNodeDefinition } from '../define.ts';
import { checkConvex } from '../nodes/check-convex.ts';
import { checkStable } from '../nodes/check-stable.ts';
import { convergence } from '../nodes/convergence.ts';
import { divergenceBoundary } from '../nodes/divergence-boundary.ts';
import { eigenvalues } from '../nodes/eigenvalues.ts';
import { hessianVectorProduct } from '../nodes/hessian-vector-product.ts';
import { lambdaMax } from '../nodes/lambda-max.ts';
import { lambdaMin } from '../nodes/lambda-min.ts';
import { matrixExponential } from '../nodes/matrix-exponential.ts';
import { slopeFit } from '../nodes/slope-fit.ts';
import { stabilityBound } from '../nodes/stability-bound.ts';
import { valuesOnGrid } from '../nodes/values-on-grid.ts';

export const curvature: readonly AnyNodeDefinition[] = [
  hessianVectorProduct,
  lambdaMax,
  lambdaMin,
  stabilityBound,
  divergenceBoundary,
  convergence,
  eigenvalues,
  matrixExponential,
  slopeFit,
  checkConvex,
  checkStable,
  valuesOnGrid,
];

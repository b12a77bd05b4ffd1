/** Node types of the lessons on physics and learning: dynamics, spectra, symmetry, and checks of them. */
import type { AnyNodeDefinition } from '../define.ts';
import { check } from '../nodes/check.ts';
import { checkOrthonormal } from '../nodes/check-orthonormal.ts';
import { directionalDerivative } from '../nodes/directional-derivative.ts';
import { integrate } from '../nodes/integrate.ts';
import { orthonormalise } from '../nodes/orthonormalise.ts';
import { shape } from '../nodes/shape.ts';

export const physics: readonly AnyNodeDefinition[] = [
  check,
  checkOrthonormal,
  directionalDerivative,
  integrate,
  orthonormalise,
  shape,
];

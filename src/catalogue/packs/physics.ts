/** Node types of the lessons on physics and learning: dynamics, spectra, symmetry, and checks of them. */
import type { AnyNodeDefinition } from '../define.ts';
import { antisymmetricForce } from '../nodes/antisymmetric-force.ts';
import { check } from '../nodes/check.ts';
import { checkAntisymmetric } from '../nodes/check-antisymmetric.ts';
import { checkConserved } from '../nodes/check-conserved.ts';
import { checkEquivariant } from '../nodes/check-equivariant.ts';
import { checkOrthonormal } from '../nodes/check-orthonormal.ts';
import { directionalDerivative } from '../nodes/directional-derivative.ts';
import { distances } from '../nodes/distances.ts';
import { hamiltonianField } from '../nodes/hamiltonian-field.ts';
import { integrate } from '../nodes/integrate.ts';
import { mechanicalEnergy } from '../nodes/mechanical-energy.ts';
import { orthonormalise } from '../nodes/orthonormalise.ts';
import { pairDifferences } from '../nodes/pair-differences.ts';
import { rotation } from '../nodes/rotation.ts';
import { shape } from '../nodes/shape.ts';
import { translate } from '../nodes/translate.ts';

export const physics: readonly AnyNodeDefinition[] = [
  antisymmetricForce,
  check,
  checkAntisymmetric,
  checkConserved,
  checkEquivariant,
  checkOrthonormal,
  directionalDerivative,
  distances,
  hamiltonianField,
  integrate,
  mechanicalEnergy,
  orthonormalise,
  pairDifferences,
  rotation,
  shape,
  translate,
];

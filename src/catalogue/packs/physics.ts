/** Node types of the lessons on physics and learning: dynamics, spectra, symmetry, and checks of them. */
import type { AnyNodeDefinition } from '../define.ts';
import { directionalDerivative } from '../nodes/directional-derivative.ts';

export const physics: readonly AnyNodeDefinition[] = [directionalDerivative];

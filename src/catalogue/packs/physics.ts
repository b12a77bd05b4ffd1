/** Node types of the lessons on physics and learning: dynamics, spectra, symmetry, and checks of them. */
import type { AnyNodeDefinition } from '../define.ts';
import { check } from '../nodes/check.ts';
import { directionalDerivative } from '../nodes/directional-derivative.ts';
import { integrate } from '../nodes/integrate.ts';

export const physics: readonly AnyNodeDefinition[] = [check, directionalDerivative, integrate];

/** Node types that draw what comes in. */
import type { AnyNodeDefinition } from '../define.ts';
import { bodies } from '../nodes/bodies.ts';
import { histogramPicture } from '../nodes/histogram-picture.ts';
import { landscape } from '../nodes/landscape.ts';
import { matrixPicture } from '../nodes/matrix-picture.ts';
import { phasePortrait } from '../nodes/phase-portrait.ts';
import { plot } from '../nodes/plot.ts';
import { stabilityPicture } from '../nodes/stability-picture.ts';

export const pictures: readonly AnyNodeDefinition[] = [
  plot,
  histogramPicture,
  landscape,
  phasePortrait,
  bodies,
  stabilityPicture,
  matrixPicture,
];

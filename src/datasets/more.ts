/** Data sets that the page and its worker fetch when a document names one: their headers need not be there before. */
import type { DataSet } from './dataset.ts';
import { line } from './line.ts';
import { pendulum, spring, threeBodies, twoBodies } from './mechanics/mechanics.ts';
import { mnist } from './mnist.ts';
import { names } from './names.ts';
import { blobs } from './plane/blobs.ts';
import { circles } from './plane/circles.ts';
import { drawnPoints } from './plane/drawn-points.ts';
import { spirals } from './plane/spirals.ts';
import { xor } from './plane/xor.ts';
import { wine } from './wine.ts';

export const moreDataSets: readonly DataSet[] = [
  wine,
  names,
  mnist,
  spirals,
  circles,
  blobs,
  xor,
  drawnPoints,
  line,
  spring,
  pendulum,
  twoBodies,
  threeBodies,
];

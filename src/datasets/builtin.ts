/** Every data set of the product. To add one: write its file, add it here. */
import type { DataSet } from './dataset.ts';
import { digits } from './digits.ts';
import { iris } from './iris.ts';
import { line } from './line.ts';
import { pendulum, spring, threeBodies, twoBodies } from './mechanics/mechanics.ts';
import { twoMoons } from './two-moons.ts';

export const datasets: readonly DataSet[] = [
  digits,
  iris,
  twoMoons,
  line,
  spring,
  pendulum,
  twoBodies,
  threeBodies,
];

export const findDataSet = (name: string): DataSet | undefined => datasets.find((d) => d.name === name);

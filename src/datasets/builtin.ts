/** Every data set of the product. To add one: write its file, add it here. */
import type { DataSet } from './dataset.ts';
import { digits } from './digits.ts';
import { iris } from './iris.ts';
import { line } from './line.ts';
import { twoMoons } from './two-moons.ts';

export const datasets: readonly DataSet[] = [digits, iris, twoMoons, line];

export const findDataSet = (name: string): DataSet | undefined => datasets.find((d) => d.name === name);

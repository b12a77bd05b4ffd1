/**
 * The data sets of the product: those that are always there, and those of more.ts, which come with a pack of the
 * catalogue. To add one: write its file, list it in more.ts and its name in catalogue/packs.ts.
 */
import type { DataSet } from './dataset.ts';
import { digits } from './digits.ts';
import { iris } from './iris.ts';
import { twoMoons } from './two-moons.ts';

const common: readonly DataSet[] = [digits, iris, twoMoons];

/** All that are there now. */
export let datasets: readonly DataSet[] = common;

export function installDataSets(more: readonly DataSet[]): void {
  datasets = [...common, ...more];
}

export const findDataSet = (name: string): DataSet | undefined => datasets.find((d) => d.name === name);

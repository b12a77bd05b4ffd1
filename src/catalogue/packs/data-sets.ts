/** Data sets that are fetched when a document names one. */
import type { DataSet } from '../../datasets/index.ts';
import { moreDataSets } from '../../datasets/more.ts';
import { formulaData } from '../formula-data.ts';

export const dataSets: readonly DataSet[] = [...moreDataSets, formulaData];

/** Data sets: what is known of them at once (headers), and where their numbers come from (sources). */
export { datasets, findDataSet, installDataSets } from './builtin.ts';
export {
  type Column,
  type DataHeader,
  type DataSet,
  defineDataSet,
  type OwnData,
  type TextColumns,
} from './dataset.ts';
export { type FileHost, fileData } from './file-source.ts';
export { type Fit, fitColumn, type Normalising, normalisations, normalised } from './normalise.ts';
export { ownHeader } from './own.ts';
export { builtInData, type DataRef, type DataSource, type ResolvedData } from './source.ts';
export { type Split, type SplitKind, split, splitBy, splitKinds, testRows } from './split.ts';

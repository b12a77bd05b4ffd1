/** Where the numbers of data sets come from: a service that a host hands to a run. */
import { type Text, text } from '../base/text.ts';
import { describeFaults, validate } from '../base/validate.ts';
import { findDataSet } from './builtin.ts';
import type { OwnData } from './dataset.ts';

export interface DataRef {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Set for data of the document: the name is its id there. */
  readonly own?: OwnData | undefined;
}

export interface ResolvedData {
  /** Row-major, by name. */
  readonly columns: Readonly<Record<string, Float32Array>>;
  /** By row: rows of one number belong together; and what they are ordered by. For splits that ask for it. */
  readonly groups?: Float64Array;
  readonly order?: Float64Array;
  /** Of the bytes they were read from, in hexadecimal. Own data without it are refused. */
  readonly sha256?: string;
}

/**
 * Gives the columns of a data set, or says why not. It need not look whether they are what the document
 * says of them: `loadData` does. It may reject, which is told as well.
 */
export interface DataSource {
  resolve(ref: DataRef): Promise<ResolvedData | { readonly fault: Text }>;
}

/** The sets of the product; it knows no others. */
export const builtInData: DataSource = {
  async resolve({ name, options, own }) {
    const dataset = own ? undefined : findDataSet(name);
    if (!dataset) return { fault: text('no data set has this name here', '此处没有这个名称的数据集') };
    const read = validate(dataset.options, options);
    if ('faults' in read) return { fault: describeFaults(read.faults) };
    return { columns: await dataset.load(read.value) };
  },
};

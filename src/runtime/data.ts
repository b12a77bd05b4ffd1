/** Loads the data sets of a compiled document and splits their rows. */
import { type Diagnostic, diagnose, type Outcome } from '../base/diagnostic.ts';
import { type Text, text } from '../base/text.ts';
import { describeFaults, validate } from '../base/validate.ts';
import type { DataSpec } from '../compiler/types.ts';
import { findDataSet, type Split, split } from '../datasets/index.ts';

export interface LoadedData {
  readonly spec: DataSpec;
  readonly columns: Readonly<Record<string, Float32Array>>;
  readonly split: Split;
}

export async function loadData(specs: readonly DataSpec[]): Promise<Outcome<readonly LoadedData[]>> {
  const outcomes = await Promise.all(specs.map(loadOne));
  const diagnostics = outcomes.flatMap((o) => o.diagnostics);
  return { value: outcomes.flatMap((o) => o.value ?? []), diagnostics };
}

async function loadOne(spec: DataSpec): Promise<Outcome<LoadedData>> {
  const failed = (detail: string | Text): Outcome<LoadedData> => ({
    diagnostics: [unavailable(spec, detail)],
  });
  const dataset = findDataSet(spec.dataset);
  if (!dataset) return failed(text('no data set has this name', '没有这个名称的数据集'));
  const options = validate(dataset.options, spec.options);
  if ('faults' in options) return failed(describeFaults(options.faults));
  try {
    const columns = await dataset.load(options.value);
    const rows = split(dataset.rows(options.value), spec.testFraction, spec.splitSeed);
    return { value: { spec, columns, split: rows }, diagnostics: [] };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

const unavailable = (spec: DataSpec, detail: string | Text): Diagnostic =>
  diagnose('data-unavailable', { node: spec.node }, { name: spec.dataset, detail });

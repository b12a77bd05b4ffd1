/** Loads the data sets of a compiled document, holds them to what it says of them, and splits their rows. */
import { type Diagnostic, diagnose, type Outcome } from '../base/diagnostic.ts';
import { portKey } from '../base/path.ts';
import { type Text, text } from '../base/text.ts';
import type { DataSpec } from '../compiler/types.ts';
import {
  builtInData,
  type DataSource,
  type Fit,
  fitColumn,
  normalised,
  type ResolvedData,
  type Split,
  split,
  splitBy,
} from '../datasets/index.ts';

export interface LoadedData {
  readonly spec: DataSpec;
  readonly columns: Readonly<Record<string, Float32Array>>;
  readonly split: Split;
  /** What prediction needs of the columns, by port (`data.x`). */
  readonly facts: DataFacts;
}

/** What is known of ports of data sets beside their numbers: how they were normalised, and what their classes are called. */
export type DataFacts = Readonly<Record<string, ColumnFacts>>;

export interface ColumnFacts {
  readonly fit?: Fit | undefined;
  readonly names?: readonly string[] | undefined;
}

/** All or none. Codes: data-unavailable, data-changed. */
export async function loadData(
  specs: readonly DataSpec[],
  source: DataSource = builtInData,
): Promise<Outcome<readonly LoadedData[]>> {
  const outcomes = await Promise.all(specs.map((spec) => loadOne(spec, source)));
  const diagnostics = outcomes.flatMap((o) => o.diagnostics);
  return { value: outcomes.flatMap((o) => o.value ?? []), diagnostics };
}

async function loadOne(spec: DataSpec, source: DataSource): Promise<Outcome<LoadedData>> {
  const { node, dataset: name, options, own } = spec;
  const unavailable = (detail: string | Text): { diagnostics: Diagnostic[] } => ({
    diagnostics: [diagnose('data-unavailable', { node }, { name, detail })],
  });
  let resolved: Awaited<ReturnType<DataSource['resolve']>>;
  try {
    resolved = await source.resolve({ name, options, own });
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error));
  }
  if ('fault' in resolved) return unavailable(resolved.fault);
  const detail = differenceOf(spec, resolved);
  if (detail) return { diagnostics: [diagnose('data-changed', { node }, { name, detail })] };
  const rows = splitOf(spec, resolved);
  if ('fault' in rows) return unavailable(rows.fault);
  return { value: { spec, split: rows, ...prepared(spec, resolved.columns, rows) }, diagnostics: [] };
}

function splitOf(spec: DataSpec, { columns, groups, order }: ResolvedData): Split | { readonly fault: Text } {
  const { splitBy: kind, testFraction: fraction, splitSeed: seed } = spec;
  if (kind === undefined) return split(spec.rows, fraction, seed, spec.group);
  const classes = spec.classColumn === undefined ? undefined : columns[spec.classColumn];
  const keys = { stratified: classes, group: groups, order }[kind];
  if (keys?.length !== spec.rows)
    return { fault: text('nothing in them says how to split them', '其中没有可用于划分的内容') };
  return splitBy({ kind, keys, fraction, seed });
}

/** The columns as the run gets them. */
function prepared(
  { node, normalise, widths, classNames = {} }: DataSpec,
  columns: ResolvedData['columns'],
  { train }: Split,
): Pick<LoadedData, 'columns' | 'facts'> {
  const facts: Record<string, ColumnFacts> = {};
  for (const [name, names] of Object.entries(classNames)) facts[portKey(node, name)] = { names };
  if (!normalise) return { columns, facts };
  const made: Record<string, Float32Array> = { ...columns };
  for (const [name, parts] of Object.entries(normalise.parts)) {
    const [data, width] = [columns[name], widths[name]];
    if (!data || !width) continue;
    const found = fitColumn(data, train, width, parts, normalise.kind);
    made[name] = normalised(data, width, found);
    facts[portKey(node, name)] = { ...facts[portKey(node, name)], fit: found };
  }
  return { columns: made, facts };
}

/** Of all data sets together. */
export const factsOf = (data: readonly LoadedData[]): DataFacts =>
  Object.assign({}, ...data.map(({ facts }) => facts)) as DataFacts;

/** In what the numbers are not those that the document tells of. */
function differenceOf({ own, rows, widths }: DataSpec, { columns, sha256 }: ResolvedData): Text | undefined {
  if (own && sha256 !== own.sha256) return text('its checksum is another', '校验和不同');
  for (const [name, width] of Object.entries(widths)) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (!column) return text(`it has no column “${name}”`, `其中没有列 “${name}”`);
    const [wanted, found] = [rows * width, column.length];
    if (found !== wanted)
      return text(
        `column “${name}” has ${found} numbers in the place of ${wanted}`,
        `列 “${name}” 有 ${found} 个数，应为 ${wanted} 个`,
      );
  }
  return undefined;
}

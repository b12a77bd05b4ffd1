/** Loads the data sets of a compiled document, holds them to what it says of them, and splits their rows. */
import { type Diagnostic, diagnose, type Outcome } from '../base/diagnostic.ts';
import { type Text, text } from '../base/text.ts';
import type { DataSpec } from '../compiler/types.ts';
import { builtInData, type DataSource, type ResolvedData, type Split, split } from '../datasets/index.ts';

export interface LoadedData {
  readonly spec: DataSpec;
  readonly columns: Readonly<Record<string, Float32Array>>;
  readonly split: Split;
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
  const rows = split(spec.rows, spec.testFraction, spec.splitSeed, spec.group);
  return { value: { spec, columns: resolved.columns, split: rows }, diagnostics: [] };
}

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

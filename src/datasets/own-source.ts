/**
 * Columns of a document's own data out of the bytes of its file, in every format that there is. All that a document
 * says of how to read them is checked first, and whatever the bytes are, a fault is told.
 */
import { z } from 'zod';
import { sha256 } from '../base/sha256.ts';
import { type Text, text } from '../base/text.ts';
import type { OwnData } from './dataset.ts';
import type { TensorData } from './formats/elements.ts';
import type { ResolvedData } from './source.ts';
import { type Bytes, joined } from './table/decode.ts';

const name = z.string().min(1).max(1000);

/** Where the file is, and how its columns are made: what stands under `source` beside `kind`. */
export const ownSourceSchema = z.object({
  kind: z.literal('file'),
  path: z.string().max(4000),
  format: z.enum(['safetensors', 'npy', 'npz', 'table', 'text']).default('safetensors'),
  /** Of formats with several arrays: which one a column is, where it is not the one of its name; and by what its numbers are divided. */
  arrays: z
    .record(z.string(), z.object({ name: name.optional(), divisor: z.number().positive().default(1) }))
    .default({}),
  /** Of a table: table/recipe.ts. */
  table: z.unknown().optional(),
  /** Of a text: text-windows.ts. */
  windows: z.unknown().optional(),
});

export type OwnSource = z.output<typeof ownSourceSchema>;

type Found = Omit<ResolvedData, 'sha256'> | { readonly fault: Text };

/** The columns, and the checksum of the bytes: it is for who called to hold it against the document's. */
export async function readOwn(own: OwnData, bytes: Bytes): Promise<ResolvedData | { readonly fault: Text }> {
  const source = ownSourceSchema.safeParse(own.source);
  if (!source.success) {
    const at = source.error.issues[0]?.path.join('.') ?? '';
    return {
      fault: text(
        `what the graph says of its file makes no sense at “${at}”`,
        `图中关于文件的说明在 “${at}” 处有误`,
      ),
    };
  }
  const hash = sha256();
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      hash.push(piece);
      yield piece;
    }
  }
  return columnsOf(own, source.data, hashed(), () => hash.end());
}

async function columnsOf(
  own: OwnData,
  source: OwnSource,
  bytes: Bytes,
  checksum: () => string,
): Promise<ResolvedData | { readonly fault: Text }> {
  if (source.format === 'table') {
    const found = await tableColumns(own, source, bytes);
    return 'fault' in found ? found : { ...found, sha256: checksum() };
  }
  const whole = await joined(bytes);
  const sum = checksum();
  // Other bytes than those that the document tells of are not even read.
  if (sum !== own.sha256) return { columns: {}, sha256: sum };
  const found =
    source.format === 'text' ? await textColumns(source, whole) : await arrayColumns(own, source, whole);
  return 'fault' in found ? found : { ...found, sha256: sum };
}

async function tableColumns(own: OwnData, source: OwnSource, bytes: Bytes): Promise<Found> {
  const [recipes, { readTable }, { NotThisEncoding }] = await Promise.all([
    import('./table/recipe.ts'),
    import('./table/read-table.ts'),
    import('./table/decode.ts'),
  ]);
  const recipe = recipes.recipeSchema.safeParse(source.table);
  if (!recipe.success)
    return { fault: text('what the graph says of the table makes no sense', '图中关于表格的说明有误') };
  // It is by these widths that room is made, and by the document's that somebody has looked whether there is any.
  const differs = recipes
    .columnsOf(recipe.data)
    .find(({ name, axes }) => name === 'x' && axes[0]?.size !== own.columns.x?.shape[0]);
  if (differs)
    return {
      fault: text(
        `the graph says two things of how wide its “${differs.name}” is`,
        `图中关于 “${differs.name}” 宽度的两处说明不一致`,
      ),
    };
  try {
    const { rows, columns, groups, order } = await readTable(bytes, recipe.data, { most: own.rows });
    // One that has other rows is another file: its checksum says so.
    if (rows < own.rows) return { columns: {} };
    return { columns, ...(groups && { groups }), ...(order && { order }) };
  } catch (error) {
    if (error instanceof NotThisEncoding)
      return { fault: text(`it is not ${recipe.data.encoding}`, `它不是 ${recipe.data.encoding}`) };
    throw error;
  }
}

async function textColumns(source: OwnSource, bytes: Uint8Array): Promise<Found> {
  const { readWindows, windowsSchema } = await import('./text-windows.ts');
  const windows = windowsSchema.safeParse(source.windows);
  if (!windows.success)
    return { fault: text('what the graph says of the text makes no sense', '图中关于文本的说明有误') };
  return { columns: readWindows(new TextDecoder('utf-8').decode(bytes), windows.data) };
}

async function arraysIn(
  format: 'safetensors' | 'npy' | 'npz',
  bytes: Uint8Array,
): Promise<ReadonlyMap<string, TensorData> | { readonly fault: Text }> {
  if (format === 'safetensors') {
    const { readSafetensors } = await import('./formats/safetensors.ts');
    const read = readSafetensors(bytes);
    return 'error' in read ? { fault: read.error } : read.value.tensors;
  }
  if (format === 'npz') {
    const { readNpz } = await import('./formats/read-npz.ts');
    const read = await readNpz(bytes);
    return 'error' in read ? { fault: read.error } : read.value;
  }
  const { readNpy } = await import('./formats/npy.ts');
  const read = readNpy(bytes);
  return 'error' in read ? { fault: read.error } : new Map([['x', read.value]]);
}

async function arrayColumns(own: OwnData, source: OwnSource, bytes: Uint8Array): Promise<Found> {
  if (source.format === 'table' || source.format === 'text') throw new Error('internal: no arrays');
  const arrays = await arraysIn(source.format, bytes);
  if ('fault' in arrays) return arrays;
  const columns = Object.keys(own.columns).flatMap((column): [string, Float32Array][] => {
    const { name: array = column, divisor = 1 } = Object.hasOwn(source.arrays, column)
      ? (source.arrays[column] as { name?: string; divisor?: number })
      : {};
    const data = arrays.get(array)?.data;
    if (!data) return [];
    return [[column, divisor === 1 ? Float32Array.from(data) : Float32Array.from(data, (v) => v / divisor)]];
  });
  return { columns: Object.fromEntries(columns) };
}

/**
 * Maps of names: which tensor of a file each tensor of a graph is taken from. The graph's are named as its PyTorch
 * export names them; a star stands for an index, and what it stood for is put in place of the other's stars.
 */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { FileReading } from '../../datasets/formats/elements.ts';

/** A tensor of the file, or several that are joined along their first axis. */
const names = z.union([z.string(), z.array(z.string()).min(1).readonly()]);

const sourceSchema = z.union([
  names,
  z.strictObject({
    from: names,
    /** Rows and columns change places before all else: the file has [in, out] where PyTorch's Linear has [out, in]. */
    transpose: z.boolean().optional(),
    /** Of the first axis only these: from the first, up to the second. */
    rows: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
  }),
]);

/** `null`: it keeps its first values, whatever has its name. */
const mapSchema = z.record(z.string(), sourceSchema.nullable());

type WrittenSource = z.output<typeof sourceSchema>;
export type WeightMap = Readonly<Record<string, WrittenSource | null>>;

/** Where one tensor comes from. */
export interface WeightSource {
  readonly from: readonly string[];
  readonly transpose: boolean;
  readonly rows?: readonly [number, number];
}

const cure = text(
  'Write an object of JSON: {"fc.weight": "classifier.weight"}, this graph’s names first (tensorloom weights writes one).',
  '请写一个 JSON 对象：{"fc.weight": "classifier.weight"}，左边是本图的名称（tensorloom weights 会写出一个）。',
);

export function readWeightMap(json: string): FileReading<WeightMap> {
  let written: unknown;
  try {
    written = JSON.parse(json);
  } catch {
    return { error: text('it is not JSON', '它不是 JSON'), cure };
  }
  const read = mapSchema.safeParse(written);
  if (read.success) return { value: read.data };
  const at = read.error.issues[0]?.path.join('.') ?? '';
  return { error: text(`it makes no sense at “${at}”`, `它在 “${at}” 处有误`), cure };
}

function sourceOf(written: WrittenSource | null, stars: readonly string[]): WeightSource {
  if (written === null) return { from: [], transpose: false };
  const fill = (name: string) => stars.reduce((done, star) => done.replace('*', star), name);
  const {
    from,
    transpose = false,
    rows,
  } = typeof written === 'string' || Array.isArray(written)
    ? { from: written as string | readonly string[] }
    : (written as Exclude<WrittenSource, string | readonly string[]>);
  return { from: [from].flat().map(fill), transpose, ...(rows && { rows }) };
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

/** What a map says of a graph's tensors, by their names; and its keys that name none. */
export function applyMap(
  map: WeightMap,
  targets: readonly string[],
): { readonly sources: ReadonlyMap<string, WeightSource>; readonly unknown: readonly string[] } {
  const sources = new Map<string, WeightSource>();
  const unknown: string[] = [];
  for (const [key, written] of Object.entries(map)) {
    const pattern = new RegExp(`^${key.split('*').map(escaped).join('([0-9]+)')}$`);
    const found = targets.flatMap((name) => {
      const stars = pattern.exec(name)?.slice(1);
      return stars ? [{ name, stars }] : [];
    });
    if (found.length === 0) unknown.push(key);
    for (const { name, stars } of found) sources.set(name, sourceOf(written, stars));
  }
  return { sources, unknown };
}

/** As a map writes it, short where that says all. */
export function written({ from, transpose, rows }: WeightSource): WrittenSource {
  const short = from.length === 1 ? (from[0] as string) : [...from];
  if (!transpose && !rows) return short;
  return { from: short, ...(transpose && { transpose }), ...(rows && { rows: [rows[0], rows[1]] }) };
}

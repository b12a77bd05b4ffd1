/**
 * How settings of templates are chosen: by training rows that are taken out of learning. What is held back stays
 * unread until the settings stand.
 */
import { type DataSource, split } from '../../src/datasets/index.ts';

/** As in the params of a data set node that splits at random. */
export interface Held {
  readonly test: number;
  readonly splitSeed: number;
}

/**
 * The same data, where the first training rows, as many as are held back, stand in the places of those; the other
 * training rows fill the places that come free, some of them twice. So a graph learns from what is left, and is judged
 * by training rows that it does not learn from; of the rows held back nothing is in the columns.
 */
export const validating = (source: DataSource, { test, splitSeed }: Held): DataSource => ({
  async resolve(ref) {
    const resolved = await source.resolve(ref);
    if ('fault' in resolved) return resolved;
    const rows = (resolved.columns.y as Float32Array).length;
    const { train, test: held } = split(rows, test, splitSeed);
    const rest = train.subarray(held.length);
    const taken = Uint32Array.from({ length: rows }, (_, r) => r);
    held.forEach((place, i) => {
      taken[place] = train[i] as number;
      taken[train[i] as number] = rest[i % rest.length] as number;
    });
    const columns = Object.entries(resolved.columns).map(([name, column]) => {
      const width = column.length / rows;
      const moved = new Float32Array(column.length);
      taken.forEach((row, place) => {
        moved.set(column.subarray(row * width, (row + 1) * width), place * width);
      });
      return [name, moved];
    });
    return { ...resolved, columns: Object.fromEntries(columns) };
  },
});

/** What the one data set node of a document holds back. */
export function heldBack(document: unknown): Held {
  const { nodes } = document as { nodes: Record<string, { type: string; params: Partial<Held> }> };
  const [data, ...others] = Object.values(nodes).filter(({ type }) => type === 'dataset');
  if (!data || others.length > 0) throw new Error('validation needs one data set');
  return { test: 0.2, splitSeed: 1, ...data.params };
}

/** A document with other settings, each as `path.of.keys=number`. */
export function withSettings<Document>(document: Document, settings: readonly string[]): Document {
  const changed = structuredClone(document);
  for (const setting of settings) {
    const [path = '', value] = setting.split('=');
    const keys = path.split('.');
    const last = keys.pop() as string;
    const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], changed);
    if (!Object.hasOwn((parent ?? {}) as object, last)) throw new Error(`there is no “${path}”`);
    (parent as Record<string, number>)[last] = Number(value);
  }
  return changed;
}

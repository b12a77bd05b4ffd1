/** A graph and all that it needs in one file: a ZIP archive of `graph.json`, its data files by their paths, and its weights. */
import type { FileReading } from './elements.ts';
import { readZip } from './zip.ts';

const GRAPH = 'graph.json';
const WEIGHTS = 'weights.safetensors';

export interface Bundle {
  /** The text of the graph, as UTF-8. */
  readonly graph: Uint8Array;
  /** By path, relative to the graph. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What training has made, as a file. */
  readonly weights?: Uint8Array | undefined;
}

/** Whether bytes begin as an archive does, which no JSON does. */
export const isArchive = ([a, b, c, d]: Uint8Array): boolean =>
  a === 0x50 && b === 0x4b && c === 3 && d === 4;

export async function writeBundle({ graph, files, weights }: Bundle): Promise<Uint8Array<ArrayBuffer>> {
  const { zipSync } = await import('fflate');
  const all = { [GRAPH]: graph, ...Object.fromEntries(files), ...(weights && { [WEIGHTS]: weights }) };
  // ZIP's first date: the same files give the same bytes.
  return new Uint8Array(zipSync(all, { level: 6, mtime: new Date(1980, 0, 2) }));
}

/** Undefined where it is an archive of something else. */
export async function readBundle(bytes: Uint8Array): Promise<FileReading<Bundle | undefined>> {
  const read = await readZip(bytes, () => true);
  if ('error' in read) return read;
  const files = new Map(read.value);
  const graph = files.get(GRAPH);
  const weights = files.get(WEIGHTS);
  files.delete(GRAPH);
  files.delete(WEIGHTS);
  return { value: graph && { graph, files, weights } };
}

/** The data of a graph: in files beside it, or in the bundle that it stands in. */
import { dirname, join } from 'node:path';
import { isArchive, readBundle } from '../datasets/formats/bundle.ts';
import { type DataSource, fileData } from '../datasets/index.ts';
import { type Bytes, pieces } from '../datasets/table/decode.ts';
import { openBytes, readBytes } from './command-files.ts';
import { FileError } from './file-error.ts';
import type { Io } from './io.ts';

/** Opens a data file by the path that the document calls it. Rejects with a FileError where it cannot be had. */
export function openBeside(graph: string, io: Io): (path: string) => Promise<Bytes> {
  const reading = inBundle(graph, io);
  return async (path) => {
    const files = await reading();
    if (!files) return (await openBytes(join(dirname(graph), path), io)).open();
    const bytes = files.get(path);
    if (!bytes) throw new FileError(`${path} is not in ${graph}`);
    return pieces(bytes);
  };
}

/** The files of a bundle; undefined where the graph stands by itself, as one from standard input does. Read once. */
function inBundle(graph: string, io: Io): () => Promise<ReadonlyMap<string, Uint8Array> | undefined> {
  let read: Promise<ReadonlyMap<string, Uint8Array> | undefined> | undefined;
  return () => {
    read ??= (async () => {
      const bytes = graph === '-' ? new Uint8Array() : await readBytes(graph, io);
      if (!isArchive(bytes)) return undefined;
      const found = await readBundle(bytes);
      return 'value' in found ? found.value?.files : undefined;
    })();
    return read;
  };
}

export const dataBeside = (graph: string, io: Io): DataSource => fileData({ open: openBeside(graph, io) });

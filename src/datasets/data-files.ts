/** The files that a document's own data are read from. */
import type { OwnData } from './dataset.ts';

/** By path. */
export function dataFiles(data: Readonly<Record<string, OwnData>> | undefined): ReadonlyMap<string, OwnData> {
  const files = new Map<string, OwnData>();
  for (const own of Object.values(data ?? {})) {
    const { kind, path } = own.source;
    if (kind === 'file' && typeof path === 'string') files.set(path, own);
  }
  return files;
}

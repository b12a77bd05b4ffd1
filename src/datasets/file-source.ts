/** A document's own data in a file that its host can open: the host gives the bytes, all else is done here. */
import { text } from '../base/text.ts';
import type { OwnData } from './dataset.ts';
import { isInside } from './formats/inside.ts';
import { builtInData, type DataSource } from './source.ts';
import type { Bytes } from './table/decode.ts';

/** Files as a host has them. It may reject, which is told. */
export interface FileHost {
  /** `path`: relative to the document's folder, and inside of it; parts are set apart by `/`. */
  readonly open: (path: string, own: OwnData) => Promise<Bytes>;
}

/** Reads `{ "kind": "file", "path": "points.csv", … }` (own-source.ts). Other data sets are the product's. */
export const fileData = (host: FileHost): DataSource => ({
  async resolve(ref) {
    const { own } = ref;
    if (!own) return builtInData.resolve(ref);
    const { kind, path } = own.source;
    if (kind !== 'file' || typeof path !== 'string')
      return {
        fault: text(`nothing is known of sources of the kind “${kind}”`, `不认识 “${kind}” 类型的来源`),
      };
    if (!isInside(path))
      return {
        fault: text(`“${path}” lies outside of the graph’s folder`, `“${path}” 不在图所在的文件夹中`),
      };
    const [{ readOwn }, bytes] = await Promise.all([import('./own-source.ts'), host.open(path, own)]);
    return readOwn(own, bytes);
  },
});

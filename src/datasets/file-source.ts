/**
 * A document's own data in files of tensors. The host reads the bytes and hashes them, since this code can do
 * neither: what a source says of itself is not believed.
 */
import { text } from '../base/text.ts';
import { readSafetensors } from './formats/safetensors.ts';
import { builtInData, type DataSource } from './source.ts';

/** Files as a host has them. Both may reject, which is told. */
export interface FileHost {
  /** `path`: relative to the document's folder, and inside of it; parts are set apart by `/`. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: (bytes: Uint8Array) => Promise<string>;
}

/** Whether a path out of a document leads to a file in the document's folder. */
const isInside = (path: string): boolean =>
  path !== '' && !/^[/~]|[\\:\0]/.test(path) && path.split('/').every((part) => part !== '..');

/** Reads `{ "kind": "file", "path": "points.safetensors" }`, columns as tensors of their names. Others are the product's. */
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
    const bytes = await host.read(path);
    const sha256 = await host.sha256(bytes);
    // Other bytes than those that the document tells of are not even read.
    if (sha256 !== own.sha256) return { columns: {}, sha256 };
    const read = readSafetensors(bytes);
    if ('error' in read) return { fault: read.error };
    const columns = [...read.value.tensors].map(([name, { data }]) => [name, Float32Array.from(data)]);
    return { columns: Object.fromEntries(columns) as Readonly<Record<string, Float32Array>>, sha256 };
  },
});

/**
 * NumPy's archives of arrays (.npz), written: a ZIP file with one .npy for each, not compressed (APPNOTE 6.3, sections
 * 4.3.7, 4.3.12 and 4.3.16). Pure, on bytes.
 */
import type { TensorData } from './elements.ts';
import { writeNpy } from './npy.ts';

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers of so many bytes each, the lowest first. */
function record(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((n, [, size]) => n + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** ZIP's first date, 1 January 1980: the same arrays give the same bytes. */
const date = 0x21;
/** Names are UTF-8. */
const flags = 0x800;

/**
 * The archive: `np.load(file)[name]` is the array of that name. All of it together must be below 4 GiB; undefined
 * where it is not.
 */
export function writeNpz(arrays: Readonly<Record<string, TensorData>>): Uint8Array<ArrayBuffer> | undefined {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const put = (bytes: Uint8Array) => {
    parts.push(bytes);
    at += bytes.length;
  };
  for (const [name, array] of Object.entries(arrays)) {
    const [path, content] = [new TextEncoder().encode(`${name}.npy`), writeNpy(array)];
    const offset = at;
    // Version 2.0, stored; checksum and sizes; length of the name, no extra field.
    const common = record(
      ...([
        [20, 2],
        [flags, 2],
        [0, 2],
        [0, 2],
        [date, 2],
        [crc32(content), 4],
        [content.length, 4],
        [content.length, 4],
        [path.length, 2],
        [0, 2],
      ] as const),
    );
    for (const bytes of [record([0x04034b50, 4]), common, path, content]) put(bytes);
    // No comment, on the first disk, no attributes.
    const place = record([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    directory.push(record([0x02014b50, 4], [20, 2]), common, place, path);
  }
  const begin = at;
  for (const bytes of directory) put(bytes);
  const [count, size] = [Object.keys(arrays).length, at - begin];
  put(record([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [begin, 4], [0, 2]));
  if (at >= 2 ** 32 || count >= 2 ** 16) return undefined;
  const whole = new Uint8Array(at);
  let to = 0;
  for (const bytes of parts) {
    whole.set(bytes, to);
    to += bytes.length;
  }
  return whole;
}

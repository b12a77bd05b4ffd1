/**
 * NumPy's array files (.npy), read and written; pure, on bytes. The format: six magic bytes, a version,
 * the length of a header, the header (a Python dictionary with dtype, order and shape), then the elements.
 * It is defined in NumPy Enhancement Proposal 1; versions 2.0 and 3.0 differ in how long a header may be
 * and how its letters are encoded.
 */

/** Numbers in row-major order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

export type NpyReading = { readonly array: NpyArray } | { readonly error: string };

const magic = [0x93, ...[...'NUMPY'].map((letter) => letter.charCodeAt(0))];
/** No header that NumPy writes for plain numbers comes near: 64 axes of 20 digits. */
const maxHeader = 10_000;

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * What each type of element is read as: float32 where that holds every value, else float64. Integers of
 * 64 bits are exact up to 2^53.
 */
const readers: Readonly<Record<string, (elements: ArrayBuffer) => Float32Array | Float64Array>> = {
  f4: (elements) => new Float32Array(elements),
  f8: (elements) => new Float64Array(elements),
  b1: (elements) => new Float32Array(new Uint8Array(elements)),
  i1: (elements) => new Float32Array(new Int8Array(elements)),
  u1: (elements) => new Float32Array(new Uint8Array(elements)),
  i2: (elements) => new Float32Array(new Int16Array(elements)),
  u2: (elements) => new Float32Array(new Uint16Array(elements)),
  i4: (elements) => new Float64Array(new Int32Array(elements)),
  u4: (elements) => new Float64Array(new Uint32Array(elements)),
  i8: (elements) => Float64Array.from(new BigInt64Array(elements), Number),
  u8: (elements) => Float64Array.from(new BigUint64Array(elements), Number),
};

/** An array, or what is wrong with the file: a sentence without its subject and its full stop. */
export function readNpy(bytes: Uint8Array): NpyReading {
  if (magic.some((byte, i) => bytes[i] !== byte)) return { error: 'it is not a NumPy file (.npy)' };
  const [major = 0, minor = 0] = bytes.subarray(6, 8);
  if (major < 1 || major > 3 || minor !== 0)
    return { error: `it is written in version ${major}.${minor} of the format; 1.0, 2.0 and 3.0 are read` };
  const prefix = major === 1 ? 10 : 12;
  if (bytes.length < prefix) return { error: 'it ends before its header' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > maxHeader)
    return { error: `its header is ${headerLength} bytes long; the limit is ${maxHeader}` };
  const start = prefix + headerLength;
  if (bytes.length < start) return { error: 'it ends within its header' };

  const header = parseHeader(new TextDecoder().decode(bytes.subarray(prefix, start)));
  if ('error' in header) return header;
  const { descr, fortranOrder, shape } = header;
  const [, order = '', type = ''] = /^([<>=|]?)([a-z]\d+)$/.exec(descr) ?? [];
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!read)
    return { error: `its elements are "${descr}"; float32, float64, integers and booleans are read` };

  const size = Number(type.slice(1));
  const wanted = shape.reduce((product, n) => product * n, size);
  const found = bytes.length - start;
  if (wanted !== found)
    return { error: `its shape ${shapeText(shape)} of "${descr}" takes ${wanted} bytes, ${found} are there` };
  // A copy, and so aligned; a Buffer's own slice() would not be one.
  const elements = new Uint8Array(bytes.subarray(start));
  if (size > 1 && (order === '<' || order === '>') && (order === '<') !== hostIsLittleEndian)
    for (let i = 0; i < elements.length; i += size) elements.subarray(i, i + size).reverse();
  const data = read(elements.buffer);
  return { array: { shape, data: fortranOrder ? rowMajor(data, shape) : data } };
}

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** One entry of the dictionary: a key, then a string, a truth value or a tuple of whole numbers. */
const entry = /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"\\]*)\3|(True|False)|\(([\d\sL,]*)\))\s*(,|$)/y;

/** The dictionary, without evaluating anything; only the form that NumPy gives to plain arrays is read. */
function parseHeader(text: string): Header | { readonly error: string } {
  const unreadable = { error: `its header cannot be read: ${text.trim().slice(0, 80)}` };
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1]?.trimEnd();
  if (body === undefined) return unreadable;
  if (/['"]descr['"]\s*:\s*[[(]/.test(body)) return { error: 'its elements are records, not numbers' };

  const found = new Map<string, string>();
  entry.lastIndex = 0;
  while (entry.lastIndex < body.length) {
    const match = entry.exec(body);
    if (!match) return unreadable;
    const [, , key = '', , string, truth, tuple] = match;
    found.set(key, string ?? truth ?? tuple ?? '');
  }
  const [descr, fortran, tuple] = [found.get('descr'), found.get('fortran_order'), found.get('shape')];
  if (descr === undefined || tuple === undefined || (fortran !== 'True' && fortran !== 'False'))
    return unreadable;
  const items = tuple.split(',').map((item) => item.trim());
  // Python closes a tuple of one with a comma, and may close any other so.
  if (items.at(-1) === '') items.pop();
  // Python 2 wrote long integers with an L.
  if (items.some((item) => !/^\d+L?$/.test(item))) return unreadable;
  return { descr, fortranOrder: fortran === 'True', shape: items.map((item) => Number.parseInt(item, 10)) };
}

/** From the first index running fastest to the last running fastest. */
function rowMajor<T extends Float32Array | Float64Array>(data: T, shape: readonly number[]): T {
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((product, n) => product * n, 1));
  const at = shape.map(() => 0);
  const out = data.slice() as T;
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from] as number;
    for (let d = shape.length - 1; d >= 0; d--) {
      const [size, stride, next] = [shape[d] as number, strides[d] as number, (at[d] as number) + 1];
      from += stride;
      at[d] = next;
      if (next < size) break;
      from -= stride * size;
      at[d] = 0;
    }
  }
  return out;
}

/** A shape as Python writes a tuple: (), (3,), (3, 4). */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** Version 1.0, little-endian, row-major; the elements begin at a multiple of 64 bytes. */
export function writeNpy({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> {
  const size = data.BYTES_PER_ELEMENT;
  const dictionary = `{'descr': '<f${size}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`;
  const prefix = 10;
  const start = Math.ceil((prefix + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(start - prefix - 1)}\n`;

  const bytes = new Uint8Array(start + data.byteLength);
  bytes.set([...magic, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), prefix);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  if (!hostIsLittleEndian)
    for (let i = start; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
  return bytes;
}

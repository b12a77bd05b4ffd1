/**
 * NumPy's array files (.npy), read and written; pure, on bytes. The format: six magic bytes, a version,
 * the length of a header, the header (a Python dictionary with dtype, order and shape), then the elements.
 * It is defined in NumPy Enhancement Proposal 1; versions 2.0 and 3.0 differ in how long a header may be
 * and how its letters are encoded.
 */
import { kindOfBytes } from '../../base/file-kind.ts';
import { type Text, text } from '../../base/text.ts';
import {
  bytesOfElement,
  type ElementType,
  type FileFault,
  type FileReading,
  firstBeyond,
  readElements,
  type TensorData,
  writeAgain,
  writeElements,
} from './elements.ts';

const magic = [0x93, ...[...'NUMPY'].map((letter) => letter.charCodeAt(0))];
/** No header that NumPy writes for plain numbers comes near: 64 axes of 20 digits. */
const maxHeader = 10_000;

/** As NumPy writes them. */
const types: readonly ElementType[] = [
  'f2',
  'f4',
  'f8',
  'b1',
  'i1',
  'u1',
  'i2',
  'u2',
  'i4',
  'u4',
  'i8',
  'u8',
];

const wrong = (en: string, zh: string, cure: Text = writeAgain): FileFault => ({ error: text(en, zh), cure });

/** How elements of other types are brought into one that is read, by the letter of their type. */
const conversions: Readonly<Record<string, Text>> = {
  c: text(
    'Complex numbers are contracted as pairs of real ones: save a.real and a.imag with np.save, contract each, and put together (re·re − im·im) + i (re·im + im·re).',
    '复数须作为一对实数来收缩：用 np.save 分别保存 a.real 与 a.imag，各自收缩，再合成 (re·re − im·im) + i (re·im + im·re)。',
  ),
  f: text(
    'Save it as numbers that are read: np.save(file, a.astype("float64")).',
    '请存为可读取的数：np.save(file, a.astype("float64"))。',
  ),
};
const conversionToNumbers = text(
  'Save it as numbers: np.save(file, a.astype("float32")).',
  '请存为数：np.save(file, a.astype("float32"))。',
);
const saveArray = text('Save the array with np.save(file, a).', '请用 np.save(file, a) 保存数组。');
const saveEach = text(
  'Save each array by itself with np.save(file, a): an .npz holds several.',
  '请用 np.save(file, a) 分别保存每个数组：.npz 里有多个。',
);

function otherKind(bytes: Uint8Array): FileFault {
  const kind = bytes.length === 0 ? text('empty', '空的') : kindOfBytes(bytes);
  const cure = kind?.en === 'a ZIP archive' ? saveEach : saveArray;
  return kind
    ? wrong(`it is ${kind.en}, not a NumPy file (.npy)`, `它是${kind.zh}，不是 NumPy 文件（.npy）`, cure)
    : wrong('it is not a NumPy file (.npy)', '它不是 NumPy 文件（.npy）', cure);
}

/** An array, or what is wrong with the file. */
export function readNpy(bytes: Uint8Array): FileReading<TensorData> {
  if (magic.some((byte, i) => bytes[i] !== byte)) return otherKind(bytes);
  const [major = 0, minor = 0] = bytes.subarray(6, 8);
  if (major < 1 || major > 3 || minor !== 0)
    return wrong(
      `it is written in version ${major}.${minor} of the format; 1.0, 2.0 and 3.0 are read`,
      `它的格式版本为 ${major}.${minor}；可读取 1.0、2.0 和 3.0`,
    );
  const prefix = major === 1 ? 10 : 12;
  if (bytes.length < prefix) return wrong('it ends before its header', '它在文件头之前就结束了');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > maxHeader)
    return wrong(
      `its header is ${headerLength} bytes long; the limit is ${maxHeader}`,
      `它的文件头长 ${headerLength} 字节；上限为 ${maxHeader}`,
    );
  const start = prefix + headerLength;
  if (bytes.length < start) return wrong('it ends within its header', '它在文件头中途结束');

  const header = parseHeader(new TextDecoder().decode(bytes.subarray(prefix, start)));
  if ('error' in header) return header;
  const { descr, fortranOrder, shape } = header;
  const [, order = '', name = ''] = /^([<>=|]?)([a-z]\d+)$/.exec(descr) ?? [];
  const type = types.find((known) => known === name);
  if (!type)
    return wrong(
      `its elements are "${descr}"; float16, float32, float64, integers and booleans are read`,
      `它的元素类型为 “${descr}”；可读取 float16、float32、float64、整数和布尔值`,
      conversions[name.charAt(0)] ?? conversionToNumbers,
    );

  const wanted = shape.reduce((product, n) => product * n, bytesOfElement(type));
  const found = bytes.length - start;
  if (wanted !== found)
    return wrong(
      `its shape ${shapeText(shape)} of "${descr}" takes ${wanted} bytes, ${found} are there`,
      `它的形状 ${shapeText(shape)}（“${descr}”）需要 ${wanted} 字节，实际有 ${found} 字节`,
    );
  const beyond = firstBeyond(bytes.subarray(start), type, order !== '>');
  if (beyond !== undefined)
    return wrong(
      `it holds the integer ${beyond}; they are exact up to 2^53 = ${2 ** 53}`,
      `它含有整数 ${beyond}；整数只精确到 2^53 = ${2 ** 53}`,
      text(
        'Divide them first, or save them as float64: a.astype(float).',
        '请先除以一个数，或存为 float64：a.astype(float)。',
      ),
    );
  const data = readElements(bytes.subarray(start), type, order !== '>');
  const areIntegers = /^[biu]\d/.test(type);
  return {
    value: { shape, data: fortranOrder ? rowMajor(data, shape) : data, ...(areIntegers && { areIntegers }) },
  };
}

interface Header {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** One entry of the dictionary: a key, then a string, a truth value or a tuple of whole numbers. */
const entry = /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"\\]*)\3|(True|False)|\(([\d\sL,]*)\))\s*(,|$)/y;

/** The dictionary, without evaluating anything; only the form that NumPy gives to plain arrays is read. */
function parseHeader(written: string): Header | FileFault {
  const shown = written.trim().slice(0, 80);
  const unreadable = wrong(`its header cannot be read: ${shown}`, `无法读取它的文件头：${shown}`);
  const body = /^\s*\{(.*)\}\s*$/s.exec(written)?.[1]?.trimEnd();
  if (body === undefined) return unreadable;
  if (/['"]descr['"]\s*:\s*[[(]/.test(body))
    return wrong(
      'its elements are records, not numbers',
      '它的元素是记录，不是数字',
      text('Save one field: np.save(file, a["x"]).', '请保存其中一个字段：np.save(file, a["x"])。'),
    );

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
export const writeNpy = ({ shape, data }: TensorData): Uint8Array<ArrayBuffer> =>
  npyOf(shape, `<f${data.BYTES_PER_ELEMENT}`, writeElements(data));

/** The same of bytes, or of integers of 16 bits, without a sign. */
export function npyOfIntegers(
  shape: readonly number[],
  data: Uint8Array | Uint16Array,
): Uint8Array<ArrayBuffer> {
  if (data instanceof Uint8Array) return npyOf(shape, '|u1', data);
  const bytes = new Uint8Array(2 * data.length);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => {
    view.setUint16(2 * i, value, true);
  });
  return npyOf(shape, '<u2', bytes);
}

function npyOf(shape: readonly number[], descr: string, elements: Uint8Array): Uint8Array<ArrayBuffer> {
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`;
  const prefix = 10;
  const start = Math.ceil((prefix + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(start - prefix - 1)}\n`;

  const bytes = new Uint8Array(start + elements.length);
  bytes.set([...magic, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), prefix);
  bytes.set(elements, start);
  return bytes;
}

/**
 * Files of named tensors (.safetensors), read and written; pure, on bytes. The format: the length of a header as
 * 64 little-endian bits, the header (a JSON object, padded with spaces), then the elements of all tensors.
 * The header gives each tensor its dtype, shape and the interval of bytes behind the header that it takes;
 * under `__metadata__` stand further strings. The intervals leave no byte out and take none twice.
 * https://github.com/huggingface/safetensors#format
 *
 * A file is hostile until it has come through here: nothing is allocated before it is known to be there.
 */
import { kindOfBytes } from '../../base/file-kind.ts';
import { type Text, text } from '../../base/text.ts';
import {
  bytesOfElement,
  type ElementType,
  type FileReading,
  readElements,
  type TensorData,
  writeAgain,
  writeElements,
} from './elements.ts';

export interface SafeTensors {
  /** In the order of their bytes. */
  readonly tensors: ReadonlyMap<string, TensorData>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Header bytes that are read: a hundred thousand tensors have less. The format itself allows 100 MB. */
const maxHeader = 16 * 2 ** 20;
const maxRank = 64;

const types: Readonly<Record<string, ElementType>> = {
  F64: 'f8',
  F32: 'f4',
  F16: 'f2',
  BF16: 'bf2',
  I64: 'i8',
  I32: 'i4',
  I16: 'i2',
  I8: 'i1',
  U64: 'u8',
  U32: 'u4',
  U16: 'u2',
  U8: 'u1',
  BOOL: 'b1',
};

class Fault extends Error {
  readonly detail: Text;
  constructor(en: string, zh: string) {
    super(en);
    this.detail = text(en, zh);
  }
}

/** The tensors of a file, or what is wrong with it. */
export function readSafetensors(bytes: Uint8Array): FileReading<SafeTensors> {
  try {
    return { value: read(bytes) };
  } catch (error) {
    if (error instanceof Fault) return { error: error.detail, cure: cureFor(bytes) };
    throw error;
  }
}

/** A file of another kind was never written by the program that is asked for. */
const cureFor = (bytes: Uint8Array): Text => {
  const kind = kindOfBytes(bytes);
  return !kind || kind.en === 'a safetensors file'
    ? writeAgain
    : text(
        `Give a .safetensors file; this one is ${kind.en}.`,
        `请给出 .safetensors 文件；这个文件是${kind.zh}。`,
      );
};

function read(bytes: Uint8Array): SafeTensors {
  if (bytes.length < 8)
    throw new Fault('it is too short for a safetensors file', '它太短，不是 safetensors 文件');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > maxHeader)
    throw new Fault(
      `its header would be ${length} bytes long; the limit is ${maxHeader}`,
      `它的文件头声称长 ${length} 字节；上限为 ${maxHeader}`,
    );
  const start = 8 + length;
  if (bytes.length < start) throw new Fault('it ends within its header', '它在文件头中途结束');
  const header = readHeader(bytes.subarray(8, start));

  const metadata = new Map<string, string>();
  const entries: Entry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') readMetadata(value, metadata);
    else entries.push(readEntry(name, value));
  }
  const data = bytes.subarray(start);
  const inOrder = entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireCovered(inOrder, data.length);
  const tensors = inOrder.map(({ name, type, shape, begin, end }): [string, TensorData] => [
    name,
    { shape, data: readElements(data.subarray(begin, end), type, true) },
  ]);
  return { tensors: new Map(tensors), metadata };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readHeader(bytes: Uint8Array): Record<string, unknown> {
  if (bytes[0] !== 0x7b) throw new Fault('its header does not begin with "{"', '它的文件头不以 “{” 开头');
  let written: string;
  try {
    written = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Fault('its header is not UTF-8', '它的文件头不是 UTF-8');
  }
  let header: unknown;
  try {
    header = JSON.parse(written);
  } catch {
    throw new Fault('its header is not JSON', '它的文件头不是 JSON');
  }
  if (!isObject(header)) throw new Fault('its header is not a JSON object', '它的文件头不是 JSON 对象');
  const twice = repeatedKey(written);
  if (twice !== undefined)
    throw new Fault(`its header says ${quoted(twice)} twice`, `它的文件头中 ${quoted(twice)} 出现两次`);
  return header;
}

/** A key that stands twice in one object of a sound JSON text: JSON.parse would keep the last without a word. */
function repeatedKey(json: string): string | undefined {
  /** Keys of the objects that are open; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (let i = 0; i < json.length; i++) {
    const letter = json[i];
    if (letter === '{') open.push(new Set());
    else if (letter === '[') open.push(undefined);
    else if (letter === '}' || letter === ']') open.pop();
    else if (letter === '"') {
      const begin = i;
      for (i++; json[i] !== '"'; i++) if (json[i] === '\\') i++;
      last = json.slice(begin, i + 1);
    } else if (letter === ':') {
      const key = JSON.parse(last) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}

/** A name from a file, short enough for a message. */
const quoted = (name: string): string => JSON.stringify(name.length > 80 ? `${name.slice(0, 79)}…` : name);

function readMetadata(value: unknown, metadata: Map<string, string>): void {
  if (!isObject(value)) throw new Fault('its __metadata__ is not an object', '它的 __metadata__ 不是对象');
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== 'string')
      throw new Fault(
        `${quoted(key)} in its __metadata__ is not a string`,
        `它的 __metadata__ 中 ${quoted(key)} 不是字符串`,
      );
    metadata.set(key, entry);
  }
}

interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readEntry(name: string, value: unknown): Entry {
  const wrong = (en: string, zh: string) =>
    new Fault(`tensor ${quoted(name)}: ${en}`, `张量 ${quoted(name)}：${zh}`);
  if (!isObject(value)) throw wrong('it is not described by an object', '它的描述不是对象');
  const { dtype, shape, data_offsets: offsets } = value;
  const type = typeof dtype === 'string' && Object.hasOwn(types, dtype) ? types[dtype] : undefined;
  if (!type) {
    const known = Object.keys(types).join(', ');
    const shown = typeof dtype === 'string' ? quoted(dtype) : typeof dtype;
    throw wrong(`its dtype is ${shown}; ${known} are read`, `它的 dtype 为 ${shown}；可读取 ${known}`);
  }
  if (!Array.isArray(shape) || shape.length > maxRank || !shape.every(isCount))
    throw wrong(
      `its shape is not a list of at most ${maxRank} whole numbers`,
      `它的形状不是至多 ${maxRank} 个非负整数的列表`,
    );
  const [begin, end] = Array.isArray(offsets) ? offsets : [];
  if (!Array.isArray(offsets) || offsets.length !== 2 || !isCount(begin) || !isCount(end) || begin > end)
    throw wrong('its data_offsets are not an interval', '它的 data_offsets 不是区间');
  const wanted = (shape as number[]).reduce((product, n) => product * n, bytesOfElement(type));
  const shown = shape.length > 8 ? `${shape.slice(0, 8).join(', ')}, …` : shape.join(', ');
  if (wanted !== end - begin)
    throw wrong(
      `its shape [${shown}] of ${dtype} takes ${wanted} bytes, ${end - begin} are given to it`,
      `它的形状 [${shown}]（${dtype}）需要 ${wanted} 字节，却分到 ${end - begin} 字节`,
    );
  return { name, type, shape: shape as number[], begin, end };
}

/** The intervals, in ascending order, are all the bytes there are. */
function requireCovered(entries: readonly Entry[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin < at)
      throw new Fault(`tensor ${quoted(name)} overlaps another`, `张量 ${quoted(name)} 与另一个重叠`);
    if (begin > at)
      throw new Fault(
        `the bytes ${at} to ${begin} before tensor ${quoted(name)} belong to none`,
        `张量 ${quoted(name)} 之前的字节 ${at} 至 ${begin} 不属于任何张量`,
      );
    at = end;
  }
  if (at !== length)
    throw new Fault(
      `its tensors take ${at} bytes, ${length} are there`,
      `它的张量共需 ${at} 字节，实际有 ${length} 字节`,
    );
}

/** The tensors in the order given, as F32 or F64; the elements begin at a multiple of 8 bytes. */
export function writeSafetensors({ tensors, metadata }: SafeTensors): Uint8Array<ArrayBuffer> {
  // Wide elements first, so that all are aligned.
  const ordered = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  // Built as text: an object would put names like "0" first.
  const header = metadata.size > 0 ? [`"__metadata__":${JSON.stringify(Object.fromEntries(metadata))}`] : [];
  let end = 0;
  for (const [name, { shape, data }] of ordered) {
    if (name === '__metadata__') throw new Error('internal: no tensor may be called __metadata__');
    const begin = end;
    end += data.byteLength;
    const entry = { dtype: `F${8 * data.BYTES_PER_ELEMENT}`, shape, data_offsets: [begin, end] };
    header.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  }
  const json = new TextEncoder().encode(`{${header.join(',')}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + end);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length % 2 ** 32, true);
  view.setUint32(4, Math.floor(length / 2 ** 32), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(json, 8);
  let at = 8 + length;
  for (const [, { data }] of ordered) {
    bytes.set(writeElements(data), at);
    at += data.byteLength;
  }
  return bytes;
}

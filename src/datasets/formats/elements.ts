/** Elements of arrays as files hold them: bytes in some type and byte order, read as floating-point numbers. */
import { type Text, text } from '../../base/text.ts';

/** Numbers in row-major order. */
export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
  /** Set where a file says that they are integers or truth values. */
  readonly areIntegers?: boolean;
}

/** What is wrong with a file, a sentence without its subject and its full stop; and what to do, a whole one. */
export interface FileFault {
  readonly error: Text;
  readonly cure: Text;
}

export type FileReading<T> = { readonly value: T } | FileFault;

/** What to do about a file that its own program would write otherwise. */
export const writeAgain: Text = text(
  'Write the file again with the program that it comes from; a truncated copy looks like this.',
  '请用写出该文件的程序重新写一份；复制中断的文件就会这样。',
);

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * What each type of element is read as: float32 where that holds every value, else float64. Integers of
 * 64 bits are exact up to 2^53.
 */
const readers = {
  f2: (bytes: ArrayBuffer) => Float32Array.from(new Uint16Array(bytes), halfToNumber),
  bf2: (bytes: ArrayBuffer) =>
    new Float32Array(Uint32Array.from(new Uint16Array(bytes), (half) => half << 16).buffer),
  f4: (bytes: ArrayBuffer) => new Float32Array(bytes),
  f8: (bytes: ArrayBuffer) => new Float64Array(bytes),
  b1: (bytes: ArrayBuffer) => new Float32Array(new Uint8Array(bytes)),
  i1: (bytes: ArrayBuffer) => new Float32Array(new Int8Array(bytes)),
  u1: (bytes: ArrayBuffer) => new Float32Array(new Uint8Array(bytes)),
  i2: (bytes: ArrayBuffer) => new Float32Array(new Int16Array(bytes)),
  u2: (bytes: ArrayBuffer) => new Float32Array(new Uint16Array(bytes)),
  i4: (bytes: ArrayBuffer) => new Float64Array(new Int32Array(bytes)),
  u4: (bytes: ArrayBuffer) => new Float64Array(new Uint32Array(bytes)),
  i8: (bytes: ArrayBuffer) => Float64Array.from(new BigInt64Array(bytes), Number),
  u8: (bytes: ArrayBuffer) => Float64Array.from(new BigUint64Array(bytes), Number),
};

/** A type of element: b boolean, i and u integers, f and bf (bfloat16) floating point; then its bytes. */
export type ElementType = keyof typeof readers;

export const bytesOfElement = (type: ElementType): number => Number(type.slice(-1));

/** IEEE 754 binary16: sign, five bits of exponent, ten of mantissa. */
function halfToNumber(half: number): number {
  const exponent = (half >> 10) & 31;
  const mantissa = half & 1023;
  const size =
    exponent === 31
      ? mantissa === 0
        ? Number.POSITIVE_INFINITY
        : Number.NaN
      : exponent === 0
        ? mantissa * 2 ** -24
        : (1024 + mantissa) * 2 ** (exponent - 25);
  return half & 0x8000 ? -size : size;
}

/** The elements, as a copy; the number of bytes is a multiple of the element's. */
export function readElements(
  bytes: Uint8Array,
  type: ElementType,
  littleEndian: boolean,
): Float32Array | Float64Array {
  // A copy, and so aligned; a Buffer's own slice() would not be one.
  const elements = new Uint8Array(bytes);
  if (littleEndian !== hostIsLittleEndian) reverseEach(elements, bytesOfElement(type));
  return readers[type](elements.buffer);
}

/** The first integer of 64 bits that float64 does not hold for certain, beyond 2^53; undefined where there is none. */
export function firstBeyond(bytes: Uint8Array, type: ElementType, littleEndian: boolean): bigint | undefined {
  if (type !== 'i8' && type !== 'u8') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const most = 2n ** 53n;
  for (let at = 0; at < bytes.length; at += 8) {
    const value = type === 'i8' ? view.getBigInt64(at, littleEndian) : view.getBigUint64(at, littleEndian);
    if (value > most || value < -most) return value;
  }
  return undefined;
}

/** The numbers as little-endian bytes. */
export function writeElements(data: Float32Array | Float64Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (hostIsLittleEndian) return bytes;
  const reversed = bytes.slice();
  reverseEach(reversed, data.BYTES_PER_ELEMENT);
  return reversed;
}

function reverseEach(bytes: Uint8Array, size: number): void {
  if (size > 1) for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
}

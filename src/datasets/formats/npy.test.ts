import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Text } from '../../base/text.ts';
import { readNpy, writeNpy } from './npy.ts';

const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));

/** A file byte by byte: version, header as it is given, elements. */
function file(header: string, elements: readonly number[], version: 1 | 2 | 3 = 1): Uint8Array {
  const n = header.length;
  const length = version === 1 ? [n & 255, n >> 8] : [n & 255, n >> 8, 0, 0];
  return Uint8Array.from([0x93, ...ascii('NUMPY'), version, 0, ...length, ...ascii(header), ...elements]);
}

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }   \n`;

function numbers(bytes: Uint8Array): { shape: readonly number[]; data: number[]; type: string } {
  const read = readNpy(bytes);
  if ('error' in read) throw new Error(read.error.en);
  const { shape, data } = read.value;
  return { shape, data: [...data], type: data.constructor.name };
}

const fault = (bytes: Uint8Array) => (readNpy(bytes) as { error: Text }).error.en;

describe('reading', () => {
  // 1.5 is 3fc00000 in float32 and 3ff8000000000000 in float64; −2 is c0000000 and c000000000000000.
  it.each([
    ['<f4', [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]],
    ['>f4', [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0]],
    ['<f8', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0]],
    ['>f8', [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0]],
  ])('%s', (descr, elements) => {
    expect(numbers(file(header(descr, '(2,)'), elements))).toEqual({
      shape: [2],
      data: [1.5, -2],
      type: descr.endsWith('4') ? 'Float32Array' : 'Float64Array',
    });
  });

  it.each([
    ['|b1', [1, 0], [1, 0], 'Float32Array'],
    ['|i1', [0xfe, 3], [-2, 3], 'Float32Array'],
    ['|u1', [0xfe, 3], [254, 3], 'Float32Array'],
    ['<i2', [0xfe, 0xff, 3, 0], [-2, 3], 'Float32Array'],
    ['>u2', [1, 0, 0, 3], [256, 3], 'Float32Array'],
    ['>i4', [0xff, 0xff, 0xff, 0xfe, 0, 0, 0, 3], [-2, 3], 'Float64Array'],
    ['<u4', [0, 0, 0, 0x80, 3, 0, 0, 0], [2 ** 31, 3], 'Float64Array'],
    ['<i8', [0xfe, ...Array(7).fill(0xff), 3, ...Array(7).fill(0)], [-2, 3], 'Float64Array'],
    ['>u8', [0, 0x10, ...Array(6).fill(0), ...Array(7).fill(0), 3], [2 ** 52, 3], 'Float64Array'],
  ])('%s becomes the narrowest floats that hold it', (descr, elements, data, type) => {
    expect(numbers(file(header(descr, '(2,)'), elements))).toEqual({ shape: [2], data, type });
  });

  it('puts Fortran order into rows', () => {
    // Columns of [[1 2 3], [4 5 6]] one after the other.
    expect(numbers(file(header('|i1', '(2, 3)', 'True'), [1, 4, 2, 5, 3, 6])).data).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    // The element at i, j, k lies at i + 2j + 4k.
    expect(numbers(file(header('|i1', '(2, 2, 2)', 'True'), [0, 1, 2, 3, 4, 5, 6, 7])).data).toEqual([
      0, 4, 2, 6, 1, 5, 3, 7,
    ]);
  });

  it.each([1, 2, 3] as const)('version %d.0', (version) => {
    expect(numbers(file(header('|u1', '(3, 1)'), [7, 8, 9], version))).toMatchObject({
      shape: [3, 1],
      data: [7, 8, 9],
    });
  });

  it('a scalar, an array without elements, other ways to write the header', () => {
    expect(numbers(file(header('|u1', '()'), [7]))).toMatchObject({ shape: [], data: [7] });
    expect(numbers(file(header('<f8', '(0, 3)'), []))).toMatchObject({ shape: [0, 3], data: [] });
    const old = `{"shape":(2L,),"descr":"|u1","fortran_order":False}`;
    expect(numbers(file(old, [1, 2]))).toMatchObject({ shape: [2], data: [1, 2] });
  });

  it('reads from the middle of a larger buffer', () => {
    const whole = file(header('|u1', '(2,)'), [1, 2]);
    const shifted = new Uint8Array(whole.length + 3);
    shifted.set(whole, 3);
    expect(numbers(shifted.subarray(3)).data).toEqual([1, 2]);
    const bytes = writeNpy({ shape: [2], data: Float64Array.of(1.5, -2) });
    expect(numbers(Buffer.concat([bytes])).data).toEqual([1.5, -2]);
  });

  it.each([
    ['no bytes', new Uint8Array(), 'not a NumPy file'],
    ['another file', Uint8Array.from(ascii('PK, a zip file (.npz)')), 'not a NumPy file'],
    ['the magic alone', file('', []).slice(0, 6), 'version 0.0'],
    ['a version to come', file('', []).fill(4, 6, 7), 'version 4.0'],
    ['a version and no more', file('', []).slice(0, 9), 'ends before its header'],
    ['half a header', file(header('<f4', '(2,)'), []).slice(0, 40), 'ends within its header'],
    ['an endless header', file('', [], 2).fill(255, 8, 12), 'the limit is 10000'],
    ['too few elements', file(header('<f4', '(2,)'), [0, 0, 0, 0]), 'takes 8 bytes, 4 are there'],
    ['too many elements', file(header('|u1', '(2,)'), [1, 2, 3]), 'takes 2 bytes, 3 are there'],
    ['a shape beyond all files', file(header('|u1', `(${'9'.repeat(40)}, 9)`), [1]), '1 are there'],
    ['complex numbers', file(header('<c8', '(1,)'), Array(8).fill(0)), '"<c8"'],
    ['Python objects', file(header('|O', '(1,)'), [0]), '"|O"'],
    ['a prototype', file(header('<constructor', '(1,)'), [0]), '"<constructor"'],
    ['records', file(`{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }`, []), 'records'],
    ['code', file(`{'descr': exit(), 'fortran_order': False, 'shape': (1,), }`, []), 'cannot be read: {'],
    ['a negative size', file(header('|u1', '(-1,)'), []), 'cannot be read'],
    ['a hole in the shape', file(header('|u1', '(1,,2)'), []), 'cannot be read'],
    ['a missing key', file(`{'descr': '<f4', 'shape': (1,), }`, [0, 0, 0, 0]), 'cannot be read'],
    ['no dictionary', file('(1,)', []), 'cannot be read'],
  ])('refuses %s', (_, bytes, message) => {
    expect(fault(bytes)).toContain(message);
  });
});

describe('writing', () => {
  it('is version 1.0, little-endian, row-major, the elements at a multiple of 64', () => {
    const bytes = writeNpy({ shape: [2], data: Float32Array.of(1.5, -2) });
    const text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    expect([...bytes]).toEqual([
      ...[0x93, ...ascii('NUMPY'), 1, 0, 118, 0],
      ...ascii(text.padEnd(117)),
      ...[10, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0],
    ]);
  });

  it('reads back the same, whatever the shape and the precision', () => {
    const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(shapes, fc.boolean(), fc.infiniteStream(fc.double()), (shape, wide, stream) => {
        const count = shape.reduce((product, n) => product * n, 1);
        const values = [...stream.take(count)];
        const data = wide ? Float64Array.from(values) : Float32Array.from(values);
        const bytes = writeNpy({ shape, data });
        expect((bytes.length - data.byteLength) % 64).toBe(0);
        expect(readNpy(bytes)).toEqual({ value: { shape, data } });
      }),
    );
  });
});

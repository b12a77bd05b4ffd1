import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TensorData } from './elements.ts';
import { readSafetensors, type SafeTensors, writeSafetensors } from './safetensors.ts';

/** A file byte by byte: header as it is given, elements; `length`: what the file says of its header. */
function file(header: string | Uint8Array, elements: readonly number[] = [], length?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + json.length + elements.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(elements, 8 + json.length);
  return bytes;
}

function read(bytes: Uint8Array): SafeTensors {
  const reading = readSafetensors(bytes);
  if ('error' in reading) throw new Error(reading.error.en);
  return reading.value;
}

const zeros = (n: number) => Array(n).fill(0) as number[];
const entry = (dtype: string, shape: string, offsets: string) =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

describe('reading', () => {
  it('takes a file as the format’s own documentation describes it', () => {
    const header = `{"__metadata__":{"by":"hand"},"b":${entry('F32', '[]', '[8, 12]')},"a":${entry('F32', '[2, 1]', '[0,8]')}}   `;
    const { tensors, metadata } = read(file(header, [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x3f]));
    expect([...tensors]).toEqual([
      ['a', { shape: [2, 1], data: Float32Array.of(1.5, -2) }],
      ['b', { shape: [], data: Float32Array.of(1) }],
    ]);
    expect([...metadata]).toEqual([['by', 'hand']]);
  });

  it.each([
    ['F64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], Float64Array.of(1.5)],
    // 1.5, −2, the smallest number above 0, ∞ and NaN in IEEE 754 binary16.
    [
      'F16',
      [0, 0x3e, 0, 0xc0, 1, 0, 0, 0x7c, 1, 0x7c],
      Float32Array.of(1.5, -2, 2 ** -24, Number.POSITIVE_INFINITY, Number.NaN),
    ],
    ['BF16', [0xc0, 0x3f, 0, 0xc0], Float32Array.of(1.5, -2)],
    ['I64', [0xfe, ...Array<number>(7).fill(0xff)], Float64Array.of(-2)],
    ['U8', [254, 3], Float32Array.of(254, 3)],
    ['BOOL', [1, 0], Float32Array.of(1, 0)],
  ])('%s becomes floats that hold it', (dtype, elements, data) => {
    const size = dtype === 'BOOL' ? 1 : Number(/\d+/.exec(dtype)![0]) / 8;
    const header = `{"x":${entry(dtype, `[${elements.length / size}]`, `[0,${elements.length}]`)}}`;
    expect(read(file(header, elements)).tensors.get('x')!.data).toEqual(data);
  });

  it('takes names that JavaScript keeps for itself, and tensors without elements', () => {
    const header = `{"__proto__":${entry('F32', '[1]', '[0,4]')},"constructor":${entry('F32', '[0,7]', '[4,4]')}}`;
    const { tensors } = read(file(header, zeros(4)));
    expect([...tensors.keys()]).toEqual(['__proto__', 'constructor']);
    expect(tensors.get('constructor')).toEqual({ shape: [0, 7], data: new Float32Array() });
  });
});

describe('a hostile file', () => {
  const one = (fields: string, elements = 4) => file(`{"x":${fields}}`, zeros(elements));
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'too short'],
    ['seven bytes', new Uint8Array(7), 'too short'],
    ['a header longer than the file', file('{}', [], 3n), 'ends within its header'],
    ['a header of 100 MB', file('{}', [], 100_000_000n), '100000000 bytes long; the limit is 16777216'],
    ['a header of 2⁶⁴ − 1 bytes', file('{}', [], 2n ** 64n - 1n), 'the limit'],
    ['no header', file(''), 'does not begin with "{"'],
    ['a byte order mark', file('\ufeff{}'), 'does not begin with "{"'],
    ['a list', file('[]'), 'does not begin with "{"'],
    ['half a header', file('{"x":{'), 'not JSON'],
    ['something behind the header', file('{} {}'), 'not JSON'],
    ['a header that is not UTF-8', file(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), 'not UTF-8'],
    ['very deep brackets', file(`{"x":${'['.repeat(1e6)}`), 'not JSON'],
    [
      'deep brackets that close',
      file(`{"x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
      'not described by an object',
    ],
    ['a name twice', one(`${entry('F32', '[1]', '[0,4]')},"x":${entry('F32', '[1]', '[0,4]')}`), '"x" twice'],
    ['a name twice, written in two ways', one(`${entry('F32', '[1]', '[0,4]')},"\\u0078":1`), '"x" twice'],
    ['a field twice', one(`{"dtype":"F32","dtype":"F64","shape":[1],"data_offsets":[0,4]}`), '"dtype" twice'],
    ['metadata that is no object', file('{"__metadata__":[]}'), 'not an object'],
    ['metadata that is no string', file('{"__metadata__":{"a":1}}'), 'not a string'],
    ['a tensor that is null', one('null'), 'not described by an object'],
    ['no dtype', one('{"shape":[1],"data_offsets":[0,4]}'), 'its dtype is undefined'],
    ['an unknown dtype', one(entry('F8_E4M3', '[4]', '[0,4]')), 'its dtype is "F8_E4M3"'],
    ['a dtype that every object has', one(entry('toString', '[4]', '[0,4]')), 'its dtype is "toString"'],
    ['a shape that is no list', one(entry('F32', '1', '[0,4]')), 'its shape'],
    ['a negative size', one(entry('F32', '[-1]', '[0,4]')), 'its shape'],
    ['half a size', one(entry('F32', '[0.5]', '[0,2]')), 'its shape'],
    ['a size beyond what is exact', one(entry('F32', '[9007199254740993]', '[0,4]')), 'its shape'],
    ['65 axes', one(entry('F32', `[${Array(65).fill(1).join()}]`, '[0,4]')), 'its shape'],
    [
      'sizes whose product overflows',
      one(entry('F32', '[9007199254740991,9007199254740991]', '[0,4]')),
      'takes',
    ],
    [
      '0 times too much',
      one(entry('F32', `[0,${Array(60).fill(9007199254740991).join()}]`, '[0,4]')),
      'takes 0 bytes',
    ],
    ['offsets that are no pair', one(entry('F32', '[1]', '[0,4,8]')), 'not an interval'],
    ['offsets backwards', one(entry('F32', '[1]', '[4,0]')), 'not an interval'],
    ['negative offsets', one(entry('F32', '[1]', '[-4,0]')), 'not an interval'],
    ['a tensor behind the end', one(entry('F32', '[2]', '[0,8]')), 'take 8 bytes, 4 are there'],
    ['bytes left over', one(entry('F32', '[1]', '[0,4]'), 5), 'take 4 bytes, 5 are there'],
    ['a hole', one(entry('F32', '[1]', '[4,8]'), 8), 'bytes 0 to 4'],
    [
      'an overlap',
      one(`${entry('F32', '[2]', '[0,8]')},"y":${entry('F32', '[1]', '[4,8]')}`, 8),
      '"y" overlaps another',
    ],
    [
      'the same bytes many times',
      one(`${entry('F32', '[2]', '[0,8]')},"y":${entry('F32', '[2]', '[0,8]')}`, 8),
      'overlaps another',
    ],
    ['a name too long to repeat', file(`{"${'x'.repeat(1e6)}":0}`), `${'x'.repeat(79)}…`],
  ])('%s is told', (_, bytes, message) => {
    const reading = readSafetensors(bytes);
    if (!('error' in reading)) throw new Error('it was read');
    expect(reading.error.en).toContain(message);
    expect(reading.error.en.length).toBeLessThan(400);
    expect(reading.error.zh).toMatch(/[一-鿿]/);
  });

  it('never throws, whatever bytes are changed or cut off', () => {
    const sound = writeSafetensors({
      tensors: new Map([
        ['w', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
        ['b', { shape: [1], data: Float64Array.of(5) }],
      ]),
      metadata: new Map([['a', 'b']]),
    });
    const changes = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(changes, fc.nat(sound.length), (changed, length) => {
        const bytes = sound.slice();
        for (const [at, value] of changed) bytes[at] = value;
        readSafetensors(bytes.subarray(0, length));
        readSafetensors(bytes);
      }),
    );
  });
});

describe('writing', () => {
  const tensor: fc.Arbitrary<TensorData> = fc
    .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), fc.boolean())
    .chain(([shape, double]) => {
      const n = shape.reduce((product, size) => product * size, 1);
      const numbers: fc.Arbitrary<TensorData['data']> = double
        ? fc.float64Array({ minLength: n, maxLength: n })
        : fc.float32Array({ minLength: n, maxLength: n });
      return numbers.map((data) => ({ shape, data }));
    });
  const name = fc.string({ unit: 'binary' }).filter((text) => text !== '__metadata__');

  it('is read back as it was, bit for bit, the same again, and aligned', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, tensor), { maxLength: 6 }),
        fc.array(fc.tuple(name, fc.string()), { maxLength: 3 }),
        (tensors, metadata) => {
          const value = { tensors: new Map(tensors), metadata: new Map(metadata) };
          const bytes = writeSafetensors(value);
          const again = read(bytes);
          expect(new Map(again.tensors)).toEqual(value.tensors);
          expect(again.metadata).toEqual(value.metadata);
          expect(writeSafetensors(again).length).toBe(bytes.length);
          expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
        },
      ),
    );
  });
});

/** Files that lie, and bytes that are no file at all: whatever they are, a fault is told. */
import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import '../../test/support/properties.ts';
import type { OwnData } from './dataset.ts';
import { writeNpy } from './formats/npy.ts';
import { readNpz } from './formats/read-npz.ts';
import { readZip } from './formats/zip.ts';
import { arrayFormatOf, importArrays, importTable, importText, otherKind } from './import-data.ts';
import { readOwn } from './own-source.ts';
import { pieces } from './table/decode.ts';
import { surveyTable } from './table/survey-table.ts';

const array = writeNpy({ shape: [3], data: Float32Array.of(1, 2, 3) });
const sound = zipSync({ 'x.npy': array, 'y.npy': array });

/** Where the sizes of the first entry stand in the central directory of an archive. */
const directoryOf = (zip: Uint8Array): number => {
  for (let at = 0; at < zip.length; at++)
    if (zip[at] === 0x50 && zip[at + 1] === 0x4b && zip[at + 2] === 1 && zip[at + 3] === 2) return at;
  throw new Error('there is no directory');
};

describe('an archive', () => {
  it('that is sound gives its arrays', async () => {
    const read = await readNpz(sound);
    expect('value' in read && [...read.value.keys()]).toEqual(['x', 'y']);
  });

  it('whose entry says that it is larger than it is, or as large as the world, is told', async () => {
    for (const [size, words] of [
      [array.length + 1, 'bytes in the place of'],
      [0xffffffff, 'it unfolds to more than'],
    ] as const) {
      const lying = sound.slice();
      new DataView(lying.buffer).setUint32(directoryOf(lying) + 24, size, true);
      const read = await readNpz(lying);
      expect('error' in read ? read.error.en : '').toContain(words);
    }
  });

  it('that unfolds to more than there is room for is told before it is unfolded', async () => {
    const bomb = zipSync({ 'a.npy': new Uint8Array(2 ** 22) });
    expect(bomb.length).toBeLessThan(2 ** 13);
    const read = await readZip(bomb, () => true, { bytes: 2 ** 20 });
    expect('error' in read ? read.error.en : '').toBe('it unfolds to more than 1.0 MiB');
  });

  it.each(['../x.npy', '/x.npy', 'a/../../x.npy', 'c:\\x.npy'])(
    'with a file called %s is told',
    async (name) => {
      const read = await readZip(zipSync({ [name]: array }), () => true);
      expect('error' in read ? read.error.en : '').toContain('outside of itself');
    },
  );

  it('with a file called __proto__ reaches no prototype', async () => {
    const read = await readZip(zipSync({ 'x.npy': array, constructor: array }), () => true);
    expect('value' in read && read.value.get('constructor')).toEqual(array);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('any bytes', () => {
  const broken = fc
    .tuple(fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }), fc.nat(400))
    .map(([changes, length]) => {
      const bytes = sound.slice(0, Math.max(4, sound.length - (length % 100)));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      return bytes;
    });
  const some = fc.oneof(fc.uint8Array({ maxLength: 300 }), broken);

  it('are read or refused by every reader, and make none throw', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.constantFrom('a.npy', 'a.npz', 'a.safetensors'), async (bytes, name) => {
        await readNpz(bytes);
        const format = arrayFormatOf(name, bytes) ?? 'npz';
        expect(await importArrays(format, bytes, name)).toBeDefined();
        expect(await importText([bytes], 3, 'a.txt')).toBeDefined();
        expect(await surveyTable(() => [bytes])).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });

  it('are refused by what a document says of them, whatever it says', async () => {
    const json = fc.jsonValue() as fc.Arbitrary<Record<string, unknown>>;
    const source = fc.record({
      kind: fc.constant('file'),
      path: fc.constant('a'),
      format: fc.constantFrom<unknown>('table', 'text', 'npz', 'npy', 'safetensors', 'xlsx', 1),
      table: fc.oneof(
        json,
        fc.record({
          delimiter: fc.constantFrom(',', '', '"', '\n', ';;'),
          fields: fc.array(
            fc.record({ name: fc.constantFrom('a', '__proto__'), as: fc.constantFrom('number', 'class') }),
          ),
          target: fc.constantFrom('a', 'toString'),
        }),
      ),
      windows: fc.oneof(json, fc.record({ vocabulary: fc.array(fc.string()), length: fc.integer() })),
      arrays: json,
    });
    await fc.assert(
      fc.asyncProperty(some, source, async (bytes, said) => {
        const own = {
          sha256: '0'.repeat(64),
          rows: 2,
          columns: { x: { shape: [1] } },
          source: said,
        } as OwnData;
        const read = await readOwn(own, [bytes]);
        expect('fault' in read || read.sha256 !== own.sha256).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file of another kind', () => {
  const of = (start: string) => Uint8Array.from(start, (c) => c.charCodeAt(0));

  it.each([
    ['a.xlsx', 'PK\u0003\u0004', 'it is a spreadsheet'],
    ['a.csv', '[{"a": 1}]', 'it is JSON'],
    ['a.jsonl', '{"a": 1}\n{"a": 2}', 'it is JSON'],
    ['a.csv', '<!DOCTYPE html><title>', 'it is a web page'],
    ['a.csv.gz', '\u001f\u008b\u0008', 'it is a gzip archive: unpack it first'],
    ['a.parquet', 'PAR1\u0015\u0004', 'it is a Parquet file'],
  ])('%s is told: %s', (name, start, words) => {
    expect(otherKind(name, of(start))?.en).toContain(words);
  });

  it.each(['payload;{"a"', 'PAR1,PAR2', '[mm],[kg]', '#id,x'])('is not seen in %s', (start) => {
    expect(otherKind('a.csv', of(start))).toBeUndefined();
  });
});

describe('any text', () => {
  const cell = fc.oneof(
    fc.constantFrom('1', '2.5', '-3e4', '1,5', '', 'NA', 'nan', 'red', 'blue', '2024-05-31', '1e999'),
    fc.constantFrom(
      '"a\nb"',
      '"say ""so"',
      '"open',
      'x"y',
      '\0',
      '\u00e4',
      '\ud83d\ude00',
      '__proto__',
      ' 7 ',
    ),
    fc.string({ maxLength: 5 }),
  );
  const written = fc
    .tuple(fc.constantFrom(',', ';', '\t', '|', ' '), fc.constantFrom('\n', '\r\n', '\r'))
    .chain(([delimiter, end]) =>
      fc
        .array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
        .map((rows) => rows.map((row) => row.join(delimiter)).join(end)),
    );
  const choices = fc.record({
    missing: fc.constantFrom<'drop' | 'mean'>('drop', 'mean'),
    sample: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  });

  it('that becomes data is read again to as many rows, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(written, choices, fc.integer({ min: 1, max: 9 }), async (text, chosen, size) => {
        const bytes = new TextEncoder().encode(text);
        const found = await surveyTable(() => pieces(bytes, size));
        if ('fault' in found) return;
        const made = await importTable(() => [bytes], found, chosen, 'a.csv');
        if ('fault' in made) return;
        const own = JSON.parse(JSON.stringify(made.own)) as OwnData;
        const read = await readOwn(own, pieces(bytes, size));
        if ('fault' in read) throw new Error(read.fault.en);
        expect(read.sha256).toBe(own.sha256);
        for (const [name, { shape }] of Object.entries(own.columns))
          expect(read.columns[name]?.length).toBe(own.rows * shape.reduce((n, d) => n * d, 1));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a table of more numbers than there is room for', () => {
  const row = `${Array.from({ length: 1000 }, (_, c) => c).join(',')}\n`;
  const open = () => [new TextEncoder().encode(row.repeat(3))];

  it('is told with the sample that fits, before it is read for them', async () => {
    const found = await surveyTable(open);
    if ('fault' in found) throw new Error(found.fault.en);
    // As if it had a million rows: the file is not opened again.
    const large = { ...found, survey: { ...found.survey, rows: 1_000_000 } };
    const unread = () => {
      throw new Error('it was read');
    };
    const made = await importTable(unread, large, {}, 'a.csv');
    expect('fault' in made ? made.fault.en : '').toBe(
      'its 1000000 rows of 1000 numbers take 3.7 GiB, and the limit is 256.0 MiB: take a sample of no more than 67108 rows',
    );
  });

  it('is told where a graph says that its rows are wider than its columns', async () => {
    const fields = [{ name: 'a', as: 'class', values: Array.from({ length: 1000 }, (_, i) => `${i}`) }];
    const own: OwnData = {
      sha256: '0'.repeat(64),
      rows: 2 ** 31,
      columns: { x: { shape: [1] } },
      source: { kind: 'file', path: 'a.csv', format: 'table', table: { delimiter: ',', fields } },
    };
    const read = await readOwn(own, open());
    expect('fault' in read ? read.fault.en : '').toBe('the graph says two things of how wide its “x” is');
  });
});

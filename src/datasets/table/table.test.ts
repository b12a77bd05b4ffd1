import { describe, expect, it } from 'vitest';
import { readDate, readNumber } from './cells.ts';
import { pieces } from './decode.ts';
import { readTable, rowsToPredict } from './read-table.ts';
import { columnsOf, recipeFor, recipeSchema } from './recipe.ts';
import { sniff } from './sniff.ts';
import { surveyTable } from './survey-table.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
async function survey(bytes: string | Uint8Array, size = 7) {
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes;
  const found = await surveyTable(() => pieces(all, size));
  if ('fault' in found) throw new Error(found.fault.en);
  return found;
}
async function read(bytes: string | Uint8Array, choices: Parameters<typeof recipeFor>[2] = {}) {
  const found = await survey(bytes);
  const recipe = recipeFor(found.survey, found.form, choices);
  const all = typeof bytes === 'string' ? utf8(bytes) : bytes;
  const { rows } = await readTable(pieces(all), recipe);
  return { ...(await readTable(pieces(all, 11), recipe, { most: rows })), recipe, found };
}

/** BOM, semicolons, decimal commas, a quoted newline, broken lines, missing values. */
const flowers = `\ufeffname;petal;place;species\r\n1;1,5;"by the
sea";setosa\r\n2;NA;hill;virginica\r\n3;2,5\r\n4;3,25;hill;setosa\r\n"5;4;hill;setosa\r\n6;x;"by the
sea";virginica\r\n7;4,75;hill;virginica\r\n`;

describe('a table as spreadsheets write it', () => {
  it('is surveyed with its broken lines, missing values and kinds', async () => {
    const { form, survey: found, sha256 } = await survey(flowers);
    expect(form).toEqual({ delimiter: ';', decimal: ',', header: true, encoding: 'utf-8' });
    // hashlib.sha256(text.encode('utf-8-sig'))
    expect(sha256).toHaveLength(64);
    expect([found.rows, found.leftOut, found.target]).toEqual([5, 2, 'species']);
    expect(found.broken).toEqual([
      { line: 5, why: 'fields', found: 2 },
      { line: 7, why: 'quote' },
    ]);
    expect(found.fields.map(({ kind, missing, others }) => [kind, missing, others])).toEqual([
      ['number', 0, 0],
      ['ignored', 1, 1],
      ['class', 0, 5],
      ['class', 0, 5],
    ]);
    expect(found.fields[3]?.values).toEqual([
      ['virginica', 3],
      ['setosa', 2],
    ]);
  });

  it('gives numbers, one-hot classes and labels; a row without its number is left out', async () => {
    const { columns, rows, dropped, recipe } = await read(flowers, {
      kinds: { name: 'ignored', petal: 'number' },
    });
    expect([rows, dropped]).toEqual([3, 2]);
    // pandas.get_dummies(frame[['petal', 'place']]), in the order of the values' code points
    expect([...(columns.x ?? [])]).toEqual([1.5, 1, 0, 3.25, 0, 1, 4.75, 0, 1]);
    expect([...(columns.y ?? [])]).toEqual([0, 0, 1]);
    expect(columnsOf(recipe)).toEqual([
      { name: 'x', axes: [{ name: 'f', size: 3 }] },
      { name: 'y', axes: [], classes: 2, names: ['setosa', 'virginica'] },
    ]);
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it('keeps such rows where the mean is to stand in', async () => {
    const { columns, rows } = await read(flowers, {
      kinds: { name: 'ignored', place: 'ignored', petal: 'number' },
      missing: 'mean',
    });
    expect([rows, [...(columns.x ?? [])]]).toEqual([5, [1.5, Number.NaN, 3.25, Number.NaN, 4.75]]);
  });

  it('of which a sample is taken has exactly so many rows, from all of it, the same each time', async () => {
    const text = `u,v\n${Array.from({ length: 1000 }, (_, r) => `${r},${-r}`).join('\n')}\n`;
    const { columns, rows, recipe } = await read(text, { sample: 100 });
    expect([rows, columns.x?.length, columns.y?.length]).toEqual([100, 100, 100]);
    const drawn = [...(columns.x ?? [])];
    expect(new Set(drawn).size).toBe(100);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
    // The mean of 100 of 0 … 999 without replacement: 499.5, with a deviation of 27.4.
    expect(Math.abs(drawn.reduce((sum, r) => sum + r, 0) / 100 - 499.5)).toBeLessThan(3 * 27.4);
    expect((await read(text, { sample: 100 })).columns).toEqual(columns);
    expect(recipeSchema.parse(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    expect((await read(text, { sample: 5000 })).rows).toBe(1000);
  });

  it('may set its fields apart by spaces where nothing else does, and have names twice', async () => {
    // numpy.savetxt(file, a), and pandas.DataFrame.to_csv with columns of one name
    expect((await read('1 2 3\n4 5 6\n7 8 9\n')).columns).toEqual({
      x: Float32Array.of(1, 2, 4, 5, 7, 8),
      y: Float32Array.of(3, 6, 9),
    });
    expect(sniff('name,age\nann lee,3\nbob ray,4\n').delimiter).toBe(',');
    expect((await survey('a,a\n1,2\n3,4\n')).survey.fields.map(({ name }) => name)).toEqual(['a', 'a (2)']);
  });

  it('orders and groups rows for splits', async () => {
    const { groups, order, columns } = await read(
      'day,who,v,w\n2024-03-01,b,1,2\n1.1.1970,a,3,4\n2024-02-29T12:00,b,5,6\n',
      {
        order: 'day',
        group: 'who',
        kinds: { who: 'class' },
        target: 'w',
      },
    );
    // (datetime(2024, 3, 1) - datetime(1970, 1, 1)).days
    expect([...(order ?? [])]).toEqual([19783, 0, 19782.5]);
    expect([...(groups ?? [])]).toEqual([0, 1, 0]);
    expect([...(columns.x ?? [])]).toEqual([1, 3, 5]);
  });
});

describe('how a table is written', () => {
  it.each([
    ['a,b\n1,2\n', { delimiter: ',', decimal: '.', header: true }],
    ['1,5;2,5\n3,5;4,25\n', { delimiter: ';', decimal: ',', header: false }],
    ['x\ty\n1.5\ttwo\n', { delimiter: '\t', decimal: '.', header: true }],
    ['1|2\n3|4\n', { delimiter: '|', decimal: '.', header: false }],
    ['1\n2\n3\n', { delimiter: ',', decimal: '.', header: false }],
    ['a;b,c;d\n1;2,5;x\n2;3,5;y\n', { delimiter: ';', decimal: ',', header: true }],
    ['k,v\na,b\nc,b\na,d\n', { delimiter: ',', decimal: '.', header: true }],
  ] as const)('%j', (text, form) => {
    expect(sniff(text)).toEqual(form);
  });

  it('is also UTF-16 and windows-1252', async () => {
    const utf16 = new Uint8Array(
      new Uint16Array([0xfeff, ...[...'é,n\nü,1\nö,2\n'].map((c) => c.charCodeAt(0))]).buffer,
    );
    expect((await survey(utf16)).survey.first).toEqual([
      ['ü', '1'],
      ['ö', '2'],
    ]);
    const latin = Uint8Array.from([...'é,n\nü,1\nö,2\n'].map((c) => c.charCodeAt(0)));
    const found = await survey(latin);
    expect([found.form.encoding, found.survey.first[0]]).toEqual(['windows-1252', ['ü', '1']]);
  });

  it.each([
    ['', 'it has no rows'],
    [`${'a,'.repeat(20_000)}a\n1,2\n`, 'it has 20001 columns; the limit is 16384'],
    ['a\0b\n1\n', 'it holds bytes that are 0: it is no text, or one that should be saved as UTF-8'],
  ])('%# is refused with the reason', async (text, en) => {
    expect(await surveyTable(() => pieces(utf8(text)))).toMatchObject({ fault: { en } });
  });

  it('a million columns in one line are no row', async () => {
    const found = await surveyTable(() => pieces(utf8(`a,b\n1,2\n${','.repeat(1_100_000)}\n3,4\n`)));
    expect(found).toMatchObject({
      survey: { rows: 2, broken: [{ line: 3, why: 'fields', found: 1_100_001 }] },
    });
  });

  it('names that reach prototypes are names', async () => {
    const { columns, recipe } = await read('__proto__,constructor\n1,toString\n2,toString\n3,a\n4,a\n');
    expect(recipe.fields.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
    expect([...(columns.y ?? [])]).toEqual([1, 1, 0, 0]);
  });
});

describe('cells', () => {
  it('are numbers as pandas reads them', () => {
    expect(['1', '-1.5', '.5', '1e3', ' 2 ', '+3'].map((cell) => readNumber(cell, '.'))).toEqual([
      1, -1.5, 0.5, 1000, 2, 3,
    ]);
    for (const cell of ['0x10', '1,5', '1e999', 'Infinity', '', '1 2', '1_000'])
      expect(readNumber(cell, '.')).toBeNaN();
    expect(readNumber('-1,5', ',')).toBe(-1.5);
    expect(readNumber('1.5', ',')).toBeNaN();
  });

  it('are dates only where there is such a day', () => {
    expect(readDate('31.12.1969')).toBe(-1);
    for (const cell of ['2023-02-29', '2024-13-01', '1.5', '2024-01-01T25:00'])
      expect(readDate(cell)).toBeNaN();
  });
});

describe('rows to predict for', () => {
  it('are found by their names, in any order, with or without what is to be told', async () => {
    const { recipe } = await read(flowers, { kinds: { name: 'ignored', petal: 'number' } });
    expect(rowsToPredict('place;petal\nhill;0,5\n', recipe)).toEqual({
      rows: 1,
      x: Float32Array.from([0.5, 0, 1]),
      lines: [2],
    });
    expect(rowsToPredict('place\nhill\n', recipe)).toEqual({ missingField: 'petal' });
    expect(rowsToPredict('place;petal\nmoon;0,5\n', recipe)).toEqual({
      unknown: { line: 2, field: 'place', cell: 'moon' },
    });
    expect(rowsToPredict('place;petal\nhill\n', recipe)).toEqual({
      wrongWidth: { line: 2, found: 1, wanted: 2 },
    });
  });

  it('stand as in the table where it has no header; the target may be left out', async () => {
    const { recipe } = await read('1,2,0\n3,4,1\n', { kinds: {}, target: 'column 3' });
    expect(rowsToPredict('5,6\n', recipe)).toMatchObject({ x: Float32Array.from([5, 6]) });
    expect(rowsToPredict('5,6,1\n', recipe)).toMatchObject({ x: Float32Array.from([5, 6]) });
  });
});

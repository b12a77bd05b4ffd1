import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../test/support/properties.ts';
import { MOST_IN_ROW, rowReader } from './row-reader.ts';

function read(pieces: readonly string[], delimiter = ',') {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const broken: (readonly [number, string])[] = [];
  const reader = rowReader(delimiter, {
    row: (fields, line) => {
      rows.push(fields);
      lines.push(line);
    },
    broken: (line, why) => broken.push([line, why]),
  });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { rows, lines, broken };
}

describe('rows of delimited text', () => {
  it('keeps newlines, delimiters and doubled quotes inside of quotes, and counts lines', () => {
    // list(csv.reader(io.StringIO(text, newline='')))
    expect(read(['a,b\r\n"x, y","1 ""q""\n2"\r\n\r\n"",z'])).toEqual({
      rows: [
        ['a', 'b'],
        ['x, y', '1 "q"\n2'],
        ['', 'z'],
      ],
      lines: [1, 2, 5],
      broken: [],
    });
  });

  it('leaves out a line whose quote is broken, and goes on with the next', () => {
    expect(read(['a,b\n1,2\n"3"x,4\n5,6\n"7,8\n9,10\n'])).toEqual({
      rows: [
        ['a', 'b'],
        ['1', '2'],
        ['5', '6'],
        ['9', '10'],
      ],
      lines: [1, 2, 4, 6],
      broken: [
        [3, 'quote'],
        [5, 'quote'],
      ],
    });
  });

  it('a quote that is never closed costs one line, not the file', () => {
    const rest = '1,2\n'.repeat(400_000);
    const { rows, broken } = read(['a,b\n"oops,2\n', ...(rest.match(/[\s\S]{1,65536}/g) ?? [])]);
    expect([rows.length, broken]).toEqual([400_001, [[2, 'quote']]]);
  });

  it('a line without an end is passed over', () => {
    const long = 'x'.repeat(70_000);
    const pieces = ['a\n', ...Array.from({ length: 20 }, () => long), '\nb\n'];
    expect(20 * long.length).toBeGreaterThan(MOST_IN_ROW);
    expect(read(pieces)).toEqual({ rows: [['a'], ['b']], lines: [1, 3], broken: [[2, 'long']] });
  });

  it('reads what was written, wherever the text is cut and however lines end', () => {
    const field = fc.stringMatching(/^[a-z0-9 ;,"\n]{0,6}$/);
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    const cuts = fc.array(fc.nat(40), { maxLength: 6 });
    fc.assert(
      fc.property(table, ends, cuts, fc.boolean(), (rows, end, sizes, all) => {
        const quote = (text: string) =>
          all || /[,"\n]/.test(text) || text.startsWith(' ') ? `"${text.replaceAll('"', '""')}"` : text;
        let text = rows.map((fields) => fields.map(quote).join(',')).join(end) + end;
        const pieces: string[] = [];
        for (const size of sizes) {
          pieces.push(text.slice(0, size));
          text = text.slice(size);
        }
        const { rows: found, broken } = read([...pieces, text]);
        expect(found).toEqual(rows);
        expect(broken).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the sound rows of any text as a reader without pieces does, and throws on none', () => {
    const letters = fc.array(fc.constantFrom('a', '1', ',', '"', '\n', '\r', '""', '","'), { maxLength: 60 });
    fc.assert(
      fc.property(letters, fc.nat(30), (parts, at) => {
        const text = parts.join('');
        const { rows, broken } = read([text.slice(0, at), text.slice(at)]);
        if (!text.includes('"')) {
          expect(broken).toEqual([]);
          const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
          expect(rows).toEqual(lines.map((line) => line.split(',')));
        }
        for (const row of rows) expect(row.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

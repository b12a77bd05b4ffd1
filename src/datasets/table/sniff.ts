/** How a table is written, guessed from its beginning: what parts its fields, decimal commas, and whether it has a header. */
import type { Decimal } from './cells.ts';
import { isMissing, readDate, readNumber } from './cells.ts';
import { rowReader } from './row-reader.ts';

export interface TableForm {
  readonly delimiter: string;
  readonly decimal: Decimal;
  /** Whether the first row names the columns. */
  readonly header: boolean;
}

const delimiters = [',', ';', '\t', '|', ' '] as const;
/** Rows that are looked at. */
const ROWS = 100;

export function rowsOf(
  text: string,
  delimiter: string,
  most = Number.POSITIVE_INFINITY,
): (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const reader = rowReader(delimiter, {
    row: (fields) => {
      if (rows.length < most) rows.push(fields);
    },
    broken: () => {},
  });
  reader.push(text);
  reader.end();
  return rows;
}

/** How many rows have as many fields as most have, and how many fields these are. */
function agreement(rows: readonly (readonly string[])[]): { readonly rows: number; readonly fields: number } {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [[fields, agreeing] = [1, 0]] = [...counts].sort(([, a], [, b]) => b - a);
  return { rows: agreeing, fields };
}

const isNumber = (cell: string): boolean =>
  !Number.isNaN(readNumber(cell, '.')) || !Number.isNaN(readNumber(cell, ','));

/** `text`: the beginning, of whole lines where possible. */
export function sniff(text: string): TableForm {
  const lines = text.slice(0, 2 ** 17);
  const tried = delimiters.map((delimiter) => {
    const rows = rowsOf(lines, delimiter, ROWS);
    const { rows: agreeing, fields } = agreement(rows);
    // “1,5;2,5”: by commas it agrees as well, into pieces of numbers. What parts whole numbers goes before.
    const cells = rows.flat();
    const numbers = cells.filter(isNumber).length / Math.max(1, cells.length);
    return { delimiter, rows, score: fields < 2 ? 0 : agreeing / rows.length + numbers, fields };
  });
  const semicolons = tried[1];
  const best = tried.reduce((a, b) => {
    // Spaces stand in texts, too: they part fields where nothing else does.
    if (b.delimiter === ' ' && a.score > 0) return a;
    if (b.score > a.score) return b;
    // Where semicolons and commas both part all rows alike, the commas are decimal.
    return b === semicolons && b.score > 0.9 && b.score >= a.score - 0.5 && a.delimiter === ',' ? b : a;
  });
  const { delimiter, rows } = best;
  const cells = rows.flat();
  const commas = cells.filter((cell) => /^\s*[+-]?\d*,\d+\s*$/.test(cell)).length;
  const points = cells.filter((cell) => /^\s*[+-]?\d*\.\d+\s*$/.test(cell)).length;
  return { delimiter, decimal: commas > points ? ',' : '.', header: hasHeader(rows) };
}

/** A first row of texts, none of them a gap, above a column in which numbers or dates follow, or values that come again. */
function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = rows;
  if (!first || rest.length === 0) return false;
  const isValue = (cell: string) => isNumber(cell) || !Number.isNaN(readDate(cell));
  if (first.some(isValue)) return false;
  const fitting = rest.filter(({ length }) => length === first.length);
  const areValues = first.some((_, c) => fitting.some((row) => isValue(row[c] ?? '')));
  // Where all is text, a name stands once and values come again.
  const comesAgain = (c: number) => fitting.some((row) => row[c] === first[c]);
  const repeats = (c: number) => new Set(fitting.map((row) => row[c])).size < fitting.length;
  return areValues
    ? first.every((cell) => !isMissing(cell) || cell.trim() === '')
    : new Set(first).size === first.length &&
        !first.some((_, c) => comesAgain(c)) &&
        first.some((_, c) => repeats(c));
}

/** Numbers that somebody has copied from a spreadsheet, a paper or a program, as an array. */
import { readNumber } from './cells.ts';

export interface NumberTable {
  /** None for one number; one size for a row or a column. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: readonly number[];
}

/** What a Tensor takes. */
const MOST = 1_000_000;

type Cells = readonly (readonly string[])[];

/**
 * Rows of equally many numbers; undefined where the text is none. Fields are parted by tabs, semicolons, blanks or
 * commas, and brackets are passed over, so that what NumPy prints is read as well. A comma between digits is decimal
 * where something else parts the fields: `1,5 2,5` are two numbers, `1,5` are two as well.
 */
export function numberTable(text: string): NumberTable | undefined {
  if (text.length > 32 * MOST) return undefined;
  const lines = text
    .replace(/[[\](){}]/g, ' ')
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const split = (by: string | RegExp): Cells =>
    lines.map((line) => line.split(by).map((cell) => cell.trim()));
  const tries: readonly Cells[] = [
    ...(text.includes('\t') ? [split('\t')] : []),
    ...(text.includes(';') ? [split(/\s*;\s*/)] : []),
    split(/\s+/),
    // `1, 2,` as Python writes rows that go on.
    lines.map((line) => line.replace(/,$/, '').split(/\s*,\s*/)),
  ];
  for (const cells of tries) {
    const read = readAll(cells);
    if (read) return read;
  }
  return undefined;
}

function readAll(cells: Cells): NumberTable | undefined {
  const width = cells[0]?.length ?? 0;
  if (width === 0 || cells.length * width > MOST || cells.some((row) => row.length !== width))
    return undefined;
  const all = cells.flat();
  // A single column of “1,5” is as likely rows of two: commas part then.
  const marks = width > 1 ? (['.', ','] as const) : (['.'] as const);
  for (const decimal of marks) {
    const values = all.map((cell) => readNumber(cell, decimal));
    if (values.every(Number.isFinite)) return { shape: shapeOf(cells.length, width), values };
  }
  return undefined;
}

const shapeOf = (rows: number, columns: number): readonly number[] =>
  rows * columns === 1 ? [] : rows === 1 ? [columns] : columns === 1 ? [rows] : [rows, columns];

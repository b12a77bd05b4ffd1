/** What is written in one field of a table: a number, a date, nothing, or text. */

export type Decimal = '.' | ',';

/** What pandas takes for missing (pandas.read_csv, na_values), and a few more that people write. */
const missing = new Set(
  [
    ...[
      '',
      '#n/a',
      '#n/a n/a',
      '#na',
      '-1.#ind',
      '-1.#qnan',
      '-nan',
      '1.#ind',
      '1.#qnan',
      '<na>',
      'n/a',
      'na',
    ],
    ...['nan', 'none', 'null', '-', '–', '?', '.'],
  ].values(),
);

export const isMissing = (cell: string): boolean => {
  if (cell.length > 9) return false;
  // Most cells begin with a digit, and none of these with one but 1.#IND: tables of 10⁸ cells come this way.
  const first = cell.charCodeAt(0);
  if (first >= 48 && first <= 57 && cell.charCodeAt(2) !== 35) return false;
  return missing.has(cell.trim().toLowerCase());
};

const patterns: Readonly<Record<Decimal, RegExp>> = {
  '.': /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/,
  ',': /^\s*[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?\s*$/,
};

/** NaN where it is no number, or one beyond what single precision holds. */
export function readNumber(cell: string, decimal: Decimal): number {
  if (!patterns[decimal].test(cell)) return Number.NaN;
  const value = Number(decimal === ',' ? cell.replace(',', '.') : cell);
  return Math.abs(value) <= 3.4028234663852886e38 ? value : Number.NaN;
}

const mayBeDate = (cell: string): boolean => cell.length >= 8 && cell.length <= 40;

const date =
  /^\s*(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*Z?)?\s*$/;

/** Days since the beginning of 1970, of `2024-05-31`, `2024/5/31`, `31.5.2024`, with or without a time; NaN of all else. */
export function readDate(cell: string): number {
  const found = mayBeDate(cell) ? date.exec(cell) : null;
  if (!found) return Number.NaN;
  const [, y1, m1, d1, d2, m2, y2, hour = '0', minute = '0', second = '0'] = found;
  const [year, month, day] = [Number(y1 ?? y2), Number(m1 ?? m2), Number(d1 ?? d2)];
  const at = new Date(Date.UTC(year, month - 1, day));
  // 31 February is none.
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return Number.NaN;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s >= 60) return Number.NaN;
  return at.getTime() / 86_400_000 + h / 24 + m / 1440 + s / 86_400;
}

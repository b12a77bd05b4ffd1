/**
 * Numbers as people paste them: `1, 2, 3`, rows on lines, `[[1, 2], [3, 4]]`, tabs from a spreadsheet.
 * Gives them flat, row-major. Nested lists must be regular; lines are but a way to write.
 */
import { fill, type Text } from '../../base/text.ts';
import { inspector } from '../strings/inspector.ts';

export type NumbersReading =
  | { readonly values: readonly number[]; readonly shape: readonly number[] }
  | { readonly problem: Text };

const TOKEN = /[[\](){}]|[^\s,;，；[\](){}]+/g;
const opens = '[({';
const closes = '])}';

/**
 * `1,5 2,5`: each comma stands between digits, and blanks or semicolons part what looks like one number each.
 * Between tabs, as a spreadsheet writes them, such a comma can only be a decimal one.
 */
function commaDecimals(text: string): readonly string[] | undefined {
  const lines = text.trim().split(/\s*\n\s*/);
  const parts = lines.flatMap((line) => line.split(/[\s;；]+/)).filter(Boolean);
  const isNumber = (part: string) => /^[-−+]?\d+(,\d+)?$/.test(part);
  const hasComma = parts.some((part) => part.includes(','));
  const parted = parts.length > lines.length;
  return hasComma && parted && parts.every(isNumber) ? parts : undefined;
}

/**
 * `needed`: how many numbers there are to be. Where commas could be decimal ones as well, the reading is taken
 * that gives as many; where that does not tell, it is asked for.
 */
export function parseNumbers(text: string, needed?: number): NumbersReading {
  const decimals = commaDecimals(text);
  if (decimals) {
    const apart = text.match(/\d+/g)?.length;
    const isDecimal = text.includes('\t') || (decimals.length === needed && apart !== needed);
    if (isDecimal) return readList(decimals.join(' ').replaceAll(',', '.'));
    if (apart !== needed) {
      const [example = ''] = decimals.filter((part) => part.includes(','));
      const values = { example, point: example.replace(',', '.'), list: example.replace(',', ', ') };
      return { problem: fill(inspector.commaOrPoint, values) };
    }
  }
  return readList(text);
}

function readList(text: string): NumbersReading {
  const values: number[] = [];
  /** How many members each open list has so far. */
  const open: number[] = [];
  /** The length of the lists at each depth, once one of them is closed. */
  const lengths: number[] = [];
  let deepest = 0;
  /** The depth at which the numbers stand: the same for all. */
  let level: number | undefined;
  let outer = 0;
  const member = () => {
    if (open.length === 0) outer++;
    else open[open.length - 1] = (open.at(-1) as number) + 1;
  };

  for (const [token] of text.matchAll(TOKEN)) {
    if (opens.includes(token)) {
      member();
      open.push(0);
      deepest = Math.max(deepest, open.length);
    } else if (closes.includes(token)) {
      const length = open.pop();
      if (length === undefined) return { problem: inspector.unclosed };
      const depth = open.length;
      if ((lengths[depth] ?? length) !== length) return { problem: inspector.ragged };
      lengths[depth] = length;
    } else {
      const value = readNumber(token);
      if (value === undefined) return { problem: fill(inspector.badNumber, { token: token.slice(0, 20) }) };
      level ??= open.length;
      if (open.length !== level) return { problem: inspector.ragged };
      member();
      values.push(value);
    }
  }
  if (open.length > 0) return { problem: inspector.unclosed };
  if ((level ?? deepest) !== deepest) return { problem: inspector.ragged };
  if (deepest === 0) return { values, shape: [values.length] };
  const shape = outer === 1 ? lengths : [outer, ...lengths];
  return shape.reduce((n, s) => n * s, 1) === values.length
    ? { values, shape }
    : { problem: inspector.ragged };
}

/** Also the true minus sign, and simple fractions such as 1/3. */
function readNumber(token: string): number | undefined {
  const plain = token.replace('−', '-');
  const [, above, below] = /^(-?[\d.]+)\/([\d.]+)$/.exec(plain) ?? [];
  const value = above === undefined ? Number(plain) : Number(above) / Number(below);
  return Number.isFinite(value) ? value : undefined;
}

/** Row-major numbers as text: a line for each row of the last axis. */
export function formatNumbers(values: readonly number[], columns: number): string {
  const width = Math.max(1, columns);
  const lines: string[] = [];
  for (let i = 0; i < values.length; i += width) lines.push(values.slice(i, i + width).join(', '));
  return lines.join('\n');
}

/**
 * Rows of fields out of delimited text (RFC 4180) that comes in pieces. Papa Parse takes lines apart; this counts them,
 * leaves out those that are broken, and holds no more than one row and one piece at a time, whatever a quote that is
 * never closed would swallow.
 */
import Papa from 'papaparse';

/** The most letters of a row: what is longer is broken, or no table. */
export const MOST_IN_ROW = 2 ** 20;
/** The most columns of a table. */
export const MOST_COLUMNS = 16_384;

/** Why a line is left out: a quote that is not closed, or behind which more stands; too long; not as many fields as the others. */
export type Breakage = 'quote' | 'long' | 'fields';

export interface RowListener {
  /** `line`: where it begins, counted from 1. */
  row(fields: readonly string[], line: number): void;
  /** `found`: its fields, where these are too few or too many. */
  broken(line: number, why: Breakage, found?: number): void;
}

export interface RowReader {
  /** The next piece of the text, wherever it is cut. Lines may end as they do on any system. */
  push(text: string): void;
  end(): void;
}

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly unknown[];
  readonly meta: { readonly cursor: number };
}
interface PapaParser {
  parse(input: string, baseIndex: number, ignoreLastRow: boolean): Parsed;
  abort(): void;
}
/** The part of Papa Parse below its streams; its types describe only those. */
const Parser = Papa.Parser as unknown as new (config: {
  readonly delimiter: string;
  readonly newline: '\n';
  readonly step?: (parsed: Parsed) => void;
}) => PapaParser;

const newline = '\n' as const;

export function rowReader(delimiter: string, hear: RowListener): RowReader {
  /** What is not taken apart yet, from the beginning of a line. */
  let pending = '';
  let line = 1;
  /** A line that is too long is passed over up to its end. */
  let skipping = false;
  let endsInReturn = false;

  function tell(fields: readonly string[]): void {
    const begun = line++;
    for (const field of fields) {
      if (!field.includes(newline)) continue;
      for (const letter of field) if (letter === newline) line++;
    }
    // A blank line is no row.
    if (fields.length > 1 || fields[0] !== '') hear.row(fields, begun);
  }

  /** Leaves out the line that `pending` begins with. */
  function leaveOut(why: Breakage): void {
    const end = pending.indexOf(newline);
    hear.broken(line, why);
    if (end < 0) {
      skipping = true;
      pending = '';
      return;
    }
    line++;
    pending = pending.slice(end + 1);
  }

  /** Gives the rows before the first that is broken; whether there is one. */
  function takeSound(isLast: boolean): boolean {
    let cursor = 0;
    let isBroken = false;
    const parser: PapaParser = new Parser({
      delimiter,
      newline,
      step({ data, errors, meta }) {
        if (errors.length > 0) {
          isBroken = true;
          parser.abort();
          return;
        }
        cursor = meta.cursor;
        for (const row of data) tell(row);
      },
    });
    const rest = parser.parse(pending, 0, !isLast);
    pending = pending.slice(cursor);
    return isBroken || rest.errors.length > 0;
  }

  function take(isLast: boolean): void {
    while (pending !== '') {
      const { data, errors, meta } = new Parser({ delimiter, newline }).parse(pending, 0, !isLast);
      if (errors.length === 0) {
        for (const row of data) tell(row);
        pending = isLast ? '' : pending.slice(meta.cursor);
        break;
      }
      if (takeSound(isLast)) leaveOut('quote');
    }
    while (pending.length > MOST_IN_ROW) leaveOut(isQuoted(pending) ? 'quote' : 'long');
  }

  /** Whether the first line opens a quote: it is then not its length that is wrong. */
  const isQuoted = (text: string): boolean => {
    const end = text.indexOf(newline);
    return end >= 0 && text.slice(0, end).includes('"');
  };

  return {
    push(text) {
      let piece = text;
      // Of CR LF the one may end a piece and the other begin the next.
      if (endsInReturn && piece.startsWith(newline)) piece = piece.slice(1);
      endsInReturn = text.endsWith('\r');
      if (piece.includes('\r')) piece = piece.replace(/\r\n?/g, newline);
      if (skipping) {
        const end = piece.indexOf(newline);
        if (end < 0) return;
        skipping = false;
        line++;
        piece = piece.slice(end + 1);
      }
      pending += piece;
      if (pending.includes(newline) || pending.length > MOST_IN_ROW) take(false);
    },
    end() {
      take(true);
      pending = '';
    },
  };
}

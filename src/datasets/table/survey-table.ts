/** A look through a whole file of a table: how it is written, what stands in it, its checksum; in one pass. */
import { sha256 } from '../../base/sha256.ts';
import { type Text, text } from '../../base/text.ts';
import { type Bytes, decoded, type Encoding, encodingOf, NotThisEncoding } from './decode.ts';
import { columnNames } from './read-table.ts';
import { MOST_COLUMNS, rowReader } from './row-reader.ts';
import { sniff, type TableForm } from './sniff.ts';
import { type Surveyor, surveyor, type TableSurvey } from './survey.ts';

export interface SurveyedTable {
  readonly survey: TableSurvey;
  readonly form: TableForm & { readonly encoding: Encoding };
  readonly sha256: string;
  readonly bytes: number;
}

export interface SurveyOptions {
  /** What is not to be guessed. */
  readonly form?: Partial<TableForm> | undefined;
}

/** Letters from which the form is guessed. */
const SNIFFED = 2 ** 16;

/** `open`: the file from its beginning, once more where it is not UTF-8 after all. */
export async function surveyTable(
  open: () => Bytes,
  options: SurveyOptions = {},
): Promise<SurveyedTable | { readonly fault: Text }> {
  let encoding: Encoding = 'utf-8';
  for await (const piece of open()) {
    encoding = encodingOf(piece);
    break;
  }
  try {
    return await surveyAs(open(), encoding, options);
  } catch (error) {
    if (!(error instanceof NotThisEncoding) || encoding !== 'utf-8') throw error;
    // What spreadsheets write in western Europe where it is not UTF-8.
    return surveyAs(open(), 'windows-1252', options);
  }
}

async function surveyAs(
  bytes: Bytes,
  encoding: Encoding,
  { form: given = {} }: SurveyOptions,
): Promise<SurveyedTable | { readonly fault: Text }> {
  const hash = sha256();
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      hash.push(piece);
      read += piece.length;
      yield piece;
    }
  }

  let beginning = '';
  let form: TableForm | undefined;
  let counter: Surveyor | undefined;
  let tooMany = 0;
  const early: (() => void)[] = [];
  let reader: ReturnType<typeof rowReader> | undefined;

  function begin(): ReturnType<typeof rowReader> {
    form = { ...sniff(beginning), ...given };
    const { delimiter, decimal, header } = form;
    return rowReader(delimiter, {
      row(fields, line) {
        if (counter) return counter.row(fields, line);
        if (fields.length > MOST_COLUMNS) {
          tooMany ||= fields.length;
          return;
        }
        counter = surveyor(header ? columnNames(fields) : columnNames(fields.map(() => '')), decimal);
        for (const tell of early) tell();
        if (!header) counter.row(fields, line);
      },
      broken(line, why) {
        if (counter) counter.broken(line, why);
        else early.push(() => counter?.broken(line, why));
      },
    });
  }

  for await (const piece of decoded(counted(), encoding)) {
    if (tooMany > 0) break;
    if (reader) {
      reader.push(piece);
      continue;
    }
    beginning += piece;
    if (beginning.length < SNIFFED) continue;
    reader = begin();
    reader.push(beginning);
  }
  if (!reader) {
    reader = begin();
    reader.push(beginning);
  }
  reader.end();
  if (beginning.includes('\0'))
    return {
      fault: text(
        'it holds bytes that are 0: it is no text, or one that should be saved as UTF-8',
        '其中有为 0 的字节：它不是文本，或应另存为 UTF-8',
      ),
    };
  if (tooMany > 0)
    return {
      fault: text(
        `it has ${tooMany} columns; the limit is ${MOST_COLUMNS}`,
        `它有 ${tooMany} 列；上限为 ${MOST_COLUMNS}`,
      ),
    };
  const survey = counter?.result();
  if (!survey || survey.rows === 0 || !form) return { fault: text('it has no rows', '其中没有行') };
  return { survey, form: { ...form, encoding }, sha256: hash.end(), bytes: read };
}

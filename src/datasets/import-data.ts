/** What a document says of a file that somebody brings: its checksum, rows and columns, and how they are made of the bytes. */

import { kindOfBytes } from '../base/file-kind.ts';
import { sha256 } from '../base/sha256.ts';
import { type Text, text } from '../base/text.ts';
import type { Column, OwnData } from './dataset.ts';
import { isArchive } from './formats/bundle.ts';
import type { TensorData } from './formats/elements.ts';
import { isImage } from './image-archive.ts';
import { tooLarge } from './room.ts';
import { type Bytes, joined } from './table/decode.ts';
import { readTable } from './table/read-table.ts';
import { type Choices, columnsOf, recipeFor, type TableRecipe } from './table/recipe.ts';
import type { TableSurvey } from './table/survey.ts';
import type { SurveyedTable } from './table/survey-table.ts';
import { charactersOf, windowCount } from './text-windows.ts';

export type Imported = { readonly own: OwnData; readonly dropped?: number } | { readonly fault: Text };

const recordOf = (columns: readonly Column[]): OwnData['columns'] =>
  Object.fromEntries(
    columns.map(({ name, axes, classes, names }) => [
      name,
      {
        shape: axes.map(({ size }) => size),
        ...(axes.length > 0 && { axes: axes.map((axis) => axis.name) }),
        ...(classes !== undefined && { classes }),
        ...(names && { names: [...names] }),
      },
    ]),
  );

/**
 * Second look: which rows remain under what was chosen. `path`: relative to the document. That they are too many is told
 * before the file is read.
 */
export async function importTable(
  open: () => Bytes,
  { survey, form, sha256: sum }: SurveyedTable,
  choices: Choices,
  path: string,
): Promise<Imported> {
  if (survey.rows < 2) return { fault: fewRows(survey) };
  const recipe = recipeFor(survey, form, choices);
  const columns = columnsOf(recipe);
  if (!columns.some(({ name }) => name === 'x'))
    return { fault: text('no column of it is an input', '没有可作为输入的列') };
  const short = columns.find(({ classes }) => classes !== undefined && classes < 2);
  if (short) return { fault: text('what is to be told has one value only', '要预测的列只有一个取值') };
  const wanted = tableData(sum, recipe.sample?.rows ?? survey.rows, recipe, path);
  const tooMany = tooLarge(wanted);
  if (tooMany) return { fault: tooMany };
  const { rows, dropped } = await readTable(open(), recipe);
  if (rows < 2) return { fault: fewRows(survey) };
  return { own: { ...wanted, rows }, dropped };
}

function fewRows({ leftOut, broken: [first] }: TableSurvey): Text {
  if (leftOut === 0 || !first) return text('fewer than two rows remain', '剩余的行少于两行');
  return text(
    `fewer than two rows remain: ${leftOut} lines are broken, the first of them line ${first.line}`,
    `剩余的行少于两行：有 ${leftOut} 行有误，第一处在第 ${first.line} 行`,
  );
}

const tableData = (sum: string, rows: number, recipe: TableRecipe, path: string): OwnData => ({
  sha256: sum,
  rows,
  columns: recordOf(columnsOf(recipe)),
  source: { kind: 'file', path, format: 'table', table: recipe },
});

export type ArrayFormat = 'npy' | 'npz' | 'safetensors';

/** By how a file begins and what it is called; undefined where it is none of arrays. */
export function arrayFormatOf(name: string, [a, b]: Uint8Array): ArrayFormat | undefined {
  if (a === 0x93 && b === 0x4e) return 'npy';
  if (/\.safetensors$/i.test(name)) return 'safetensors';
  return a === 0x50 && b === 0x4b && /\.npz$/i.test(name) ? 'npz' : undefined;
}

const spreadsheets = /\.(xlsx?|xlsm|ods|numbers)$/i;

/** Why a file is none of those that data are read from, by its name and how it begins; undefined where it may be one. */
export function otherKind(name: string, start: Uint8Array): Text | undefined {
  if (spreadsheets.test(name))
    return text(
      'it is a spreadsheet: save the sheet as CSV there, and choose that',
      '它是电子表格：请在其中将工作表另存为 CSV，再选择该文件',
    );
  const head = new TextDecoder().decode(start.subarray(0, 64));
  const kind = /^\ufeff?\s*(\{\s*"|\[\s*[[{])/.test(head) ? text('JSON', 'JSON') : kindOfBytes(start);
  // Pictures by themselves, and archives of them, are looked at as such.
  if (!kind || arrayFormatOf(name, start) || isArchive(start) || isImage(name)) return undefined;
  return kind.en === 'a gzip archive'
    ? text('it is a gzip archive: unpack it first', '它是 gzip 压缩包：请先解压')
    : text(`it is ${kind.en}, not a table: save it as CSV`, `它是${kind.zh}，不是表格：请另存为 CSV`);
}

/** The arrays of a file whose first axes are rows. */
async function readArrays(
  format: ArrayFormat,
  bytes: Uint8Array,
): Promise<ReadonlyMap<string, TensorData> | { readonly fault: Text }> {
  const read =
    format === 'npy'
      ? (await import('./formats/npy.ts')).readNpy(bytes)
      : format === 'npz'
        ? await (await import('./formats/read-npz.ts')).readNpz(bytes)
        : (await import('./formats/safetensors.ts')).readSafetensors(bytes);
  if ('error' in read) return { fault: read.error };
  if ('tensors' in read.value) return read.value.tensors;
  return read.value instanceof Map ? read.value : new Map([['x', read.value as TensorData]]);
}

const MOST_LABELS = 1000;

/** Whole numbers from 0 of which each row has one are labels. */
function classesOf({ shape, data, areIntegers }: TensorData): number | undefined {
  if (shape.length !== 1) return undefined;
  let greatest = 0;
  for (const value of data) {
    if (!Number.isInteger(value) || value < 0 || value >= MOST_LABELS) return undefined;
    if (value > greatest) greatest = value;
  }
  return areIntegers || greatest * 5 <= data.length ? greatest + 1 : undefined;
}

/** Columns of arrays: those that have as many rows as the first of them. */
export async function importArrays(format: ArrayFormat, bytes: Uint8Array, path: string): Promise<Imported> {
  const arrays = await readArrays(format, bytes);
  if ('fault' in arrays) return arrays;
  const [first] = arrays.values();
  const rows = first?.shape[0];
  if (rows === undefined || rows < 2)
    return {
      fault: text('its first axis, which counts rows, is shorter than 2', '其第一个轴（行数）小于 2'),
    };
  const used = [...arrays].filter(([, { shape }]) => shape[0] === rows && shape.every((size) => size > 0));
  // Labels stand last, as what the others are to tell.
  const named = used.map(([name, array]) => ({ name, array, classes: classesOf(array) }));
  const ordered = [...named.filter(({ classes }) => !classes), ...named.filter(({ classes }) => classes)];
  const columns = ordered.map(
    ({ name, array: { shape }, classes }): Column => ({
      name,
      axes: shape.slice(1).map((size, d) => ({ name: axisName(d, shape.length - 1), size })),
      ...(classes !== undefined && classes >= 2 && { classes }),
    }),
  );
  const hash = sha256();
  hash.push(bytes);
  const source = { kind: 'file', path, format };
  const own: OwnData = { sha256: hash.end(), rows, columns: recordOf(columns), source };
  const tooMany = tooLarge(own);
  return tooMany ? { fault: tooMany } : { own };
}

/** Of one axis: features; of three: an image. */
const axisName = (d: number, rank: number): string =>
  rank === 1 ? 'f' : rank === 3 ? (['channel', 'h', 'w'][d] as string) : `d${d + 1}`;

const MOST_CHARACTERS = 5000;

/** Rows of so many characters of a text. */
export async function importText(bytes: Bytes, length: number, path: string): Promise<Imported> {
  const whole = await joined(bytes);
  const { decodeUtf8 } = await import('../base/utf8.ts');
  const { value, diagnostics } = decodeUtf8(whole);
  if (value === undefined)
    return { fault: diagnostics[0]?.message ?? text('it is not UTF-8', '它不是 UTF-8') };
  const counts = charactersOf(value);
  const vocabulary = [...counts.keys()];
  if (vocabulary.length < 2 || vocabulary.length > MOST_CHARACTERS)
    return {
      fault: text(
        `it is written in ${vocabulary.length} characters; from 2 to ${MOST_CHARACTERS} will do`,
        `它使用了 ${vocabulary.length} 种字符；可为 2 到 ${MOST_CHARACTERS} 种`,
      ),
    };
  const rows = windowCount(
    [...counts.values()].reduce((sum, n) => sum + n, 0),
    length,
  );
  if (rows < 2) return { fault: text('it is too short', '它太短') };
  const axes = [{ name: 't', size: length }];
  const classes = vocabulary.length;
  const hash = sha256();
  hash.push(whole);
  const own: OwnData = {
    sha256: hash.end(),
    rows,
    columns: recordOf([
      { name: 'x', axes, classes, names: vocabulary },
      { name: 'y', axes, classes, names: vocabulary },
    ]),
    source: { kind: 'file', path, format: 'text', windows: { vocabulary, length } },
  };
  const tooMany = tooLarge(own);
  return tooMany ? { fault: tooMany } : { own };
}

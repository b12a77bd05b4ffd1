/** How many numbers of data are held at once, and what to do about a file that has more: told before memory is spent. */
import { byteText } from '../base/bytes.ts';
import { type Text, text } from '../base/text.ts';
import type { OwnData } from './dataset.ts';

/** Of the columns of one data set, in single precision: as read, normalised, and in the plan they are there three times. */
export const MOST_NUMBERS = 2 ** 26;

const bytesOf = (numbers: number): string => byteText(4 * numbers);

/** Numbers in one row of all columns. */
export const numbersInRow = ({ columns }: Pick<OwnData, 'columns'>): number =>
  Object.values(columns).reduce((sum, { shape }) => sum + shape.reduce((n, size) => n * size, 1), 0);

/** Rows of so many numbers that there is room for; at least 1. */
export const rowsThatFit = (width: number): number =>
  Math.max(1, Math.floor(MOST_NUMBERS / Math.max(1, width)));

/** Why data cannot be held, and how many rows can; undefined where there is room. */
export function tooLarge(own: OwnData): Text | undefined {
  const width = numbersInRow(own);
  if (own.rows * width <= MOST_NUMBERS) return undefined;
  const [takes, most, fit] = [bytesOf(own.rows * width), bytesOf(MOST_NUMBERS), rowsThatFit(width)];
  const isTable = own.source.format === 'table';
  return text(
    `its ${own.rows} rows of ${width} numbers take ${takes}, and the limit is ${most}: ${isTable ? 'take a sample of' : 'save'} no more than ${fit} rows`,
    `其 ${own.rows} 行、每行 ${width} 个数需要 ${takes}，上限为 ${most}：请${isTable ? '抽取' : '保存'}不超过 ${fit} 行`,
  );
}

/** The same of a file that is read whole, by its bytes alone. */
export const tooLargeToRead = (bytes: number, most = 4 * MOST_NUMBERS): Text | undefined =>
  bytes <= most
    ? undefined
    : text(
        `it has ${byteText(bytes)}, and the limit is ${byteText(most)}: save a part of it`,
        `它有 ${byteText(bytes)}，上限为 ${byteText(most)}：请只保存一部分`,
      );

/** Numbers that choose among classes or rows, and those among them that choose nothing. */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { readPortKey } from '../base/path.ts';
import { text } from '../base/text.ts';
import type { ChoiceSpec } from '../compiler/types.ts';
import type { LoadedData } from './data.ts';

/** The position of the first number that is none of 0 … count − 1 and not the ignored one; −1 where all are. */
export function wrongChoice({ count, ignored }: ChoiceSpec, numbers: ArrayLike<number>): number {
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i] as number;
    if (!(Number.isInteger(x) && x >= 0 && x < count) && x !== ignored) return i;
  }
  return -1;
}

/** The first wrong number of each choice that is read from a data set as it is. Code: index-out-of-range. */
export function checkColumns(choices: readonly ChoiceSpec[], data: readonly LoadedData[]): Diagnostic[] {
  return choices.flatMap((choice) => {
    if (choice.column === undefined) return [];
    const { node: dataNode, port: column } = readPortKey(choice.column);
    const loaded = data.find(({ spec }) => spec.node === dataNode);
    const numbers = loaded?.columns[column] ?? [];
    const at = wrongChoice(choice, numbers);
    if (at < 0) return [];
    const row = Math.floor(at / (loaded?.spec.widths[column] ?? 1));
    const where = text(
      `In row ${row} of “${dataNode}” (counted from 0), “${column}”`,
      `“${dataNode}” 的第 ${row} 行（从 0 数起）中，“${column}”`,
    );
    const { node, port, count } = choice;
    const values = { where, value: String(numbers[at]), what: port, greatest: count - 1 };
    return [diagnose('index-out-of-range', { node, port }, values, { related: [{ node: dataNode }] })];
  });
}

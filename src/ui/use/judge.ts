/** What the scores of a classifier mean: probabilities, the class that is predicted, how sure it is, and how wrong. */
import { visible } from '../../base/visible.ts';
import type { JudgedRows } from '../../worker/protocol.ts';

export interface JudgedRow {
  /** Its place among the rows that were asked for. */
  readonly index: number;
  readonly truth: number;
  readonly predicted: number;
  /** Of the predicted class. */
  readonly confidence: number;
  /** Of the true class. */
  readonly ofTruth: number;
}

/**
 * Probabilities of one row: the softmax of its scores. Scores that are probabilities already, none below 0 and 1 in
 * all, stay as they are.
 */
export function probabilities(scores: ArrayLike<number>): number[] {
  const given = Array.from(scores);
  const sum = given.reduce((a, b) => a + b, 0);
  if (given.every((p) => p >= 0) && Math.abs(sum - 1) < 1e-4) return given;
  const greatest = Math.max(...given);
  const powers = given.map((score) => Math.exp(score - greatest));
  const all = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / all);
}

/** What a class is called. */
export const className = ({ names }: Pick<JudgedRows, 'names'>, index: number): string =>
  visible(names?.[index] ?? String(index));

/** The class with the largest number; the first of several. */
export const likeliest = (numbers: readonly number[]): number => numbers.indexOf(Math.max(...numbers));

export const rowOf = (numbers: Float32Array, index: number, width: number): Float32Array =>
  numbers.subarray(index * width, (index + 1) * width);

export function judge({ rows, labels, scores, classes }: JudgedRows): readonly JudgedRow[] {
  return rows.map((_, index) => {
    const chances = probabilities(rowOf(scores, index, classes));
    const predicted = likeliest(chances);
    const truth = labels[index] ?? Number.NaN;
    return { index, truth, predicted, confidence: chances[predicted] ?? 0, ofTruth: chances[truth] ?? 0 };
  });
}

/** The rows that gave their true class the least chance come first. */
export const worstFirst = (judged: readonly JudgedRow[]): readonly JudgedRow[] =>
  [...judged].sort((a, b) => a.ofTruth - b.ofTruth);

/** How many rows of each true class were taken for each: `[truth][predicted]`. */
export function confusion(judged: readonly JudgedRow[], classes: number): readonly (readonly number[])[] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted } of judged) {
    const row = counts[truth];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return counts;
}

/**
 * Text from a model of language, a character at a time: the scores behind what is written so far, made softer or
 * harder by a temperature, are the odds of the next. Which is drawn is a function of seed, row and place, so that the
 * same state writes the same on every host.
 */
import type { Outcome } from '../base/diagnostic.ts';
import { type Key, keyFrom, threefry } from '../base/random.ts';
import type { TextModel } from '../compiler/text-models.ts';
import type { TensorData } from '../datasets/formats/elements.ts';
import type { OpenPrediction } from './prediction.ts';

export interface TextWish {
  /** What every text begins with: classes of its characters (`encode`). */
  readonly prompt: readonly number[];
  /** How many texts. */
  readonly count: number;
  /** Characters of a text at most, the prompt's included. */
  readonly most: number;
  /** 1: the odds as they were learned. 0: always the likeliest. */
  readonly temperature: number;
  readonly seed: number;
}

/**
 * The classes of a text's characters, or the first character that the model does not know. Where it knows small
 * letters alone, capitals are taken for them.
 */
export function encode(
  { vocabulary, mark, padding }: TextModel,
  text: string,
): { readonly codes: readonly number[] } | { readonly unknown: string } {
  const codes: number[] = [];
  for (const character of text) {
    const exact = vocabulary.indexOf(character);
    const code = exact < 0 ? vocabulary.indexOf(character.toLowerCase()) : exact;
    if (code < 0 || code === mark || code === padding) return { unknown: character };
    codes.push(code);
  }
  return { codes };
}

/** Characters that a text of this model may have, for a model that marks ends: as many as a row has. */
export const longestText = ({ length, mark }: TextModel): number =>
  mark === undefined ? Number.POSITIVE_INFINITY : length;

/**
 * The class that is drawn, from the scores of all classes: softmax(scores / temperature). Those of `never` are not.
 * `chance`: a number between 0 and 1, that decides.
 */
export function drawClass(
  scores: ArrayLike<number>,
  temperature: number,
  chance: number,
  never?: number,
): number {
  const open = Array.from(scores, (score, k) => (k === never ? Number.NEGATIVE_INFINITY : score));
  const greatest = Math.max(...open);
  if (temperature === 0) return open.indexOf(greatest);
  const powers = open.map((score) => Math.exp((score - greatest) / temperature));
  let left = chance * powers.reduce((sum, power) => sum + power, 0);
  const found = powers.findIndex((power) => {
    left -= power;
    return left < 0;
  });
  // What rounding leaves behind the last belongs to the last that can be drawn.
  return found < 0 ? powers.findLastIndex((power) => power > 0) : found;
}

const chanceAt = (key: Key, place: number): number => (threefry(key, place, 0)[0] + 0.5) / 2 ** 32;

interface Row {
  /** From the mark on, where there is one. */
  readonly codes: number[];
  readonly key: Key;
  hasEnded: boolean;
}

/** What a text without a prompt goes on from, where nothing marks a beginning: a new line, a blank, or anything. */
function beforeAll({ vocabulary, mark }: TextModel): number {
  if (mark !== undefined) return mark;
  const blank = ['\n', ' '].map((character) => vocabulary.indexOf(character)).find((code) => code >= 0);
  return blank ?? 0;
}

/**
 * All texts as far as they are written, after each character; the last time they are whole. The prediction is of the
 * model's scores for `count` rows of its column. Ends early where a score is not a number, and says why.
 */
export async function* writeTexts(
  model: TextModel,
  prediction: OpenPrediction,
  { prompt, count, most, temperature, seed }: TextWish,
): AsyncGenerator<Outcome<readonly string[]>, void, void> {
  const { length, vocabulary, mark, padding, scores: port, column } = model;
  const classes = vocabulary.length;
  const before = beforeAll(model);
  /** Of what is written before the text itself. */
  const hidden = mark !== undefined || prompt.length === 0 ? 1 : 0;
  const rows = Array.from({ length: count }, (_, row): Row => {
    const codes = hidden === 1 ? [before, ...prompt] : [...prompt];
    return { codes, key: keyFrom(seed, 'text', row), hasEnded: false };
  });
  const texts = () =>
    rows.map(({ codes }) =>
      codes
        .slice(hidden)
        .flatMap((code) => vocabulary[code] ?? [])
        .join(''),
    );
  const until = Math.min(most, longestText(model));
  const x = new Float32Array(count * length);
  for (let written = prompt.length; written < until && rows.some(({ hasEnded }) => !hasEnded); written++) {
    x.fill(padding ?? before);
    for (const [r, { codes }] of rows.entries()) x.set(codes.slice(-length), r * length);
    const said = await prediction.run({ [column.key]: { shape: [count, length], data: x } });
    const scores = said.value?.[port] as TensorData | undefined;
    if (!scores || said.diagnostics.length > 0) return yield { diagnostics: said.diagnostics };
    // All rows that go on are equally long.
    const last = Math.min(written + hidden, length) - 1;
    for (const [r, row] of rows.entries()) {
      if (row.hasEnded) continue;
      const at = (r * length + last) * classes;
      const next = drawClass(
        scores.data.subarray(at, at + classes),
        temperature,
        chanceAt(row.key, written),
        padding,
      );
      if (next === mark) row.hasEnded = true;
      else row.codes.push(next);
    }
    yield { value: texts(), diagnostics: [] };
  }
  if (prompt.length >= until) yield { value: texts(), diagnostics: [] };
}

import { describe, expect, it } from 'vitest';
import type { TextModel } from '../compiler/text-models.ts';
import { drawClass, encode, writeTexts } from './generate.ts';

describe('drawing a class', () => {
  // softmax([ln 1, ln 2, ln 5]) is [1, 2, 5] / 8, at temperature ½ [1, 4, 25] / 30.
  const scores = [0, Math.log(2), Math.log(5)];
  it.each([
    [1, 0.124, 0],
    [1, 0.126, 1],
    [1, 0.374, 1],
    [1, 0.376, 2],
    [0.5, 1 / 30 - 0.001, 0],
    [0.5, 1 / 30 + 0.001, 1],
    [0.5, 5 / 30 + 0.001, 2],
    [0, 0.001, 2],
  ])('at temperature %d, chance %d: %d', (temperature, chance, found) => {
    expect(drawClass(scores, temperature, chance)).toBe(found);
  });

  it('never draws what is none', () => {
    expect(drawClass(scores, 1, 0.999, 2)).toBe(1);
    expect(drawClass(scores, 0, 0.5, 2)).toBe(1);
    // Scores that are far apart: the sum rounds to what one of them is.
    expect(drawClass([800, -800], 1, 1 - 2 ** -33)).toBe(0);
  });
});

/** Of the alphabet “_.ab” with padding _ and mark: after a comes b, after b comes a, after two of each the end. */
const model = (mark?: number): TextModel => ({
  by: 'loss',
  scores: 'scores.y',
  column: { key: 'data.x', node: 'data', port: 'x', axes: [{ name: 't', size: 5 }] },
  length: 5,
  vocabulary: ['_', '.', 'a', 'b'],
  mark,
  padding: 0,
});
const seen: number[][] = [];
const prediction = {
  close() {},
  run: async ({ 'data.x': given }: Record<string, { data: ArrayLike<number> }>) => {
    const codes = Array.from(given!.data);
    seen.push(codes);
    const data = Float32Array.from(
      codes.flatMap((code, place) =>
        [0, 1, 2, 3].map((k) => (k === (place % 5 === 4 ? 1 : 5 - code) ? 9 : 0)),
      ),
    );
    return { value: { 'scores.y': { shape: [codes.length / 5, 5, 4], data } }, diagnostics: [] };
  },
};
const write = async (of: TextModel, prompt: number[], most: number) => {
  seen.length = 0;
  const found: (readonly string[])[] = [];
  const wish = { prompt, count: 1, most, temperature: 0, seed: 1 };
  for await (const { value } of writeTexts(of, prediction, wish)) if (value) found.push(value);
  return found.flat();
};

describe('writing', () => {
  it('knows characters, and capitals by their small letters', () => {
    expect(encode(model(1), 'aB')).toEqual({ codes: [2, 3] });
    expect(encode(model(1), 'a.')).toEqual({ unknown: '.' });
    expect(encode(model(), 'a.')).toEqual({ codes: [2, 1] });
    expect(encode(model(), '_')).toEqual({ unknown: '_' });
  });

  it('goes from mark to mark, each character seen by the next', async () => {
    // Scores of class 5 − 1 do not exist behind the mark: all are equal there, and the first that may be drawn is the mark.
    expect(await write(model(1), [2], 99)).toEqual(['ab', 'aba', 'abab', 'abab']);
    expect(seen).toEqual([
      [1, 2, 0, 0, 0],
      [1, 2, 3, 0, 0],
      [1, 2, 3, 2, 0],
      [1, 2, 3, 2, 3],
    ]);
  });

  it('reads the last characters where nothing ends a text', async () => {
    const texts = await write({ ...model(), padding: undefined }, [2, 3], 9);
    expect(texts.at(-1)).toHaveLength(9);
    expect(seen[0]).toEqual([2, 3, 0, 0, 0]);
    expect(seen.at(-1)).toHaveLength(5);
  });

  it('gives a prompt that is long enough as it is', async () => {
    expect(await write(model(), [2, 3, 2], 2)).toEqual(['aba']);
    expect(seen).toEqual([]);
  });
});

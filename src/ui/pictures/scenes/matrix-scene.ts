/** A matrix as colours, and its digits. */
import { fill, type Text } from '../../../base/text.ts';
import { formatNumber } from '../../parts/numbers.ts';
import type { Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import { isSet, type Known, known, numberOf, type PictureSource } from '../model/picture-source.ts';
import { atTime, extentOf, hasTime, momentsOf, type Tensor } from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { allValues, isNowhereFinite, partNotes, spoken } from './parts.ts';

/** Digits in more cells could not be read. */
const mostDigits = 400;

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}

/** The matrix at the chosen place of each axis before the last two; a vector is one row, a number one cell. */
function matrixAt(tensor: Tensor, places: Readonly<Record<string, number>>): Matrix {
  const { axes, shape, data } = tensor;
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const which = axes
    .slice(0, -2)
    .reduce((index, name, d) => index * (shape[d] as number) + (places[name] ?? 0), 0);
  const start = which * rows * columns;
  return {
    rows,
    columns,
    data: Float64Array.from({ length: rows * columns }, (_, i) => data[start + i] ?? Number.NaN),
  };
}

/** Axes of a matrix picture that are looked at one place at a time: their names and sizes. */
export const slicedAxes = ({
  axes,
  shape,
}: Tensor): readonly { readonly name: string; readonly size: number }[] =>
  axes
    .map((name, d) => ({ name, size: shape[d] ?? 1 }))
    .filter(({ name }) => name !== 't')
    .slice(0, -2);

export function matrixScene(
  source: PictureSource,
  places: Readonly<Record<string, number>>,
): PictureScene | NoPicture {
  const input = known(source, 'x') as Known;
  if (isNowhereFinite(input)) return { missing: fill(words.notFinite, { name: input.name }) };
  const at = (time: number) => matrixAt(atTime(input.value, time), places);
  const now = at(1);
  const { rows, columns } = now;
  const range = extentOf(allValues(input).map(({ data }) => data)) ?? { from: 0, to: 0 };
  const most = numberOf(source, 'most') ?? (Math.max(Math.abs(range.from), Math.abs(range.to)) || 1);
  const names = atTime(input.value, 0).axes;
  const plane = {
    x: { from: -0.5, to: columns - 0.5, name: names.at(-1) ?? '', whole: true },
    y: { from: rows - 0.5, to: -0.5, name: names.at(-2) ?? '', whole: true },
    equal: 'fit' as const,
  };
  const draw = (time: number): Mark[] => {
    const { data } = at(time);
    const levels = Float64Array.from(data, (x) => Math.max(-1, Math.min(1, x / most)));
    const withDigits = isSet(source, 'digits') && rows * columns <= mostDigits;
    return [
      {
        kind: 'cells',
        rows,
        columns,
        levels,
        signed: true,
        x: [-0.5, columns - 0.5],
        y: [-0.5, rows - 0.5],
        ink: 'plus',
        ...(withDigits && {
          digits: [3, 2].map((figures) => Array.from(data, (x) => formatNumber(x, figures))),
        }),
      },
    ];
  };
  const moves = hasTime(input.value);
  return {
    plane,
    still: moves ? [] : draw(1),
    ...(moves && { moving: draw }),
    moments: momentsOf(input.value),
    legend: [],
    notes: partNotes(input),
    words: () => inWords(now, names),
  };
}

function inWords({ rows, columns, data }: Matrix, names: readonly string[]): Text[] {
  const range = extentOf([data]) ?? { from: Number.NaN, to: Number.NaN };
  const at = (i: number, j: number) => data[i * columns + j] as number;
  let largest = 0;
  for (let k = 0; k < data.length; k++)
    if (Math.abs(data[k] as number) > Math.abs(data[largest] as number)) largest = k;
  const pairs =
    rows === columns && rows > 1
      ? Array.from({ length: rows * rows }, (_, k) => [Math.floor(k / rows), k % rows] as const)
      : [];
  const holds = (test: (i: number, j: number) => boolean) =>
    pairs.length > 0 && pairs.every(([i, j]) => test(i, j));
  const kind = holds((i, j) => i === j || at(i, j) === 0)
    ? [said.diagonal]
    : holds((i, j) => at(i, j) === at(j, i))
      ? [said.symmetric]
      : holds((i, j) => at(i, j) === -at(j, i))
        ? [said.antisymmetric]
        : [];
  return [
    fill(said.matrix, {
      rows,
      columns,
      row: names.at(-2) ?? '–',
      column: names.at(-1) ?? '–',
      least: spoken(range.from),
      most: spoken(range.to),
    }),
    fill(said.largest, {
      most: spoken(data[largest] ?? Number.NaN),
      row: Math.floor(largest / columns),
      column: largest % columns,
    }),
    ...kind,
  ];
}

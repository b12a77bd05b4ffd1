/** A potential as a curve or as contours, and what lies on it. The oblique view is surface.ts. */
import { fill, type Text } from '../../../base/text.ts';
import { contourOf, type Grid, heightAt, levelsBetween, valleysOf } from '../model/contours.ts';
import type { LegendEntry, Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import { styleOf } from '../model/picture-scene.ts';
import {
  type Known,
  known,
  knownSeries,
  namesOf,
  type PictureSource,
  textOf,
} from '../model/picture-source.ts';
import { padded } from '../model/picture-ticks.ts';
import {
  atTime,
  extentOf,
  hasTime,
  momentsOf,
  type NumberRange,
  type Points,
  product,
} from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { crowded } from './crowded.ts';
import { follow } from './followed.ts';
import type { LaidGround } from './ground.ts';
import {
  allValues,
  axesInWords,
  isNowhereFinite,
  partNotes,
  place,
  placesAlong,
  sizesBesideTime,
  spoken,
} from './parts.ts';
import { surfaceOf } from './surface.ts';

const contours = 14;

/** More points on a curve hide each other: they are drawn as a cloud over it, and counted in bars. */
const crowd = 40;

export const legendOf = (names: readonly string[], hollow = false): LegendEntry[] =>
  names.length < 2
    ? []
    : names.map((name, s) => ({ name, ...styleOf(s), ...(hollow && s > 0 && { hollow }) }));

/** The potential at a time over its places. */
function gridOf(source: PictureSource, { value }: Known, time: number): Grid {
  const [columns = 0, rows = 1] = sizesBesideTime(value);
  return {
    xs: placesAlong(source, 'x', columns),
    ys: sizesBesideTime(value).length < 2 ? new Float64Array(1) : placesAlong(source, 'y', rows),
    heights: atTime(value, time).data,
  };
}

export function landscapeScene(source: PictureSource): PictureScene | NoPicture {
  const potential = known(source, 'potential') as Known;
  if (isNowhereFinite(potential)) return { missing: fill(words.notFinite, { name: potential.name }) };
  const series = knownSeries(source);
  const names = namesOf(source, series);
  const flat = sizesBesideTime(potential.value).length < 2;
  const range = extentOf(allValues(potential).map(({ data }) => data)) as NumberRange;
  const view = flat
    ? curveView(source, potential, range)
    : textOf(source, 'view') === 'surface'
      ? surfaceOf(gridOf(source, potential, 1), range, axisNames(source))
      : contourView(source, potential, range);
  const followed = series.map((input, s) => {
    const points = follow(source, input, { series: s, lift: view.lift, mostPaths: 8 });
    return flat && points.count > crowd ? crowded(input, s, points, view.plane) : points;
  });
  // What is many lies below what is few.
  const layers = followed.toSorted((a, b) => Number(b.count > crowd) - Number(a.count > crowd));
  const drifts = hasTime(potential.value);
  const moves = drifts || followed.some((one) => one.moves);
  return {
    plane: view.plane,
    still: [...(drifts ? [] : view.ground(1)), ...layers.flatMap(({ still }) => still)],
    moving: (time) => [...(drifts ? view.ground(time) : []), ...layers.flatMap((one) => one.moving(time))],
    moments: moves ? Math.max(momentsOf(potential.value), ...followed.map(({ moments }) => moments)) : 1,
    legend: legendOf(names),
    notes: [...partNotes(potential), ...series.flatMap(partNotes), ...followed.flatMap(({ notes }) => notes)],
    words: () => [
      ...groundInWords(gridOf(source, potential, 1), view, range, flat),
      ...series.flatMap((input, s) => inWords(input, names[s] ?? '', gridOf(source, potential, 1))),
    ],
  };
}

const axisNames = (source: PictureSource) => ({
  x: textOf(source, 'xName') || 'x',
  y: textOf(source, 'yName') || 'y',
});

/** How far a steep wall is drawn: beyond the barriers between valleys, and beyond the highest ball. */
const [beyondBarriers, beyondBalls] = [2, 1.15];

/**
 * A steep potential is cut where nothing happens: shown are its valleys, what lies between them, and all balls.
 * Without a barrier it is shown whole.
 */
function heightsWorthSeeing(source: PictureSource, grid: Grid, { from, to }: NumberRange): NumberRange {
  const barriers = valleysOf({ ...grid, heights: Array.from(grid.heights, (height) => -height) });
  if (barriers.length === 0) return { from, to };
  const balls = knownSeries(source)
    .flatMap((input) => allValues(input))
    .filter(({ count, axes }) => count <= crowd || axes.includes('t'))
    .flatMap(({ data }) => data.map((at) => heightAt(grid, at)));
  const highest = Math.max(...barriers.map(([, , height]) => -height));
  const ball = extentOf([balls])?.to ?? from;
  const worth = Math.max(beyondBarriers * (highest - from), beyondBalls * (ball - from));
  return { from, to: Math.min(to, from + worth) };
}

function curveView(source: PictureSource, potential: Known, range: NumberRange): LaidGround {
  const grid = gridOf(source, potential, 1);
  const x = extentOf([grid.xs]) ?? { from: 0, to: 1 };
  return {
    plane: {
      x: { ...(x.from === x.to ? padded(x, false) : x), name: axisNames(source).x },
      y: {
        ...padded(heightsWorthSeeing(source, grid, range), false, 0.1),
        name: textOf(source, 'yName') || 'U',
      },
    },
    ground(time) {
      const { xs, heights } = gridOf(source, potential, time);
      const curve: Points = { xs, ys: Float64Array.from(heights) };
      return [
        { kind: 'area', ...curve, ink: 'soft', alpha: 0.12 },
        { kind: 'line', ...curve, ink: 'soft', width: 1.75 },
      ];
    },
    // A last axis of one holds the place as coordinates do.
    lift: (tensor) => {
      const isColumn = tensor.shape.at(-1) === 1 && tensor.axes.at(-1) !== 't';
      const data = new Float64Array(2 * tensor.data.length);
      for (let i = 0; i < tensor.data.length; i++) {
        const at = tensor.data[i] as number;
        data[2 * i] = at;
        data[2 * i + 1] = heightAt(grid, at);
      }
      const keep = <T>(list: readonly T[]) => (isColumn ? list.slice(0, -1) : list);
      return { axes: [...keep(tensor.axes), 'xy'], shape: [...keep(tensor.shape), 2], data };
    },
  };
}

function contourView(source: PictureSource, potential: Known, range: NumberRange): LaidGround {
  const grid = gridOf(source, potential, 1);
  const [x, y] = [extentOf([grid.xs]) ?? { from: 0, to: 1 }, extentOf([grid.ys]) ?? { from: 0, to: 1 }];
  const names = axisNames(source);
  return {
    plane: { x: { ...x, name: names.x }, y: { ...y, name: names.y } },
    ground(time) {
      const now = gridOf(source, potential, time);
      return [
        heightCells(now, range),
        ...levelsBetween(range.from, range.to, contours).map(
          (level): Mark => ({
            kind: 'segments',
            ends: Float64Array.from(contourOf(now, level)),
            ink: 'soft',
            alpha: 0.65,
            width: 1,
          }),
        ),
      ];
    },
    lift: (tensor) => tensor,
  };
}

/** The lower, the more colour. */
function heightCells({ xs, ys, heights }: Grid, { from, to }: NumberRange): Mark {
  const levels = new Float64Array(xs.length * ys.length);
  for (let row = 0; row < ys.length; row++)
    for (let column = 0; column < xs.length; column++) {
      const height = heights[column * ys.length + ys.length - 1 - row] ?? Number.NaN;
      levels[row * xs.length + column] = from === to ? 0 : 1 - Math.sqrt((height - from) / (to - from));
    }
  return {
    kind: 'cells',
    rows: ys.length,
    columns: xs.length,
    levels,
    signed: false,
    x: [xs[0] ?? 0, xs.at(-1) ?? 1],
    y: [ys.at(-1) ?? 1, ys[0] ?? 0],
    ink: 'accent',
    alpha: 0.42,
  };
}

function groundInWords(grid: Grid, { plane }: LaidGround, range: NumberRange, flat: boolean): Text[] {
  const where = ([x, y, height]: readonly [number, number, number]) =>
    flat ? `${plane.x.name} = ${spoken(x)} (${spoken(height)})` : `${place(x, y)}: ${spoken(height)}`;
  const valleys = valleysOf(grid).sort((p, q) => p[2] - q[2]);
  const heights = { least: spoken(range.from), most: spoken(range.to) };
  return [
    ...(plane.bare ? [] : axesInWords(plane)),
    fill(said.heights, heights),
    valleys.length === 0
      ? fill(said.noValley, heights)
      : valleys.length === 1
        ? fill(said.valley, { places: valleys.map(where).join('; ') })
        : fill(said.valleys, { count: valleys.length, places: valleys.slice(0, 6).map(where).join('; ') }),
  ];
}

/** Where a ball is, and where its path began; of many points their mean. */
function inWords({ value, history }: Known, name: string, grid: Grid): Text[] {
  const flat = grid.ys.length === 1;
  const where = (at: readonly number[]) => (flat ? spoken(at[0] ?? Number.NaN) : place(...at));
  const now = atTime(value, 1);
  const width = flat ? 1 : 2;
  const count = product(now.shape) / width;
  const coordinate = (k: number) =>
    Array.from({ length: count }, (_, i) => now.data[width * i + k] ?? Number.NaN);
  const means = [0, 1].slice(0, width).map((k) => coordinate(k).reduce((sum, x) => sum + x, 0) / count);
  if (count > 1) return [fill(said.ensemble, { name, count, place: where(means) })];
  const height = heightAt(grid, means[0] ?? 0, means[1] ?? 0);
  const begun = hasTime(value) ? atTime(value, 0) : history.length > 1 ? history[0] : undefined;
  return [
    fill(said.ball, { name, place: where(means), height: spoken(height) }),
    ...(begun ? [fill(said.path, { place: where(Array.from(begun.data)) })] : []),
  ];
}

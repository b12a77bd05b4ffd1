/** The arrows of a field, and trajectories through it. */
import { fill, type Text } from '../../../base/text.ts';
import type { Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import {
  type Known,
  known,
  knownSeries,
  namesOf,
  type PictureSource,
  textOf,
} from '../model/picture-source.ts';
import { padded } from '../model/picture-ticks.ts';
import { atTime, extentOf, hasTime, momentsOf } from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { follow, type MovingPoints } from './followed.ts';
import { legendOf } from './landscape-scene.ts';
import {
  allValues,
  axesInWords,
  isNowhereFinite,
  partNotes,
  place,
  placesAlong,
  reachOf,
  sizesBesideTime,
  spoken,
  union,
} from './parts.ts';

/** An arrow is as long as a cell where the field is largest. */
const longest = 0.92;
/** So many arrows along an axis, at most. */
const mostArrows = 28;

interface Field {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** u, v at xs[i], ys[j]: at 2 · (i · ys.length + j). */
  readonly data: ArrayLike<number>;
}

function fieldAt(source: PictureSource, { value }: Known, time: number): Field {
  const [columns = 0, rows = 0] = sizesBesideTime(value);
  return {
    xs: placesAlong(source, 'x', columns),
    ys: placesAlong(source, 'y', rows),
    data: atTime(value, time).data,
  };
}

/** Arrows around their places, as long as the field is large relative to its largest. */
function arrowsOf({ xs, ys, data }: Field): {
  readonly mark: Mark;
  readonly most: number;
  readonly least: readonly [number, number];
} {
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  let calm: readonly [number, number] = [0, 0];
  for (let i = 0; i < xs.length; i++)
    for (let j = 0; j < ys.length; j++) {
      const at = 2 * (i * ys.length + j);
      const size = Math.hypot(data[at] as number, data[at + 1] as number);
      if (size > most) most = size;
      if (size < least) [least, calm] = [size, [xs[i] as number, ys[j] as number]];
    }
  const [everyX, everyY] = [xs, ys].map((places) => Math.ceil(places.length / mostArrows)) as [
    number,
    number,
  ];
  const cell = (places: Float64Array, every: number) =>
    places.length < 2
      ? 1
      : (((places.at(-1) as number) - (places[0] as number)) / (places.length - 1)) * every;
  const [width, height] = [cell(xs, everyX), cell(ys, everyY)];
  const ends: number[] = [];
  for (let i = 0; i < xs.length; i += everyX)
    for (let j = 0; j < ys.length; j += everyY) {
      const at = 2 * (i * ys.length + j);
      const [u, v] = [data[at] as number, data[at + 1] as number];
      // In cells, so that directions are those that are seen; small ones are lengthened to be seen at all.
      const [a, b] = [u / Math.abs(width), v / Math.abs(height)];
      const size = Math.hypot(a, b);
      if (!Number.isFinite(size) || size === 0) continue;
      const length = longest * Math.sqrt(Math.hypot(u, v) / most);
      const [dx, dy] = [(a / size) * length * Math.abs(width), (b / size) * length * Math.abs(height)];
      const [x, y] = [xs[i] as number, ys[j] as number];
      ends.push(x - dx / 2, y - dy / 2, x + dx / 2, y + dy / 2);
    }
  return {
    mark: { kind: 'arrows', ends: Float64Array.from(ends), ink: 'soft', width: 1, alpha: 0.75 },
    most,
    least: calm,
  };
}

export function phaseScene(source: PictureSource): PictureScene | NoPicture {
  const field = known(source, 'field');
  const series = knownSeries(source);
  const seen = [...(field ? [field] : []), ...series];
  if (seen[0] && seen.every(isNowhereFinite))
    return { missing: fill(words.notFinite, { name: seen[0].name }) };
  const names = namesOf(source, series);
  const followed = series.map((input, s) => follow(source, input, { series: s }));
  const grid = field && fieldAt(source, field, 1);
  const reach = (axis: 0 | 1) =>
    union(series.flatMap((input) => allValues(input).map((value) => reachOf(value)[axis])));
  const scale = (axis: 0 | 1, places: Float64Array | undefined) =>
    // Where there is a field it is the frame: a trajectory that escapes does not shrink it to a dot.
    (places && extentOf([places])) ?? padded(reach(axis) ?? { from: -1, to: 1 }, false);
  const air = (extent: { from: number; to: number }, places: Float64Array | undefined) =>
    places && places.length > 1 ? padded(extent, false, 0.55 / (places.length - 1)) : extent;
  const plane = {
    x: { ...air(scale(0, grid?.xs), grid?.xs), name: textOf(source, 'xName') || 'x' },
    y: { ...air(scale(1, grid?.ys), grid?.ys), name: textOf(source, 'yName') || 'y' },
  };
  const drifts = field !== undefined && hasTime(field.value);
  const arrows = (time: number) => (field ? [arrowsOf(fieldAt(source, field, time)).mark] : []);
  const moments = Math.max(1, field ? momentsOf(field.value) : 1, ...followed.map((one) => one.moments));
  return {
    plane,
    still: [...(drifts ? [] : arrows(1)), ...followed.flatMap(({ still }) => still)],
    moving: (time) => [...(drifts ? arrows(time) : []), ...followed.flatMap((one) => one.moving(time))],
    moments,
    legend: legendOf(names),
    notes: [...seen.flatMap(partNotes), ...followed.flatMap(({ notes }) => notes)],
    words: () => [
      ...axesInWords(plane),
      ...(grid ? fieldInWords(grid) : []),
      ...followed.flatMap((one, s) => pathsInWords(names[s] ?? '', one)),
    ],
  };
}

function fieldInWords(grid: Field): Text[] {
  const { most, least } = arrowsOf(grid);
  return [
    fill(said.arrows, { columns: grid.xs.length, rows: grid.ys.length, most: spoken(most) }),
    fill(said.still, { place: place(...least) }),
  ];
}

function pathsInWords(name: string, { paths, count }: MovingPoints): Text[] {
  const [path] = paths;
  if (!path) return [fill(said.pointsNow, { name, count })];
  if (paths.length > 1) return [fill(said.trajectories, { name, count: paths.length })];
  const last = path.xs.length - 1;
  const [x0, y0, x1, y1] = [path.xs[0], path.ys[0], path.xs[last], path.ys[last]] as [
    number,
    number,
    number,
    number,
  ];
  const [x, y] = [extentOf([path.xs]), extentOf([path.ys])];
  const size = Math.hypot((x?.to ?? 0) - (x?.from ?? 0), (y?.to ?? 0) - (y?.from ?? 0));
  const ends = { name, from: place(x0, y0), to: place(x1, y1) };
  return [fill(Math.hypot(x1 - x0, y1 - y0) < 0.02 * size ? said.closed : said.trajectory, ends)];
}

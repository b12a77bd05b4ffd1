/** Bodies in the plane, their trails, and arrows on them. */
import { fill, type Text } from '../../../base/text.ts';
import type { Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import {
  type Known,
  known,
  knownSeries,
  namesOf,
  numberOf,
  type PictureSource,
  textOf,
} from '../model/picture-source.ts';
import { padded } from '../model/picture-ticks.ts';
import { type NumberRange, pointsAt } from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { follow, type MovingPoints } from './followed.ts';
import { legendOf } from './landscape-scene.ts';
import {
  allValues,
  axesInWords,
  isNowhereFinite,
  partNotes,
  place,
  reachOf,
  spoken,
  union,
} from './parts.ts';

/** Of the body of mean mass, in pixels; its area grows with the mass. */
const radius = 6;
/** The longest arrow, as a part of the picture. */
const longest = 0.16;

function radiiOf(source: PictureSource): Float64Array | undefined {
  const masses = known(source, 'masses')?.value.data;
  if (!masses || masses.length === 0) return undefined;
  const mean = masses.reduce((sum, m) => sum + Math.abs(m), 0) / masses.length || 1;
  return Float64Array.from(
    masses,
    (m) => radius * Math.sqrt(Math.max(0.15, Math.min(6, Math.abs(m) / mean))),
  );
}

export function bodiesScene(source: PictureSource): PictureScene | NoPicture {
  const series = knownSeries(source);
  if (series[0] && series.every(isNowhereFinite))
    return { missing: fill(words.notFinite, { name: series[0].name }) };
  const names = namesOf(source, series);
  const radii = radiiOf(source);
  const trail = numberOf(source, 'trail') ?? 1;
  const followed = series.map((input, s) =>
    follow(source, input, { series: s, trail, hollow: s > 0, ...(radii && { radius: radii }) }),
  );
  const reach = (axis: 0 | 1) =>
    padded(
      union(series.flatMap((input) => allValues(input).map((value) => reachOf(value)[axis]))) ?? {
        from: -1,
        to: 1,
      },
      false,
      0.1,
    );
  const plane = {
    x: { ...reach(0), name: textOf(source, 'xName') || 'x' },
    y: { ...reach(1), name: textOf(source, 'yName') || 'y' },
    equal: 'widen' as const,
  };
  const arrows = known(source, 'arrows');
  return {
    plane,
    still: followed.flatMap(({ still }) => still),
    moving: (time) => [
      ...followed.flatMap((one) => one.moving(time)),
      ...(arrows && series[0] ? [arrowsOn(series[0], arrows, plane, time)] : []),
    ],
    moments: Math.max(1, ...followed.map(({ moments }) => moments)),
    legend: legendOf(names, true),
    notes: [...series.flatMap(partNotes), ...followed.flatMap(({ notes }) => notes)],
    words: () => [
      ...axesInWords(plane),
      ...followed.flatMap((one, s) => inWords(names[s] ?? '', one, series[s])),
    ],
  };
}

/** As long as the longest of all times allows. */
function arrowsOn(
  bodies: Known,
  arrows: Known,
  plane: { readonly x: NumberRange; readonly y: NumberRange },
  time: number,
): Mark {
  const [from, by] = [pointsAt(bodies.value, time, 64), pointsAt(arrows.value, time, 64)];
  const { data } = arrows.value;
  let most = 0;
  for (let i = 0; i + 1 < data.length; i += 2)
    most = Math.max(most, Math.hypot(data[i] as number, data[i + 1] as number));
  const size = longest * Math.max(plane.x.to - plane.x.from, plane.y.to - plane.y.from);
  const scale = most > 0 ? size / most : 0;
  const ends = Array.from(from.xs, (x, i) => {
    const y = from.ys[i] as number;
    return [x, y, x + scale * (by.xs[i] ?? 0), y + scale * (by.ys[i] ?? 0)];
  });
  return { kind: 'arrows', ends: Float64Array.from(ends.flat()), ink: 'ink', width: 1.6 };
}

/** More bodies are not told one by one. */
const told = 5;

function inWords(name: string, { paths, count }: MovingPoints, input: Known | undefined): Text[] {
  if (count > told || !input) return [fill(said.pointsNow, { name, count })];
  if (paths.length === 0) {
    const { xs, ys } = pointsAt(input.value, 1, told);
    return Array.from(xs, (x, i) =>
      fill(said.bodyNow, { name, n: i + 1, to: place(x, ys[i] ?? Number.NaN) }),
    );
  }
  const at = (i: number, k: number) =>
    place(paths[i]?.xs.at(k) ?? Number.NaN, paths[i]?.ys.at(k) ?? Number.NaN);
  return [
    ...paths.map((_, i) => fill(said.body, { name, n: i + 1, from: at(i, 0), to: at(i, -1) })),
    ...(paths.length > 1 ? [fill(said.nearest, { distance: spoken(nearest(paths)) })] : []),
  ];
}

function nearest(paths: MovingPoints['paths']): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, a] of paths.entries())
    for (const b of paths.slice(i + 1))
      for (let k = 0; k < a.xs.length; k++) {
        const distance = Math.hypot((a.xs[k] ?? 0) - (b.xs[k] ?? 0), (a.ys[k] ?? 0) - (b.ys[k] ?? 0));
        if (distance < least) least = distance;
      }
  return least;
}

/** Points that move: a dot where each is, its path so far, and, along time, faintly where it will go. */
import { fill, type Text } from '../../../base/text.ts';
import { formatCount } from '../../parts/numbers.ts';
import type { Ink, Mark } from '../model/picture-scene.ts';
import { styleOf } from '../model/picture-scene.ts';
import type { Known, PictureSource } from '../model/picture-source.ts';
import {
  atTime,
  hasTime,
  momentsOf,
  type Points,
  pathsOf,
  pointsAt,
  product,
  type Tensor,
} from '../model/tensors.ts';
import { words } from '../picture-strings.ts';

/** More paths are a tangle, unless it is said that fewer are; more dots are a cloud that takes too long to draw. */
const manyPaths = 40;
const mostDots = 4096;
/** Recorded places of a run are marked one by one while they are so few. */
const mostMarked = 60;

interface FollowOptions {
  /** Its number among the series: by it colours and shapes go. */
  readonly series: number;
  /** Turns what is wired into points of the plane, whose coordinates stand along the last axis. */
  readonly lift?: (tensor: Tensor) => Tensor;
  /** Of each dot, in pixels; by their number when left out. */
  readonly radius?: Float64Array;
  readonly hollow?: boolean;
  /** Of more points than this no paths are drawn. */
  readonly mostPaths?: number;
  /** The part of all time that a path goes back. */
  readonly trail?: number;
}

export interface MovingPoints {
  readonly still: readonly Mark[];
  moving(time: number): readonly Mark[];
  readonly moments: number;
  /** Whether it goes along time or along the run. */
  readonly moves: boolean;
  /** How many points there are at a moment. */
  readonly count: number;
  /** Each path from its beginning, where there are paths. */
  readonly paths: readonly Points[];
  readonly notes: readonly Text[];
}

/** Points at one moment. */
const countOf = (tensor: Tensor): number => product(atTime(tensor, 0).shape.slice(0, -1));

function radiusOf(count: number): number {
  if (count <= 4) return 5.5;
  return count <= 40 ? 3.5 : count <= 400 ? 2.2 : 1.5;
}

export function follow(source: PictureSource, input: Known, options: FollowOptions): MovingPoints {
  const {
    series,
    lift = (tensor: Tensor) => tensor,
    trail = 1,
    hollow = false,
    mostPaths = manyPaths,
  } = options;
  const tensor = lift(input.value);
  const { ink, shape, dash } = styleOf(series);
  const count = countOf(tensor);
  const dots = (points: Points): Mark => ({
    kind: 'dots',
    ...points,
    radius: options.radius ?? radiusOf(count),
    shape,
    ink,
    hollow,
    ...(count > 60 && { alpha: 0.55 }),
  });
  const line = (points: Points, more: object): Mark => ({
    kind: 'line',
    ...points,
    ink,
    width: 1.6,
    ...(dash && { dash }),
    ...more,
  });
  const isPath = hasTime(tensor);
  const paths = isPath && count <= mostPaths ? (pathsOf(tensor, mostPaths) ?? []) : [];
  const recorded = isPath ? [] : count > mostPaths ? [] : recordedPaths(source, input, lift, count);
  return {
    still: trail > 0 ? paths.map((path) => line(path, { width: 1, alpha: 0.22 })) : [],
    moving(time) {
      const last = momentsOf(tensor) - 1;
      const until = time * last;
      const since = Math.max(0, until - trail * last);
      return [
        ...(trail > 0 ? paths.map((path) => line(path, { until, since })) : []),
        ...recorded.flatMap((path) => [line(path, {}), ...marked(path, ink)]),
        dots(pointsAt(tensor, time, mostDots)),
      ];
    },
    moments: momentsOf(tensor),
    moves: isPath || input.history.length > 1,
    count,
    paths: isPath ? paths : recorded,
    notes: count > mostDots ? [fewer(input, count)] : [],
  };
}

const fewer = ({ name }: Known, count: number): Text =>
  fill(words.fewPoints, { shown: formatCount(mostDots), count: formatCount(count), name });

/** The ways of points without time: through what was recorded of the run, up to what is shown. */
function recordedPaths(
  { at }: PictureSource,
  { history }: Known,
  lift: (tensor: Tensor) => Tensor,
  count: number,
): Points[] {
  if (history.length < 2 || at < 1) return [];
  const seen = history.slice(0, at + 1).map((value) => pointsAt(lift(value), 1, count));
  return Array.from({ length: count }, (_, i) => ({
    xs: Float64Array.from(seen, ({ xs }) => xs[i] ?? Number.NaN),
    ys: Float64Array.from(seen, ({ ys }) => ys[i] ?? Number.NaN),
  }));
}

const marked = (path: Points, ink: Ink): Mark[] =>
  path.xs.length > mostMarked ? [] : [{ kind: 'dots', ...path, radius: 1.8, ink, alpha: 0.8 }];

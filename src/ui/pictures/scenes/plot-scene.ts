/** Curves and points over a plane. */
import { fill, type Text } from '../../../base/text.ts';
import { placeOfCurve, timeAxis } from '../../../catalogue/picture-axes.ts';
import { formatCount } from '../../parts/numbers.ts';
import type { LegendEntry, Mark, NoPicture, PictureScene } from '../model/picture-scene.ts';
import { styleOf } from '../model/picture-scene.ts';
import {
  isSet,
  type Known,
  known,
  knownSeries,
  namesOf,
  numberOf,
  type PictureSource,
  textOf,
} from '../model/picture-source.ts';
import { padded } from '../model/picture-ticks.ts';
import {
  atTime,
  evenly,
  extentOf,
  hasTime,
  linesAlong,
  momentsOf,
  type Points,
  pointsAlong,
  product,
} from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';
import { axesInWords, isNowhereFinite, partNotes, spoken } from './parts.ts';

/** More curves of one input cannot be told apart. */
const mostCurves = 64;

interface Curve extends Points {
  readonly series: number;
  /** It runs along time: the clock goes along it. */
  readonly isPath: boolean;
  /** A single number: a level. */
  readonly isLevel: boolean;
}

/** The axis along which the values of a series run, and the curves of one moment. */
function curvesOf(source: PictureSource, input: Known, series: number, time: number): Curve[] {
  const { value, history } = input;
  const base = { series, isPath: false, isLevel: false };
  if (isSet(source, 'pairs')) {
    const axis = placeOfCurve(value.axes.slice(0, -1).map((name) => ({ name })));
    const isPath = value.axes[axis] === timeAxis;
    return pointsAlong(value, axis, mostCurves).map((points) => ({ ...base, ...points, isPath }));
  }
  const x = known(source, 'x');
  const along = x?.value.axes[0];
  if (value.shape.length === 0) {
    // A number's history is its curve over the steps of the run.
    if (history.length > 1 && !x && overSteps(source))
      return [
        {
          ...base,
          xs: Float64Array.from(source.steps),
          ys: Float64Array.from(history, ({ data }) => data[0] ?? Number.NaN),
        },
      ];
    return [
      {
        ...base,
        isLevel: true,
        xs: new Float64Array(1),
        ys: Float64Array.from([value.data[0] ?? Number.NaN]),
      },
    ];
  }
  const named = (axes: readonly string[]) =>
    placeOfCurve(
      axes.map((name) => ({ name })),
      along,
    );
  const isPath = value.axes[named(value.axes)] === timeAxis;
  const now = isPath ? value : atTime(value, time);
  const axis = named(now.axes);
  return linesAlong(now, axis, mostCurves).map((ys) => ({
    ...base,
    isPath,
    isLevel: now.shape.length === 0,
    xs: xsFor(source, ys.length),
    ys,
  }));
}

/** Where every series is one number, they are drawn over the steps of the run. */
const overSteps = (source: PictureSource): boolean =>
  knownSeries(source).every(({ value }) => value.shape.length === 0);

function xsFor(source: PictureSource, count: number): Float64Array {
  const x = known(source, 'x')?.value;
  if (x && x.data.length >= count) return Float64Array.from(x.data.slice(0, count));
  const from = numberOf(source, 'from') ?? 0;
  return evenly(count, from, numberOf(source, 'to') ?? from + count - 1);
}

/** Everything that may be seen at some time, for the range of the axes. */
function everything(source: PictureSource, series: readonly Known[], now: readonly Curve[]) {
  const xs = now.filter(({ isLevel }) => !isLevel).map((curve) => curve.xs);
  if (isSet(source, 'pairs')) return { xs, ys: now.map((curve) => curve.ys) };
  const seen = series.map(({ value, history }) => [value, ...history].map(({ data }) => data));
  const ys = now.some(({ isPath }) => isPath) ? withoutWild(series, seen) : seen.flat();
  return { xs, ys };
}

/** How far from the motions of today those of an earlier step may lie, in heights of today's curves. */
const wild = 4;

/**
 * Motions of a model that is not trained yet may fly off by orders of magnitude: they do not press those of the last
 * step into one line.
 */
function withoutWild(series: readonly Known[], seen: readonly (readonly ArrayLike<number>[])[]) {
  const last = extentOf(series.map(({ value, history }) => (history.at(-1) ?? value).data));
  if (!last) return seen.flat();
  const room = wild * (last.to - last.from || Math.abs(last.to));
  return seen.flat().filter((data) => {
    const extent = extentOf([data]);
    return extent && extent.from >= last.from - room && extent.to <= last.to + room;
  });
}

const positive = (log: boolean, lists: readonly ArrayLike<number>[]) =>
  log ? lists.map((list) => Array.from(list).filter((x) => x > 0)) : lists;

export function plotScene(source: PictureSource): PictureScene | NoPicture {
  const series = knownSeries(source);
  const odd = series.find(isNowhereFinite);
  if (odd && series.every(isNowhereFinite)) return { missing: fill(words.notFinite, { name: odd.name }) };
  const names = namesOf(source, series);
  const at = (time: number) => series.flatMap((input, s) => curvesOf(source, input, s, time));
  const now = at(1);
  const [logX, logY] = [isSet(source, 'logX'), isSet(source, 'logY')];
  const seen = everything(source, series, now);
  const x = extentOf(positive(logX, seen.xs)) ?? { from: logX ? 1 : 0, to: logX ? 10 : 1 };
  const y = extentOf(positive(logY, seen.ys));
  if (!y) return { missing: fill(words.noPositive, { name: names[0] ?? '' }) };

  const style = textOf(source, 'style') || 'lines';
  const isAnyPath = now.some(({ isPath }) => isPath);
  const steps = overSteps(source) && source.steps.length > 1;
  const counted =
    steps || (!known(source, 'x') && !isSet(source, 'pairs') && numberOf(source, 'to') === undefined);
  const axisName =
    known(source, 'x')?.name ?? (steps ? 'step' : isAnyPath ? 't' : (lastAxis(series[0]) ?? ''));
  const plane = {
    x: {
      ...(style === 'lines' && !logX ? x : padded(x, logX, style === 'stems' ? 0.1 : 0.05)),
      log: logX,
      name: textOf(source, 'xName') || axisName,
      ...(counted && { whole: true }),
    },
    y: {
      ...padded(style === 'stems' ? { from: Math.min(0, y.from), to: Math.max(0, y.to) } : y, logY),
      log: logY,
      name: textOf(source, 'yName'),
    },
  };
  if (plane.x.from === plane.x.to) Object.assign(plane.x, padded(x, logX));
  const moves = series.some(({ value }) => hasTime(value)) || steps;
  return {
    plane,
    still: moves ? faint(now) : now.flatMap((curve) => marksOf(curve, style)),
    ...(moves && {
      moving: (time: number) => at(time).flatMap((curve) => movingMarks(source, curve, style, time)),
    }),
    moments: Math.max(1, ...series.map(({ value }) => momentsOf(value))),
    legend: legendOf(names, style),
    notes: notesOf(series, names, logY),
    words: () => [
      ...axesInWords(plane),
      ...names.flatMap((name, s) =>
        inWords(
          name,
          now.filter((curve) => curve.series === s),
          style,
        ),
      ),
    ],
  };
}

const lastAxis = (input: Known | undefined): string | undefined => input?.value.axes.at(-1);

/** Where a curve will go, before the clock is there. */
const faint = (curves: readonly Curve[]): Mark[] =>
  curves.flatMap((curve): Mark[] =>
    curve.isPath ? [{ kind: 'line', xs: curve.xs, ys: curve.ys, ...inkOf(curve), width: 1, alpha: 0.3 }] : [],
  );

const inkOf = ({ series }: Curve) => ({ ink: styleOf(series).ink });

function marksOf(curve: Curve, style: string): Mark[] {
  const { series, xs, ys, isLevel } = curve;
  const { ink, shape, dash } = styleOf(series);
  if (isLevel) return [{ kind: 'rule', axis: 'y', at: ys[0] ?? Number.NaN, ink, dash: dash ?? [5, 4] }];
  const dots: Mark = { kind: 'dots', xs, ys, radius: xs.length > 200 ? 1.6 : 3, shape, ink };
  switch (style) {
    case 'points':
      return [dots];
    case 'stems':
      return [
        { kind: 'stems', xs, ys, ink, width: 1.75 },
        { ...dots, radius: 3.5 },
      ];
    case 'both':
      return [{ kind: 'line', xs, ys, ink, width: 1.5, ...(dash && { dash }) }, dots];
    default:
      return xs.length === 1 ? [dots] : [{ kind: 'line', xs, ys, ink, width: 1.75, ...(dash && { dash }) }];
  }
}

/** A path up to the clock, and where it is now; other curves as they are at this time. */
function movingMarks(source: PictureSource, curve: Curve, style: string, time: number): Mark[] {
  const { xs, ys } = curve;
  const overRun = !curve.isPath && overSteps(source) && source.steps.length > 1 && source.at >= 0;
  if (!curve.isPath && !overRun) return marksOf(curve, style);
  const until = overRun ? source.at : time * (xs.length - 1);
  const whole = marksOf(curve, style).map((mark): Mark => {
    if (mark.kind === 'line') return { ...mark, until };
    if (mark.kind !== 'dots' && mark.kind !== 'stems') return mark;
    const shown = Math.floor(until + 1e-9) + 1;
    return { ...mark, xs: xs.subarray(0, shown), ys: ys.subarray(0, shown) };
  });
  const [x, y] = [between(xs, until), between(ys, until)];
  const { ink } = inkOf(curve);
  return [...whole, { kind: 'dots', xs: Float64Array.of(x), ys: Float64Array.of(y), radius: 4, ink }];
}

/** A list at an index between two elements. */
function between(list: Float64Array, index: number): number {
  const low = Math.floor(index);
  const [a, b] = [list[low] ?? Number.NaN, list[low + 1]];
  return b === undefined ? a : a + (index - low) * (b - a);
}

function legendOf(names: readonly string[], style: string): LegendEntry[] {
  if (names.length < 2) return [];
  return names.map((name, s) => {
    const { ink, shape, dash } = styleOf(s);
    return style === 'points' || style === 'stems'
      ? { name, ink, shape }
      : { name, ink, ...(dash && { dash }) };
  });
}

function notesOf(series: readonly Known[], names: readonly string[], logY: boolean): Text[] {
  return series.flatMap((input, s): Text[] => {
    const name = names[s] ?? input.name;
    const { value } = input;
    const below = logY ? value.data.filter((x) => x <= 0).length : 0;
    const curves = value.shape.length < 2 ? 1 : product(value.shape) / (value.shape.at(-1) ?? 1);
    return [
      ...partNotes({ ...input, name }),
      ...(below > 0 ? [fill(words.someNotPositive, { count: formatCount(below), name })] : []),
      ...(curves > mostCurves && !hasTime(value)
        ? [fill(words.fewCurves, { shown: mostCurves, count: formatCount(curves), name })]
        : []),
    ];
  });
}

function inWords(name: string, curves: readonly Curve[], style: string): Text[] {
  const [curve] = curves;
  const all = extentOf(curves.map(({ ys }) => ys));
  if (!curve || !all) return [];
  if (curve.isLevel) return [fill(said.level, { name, value: spoken(curve.ys[0] ?? Number.NaN) })];
  if (curves.length > 1)
    return [fill(said.curves, { name, count: curves.length, least: spoken(all.from), most: spoken(all.to) })];
  if (style === 'points' || style === 'stems')
    return [
      fill(said.points, { name, count: curve.ys.length, least: spoken(all.from), most: spoken(all.to) }),
    ];
  return [trend(name, curve, all)];
}

function trend(name: string, { xs, ys }: Points, { from, to }: { from: number; to: number }): Text {
  const finite = [...ys.keys()].filter((i) => Number.isFinite(ys[i]));
  const value = (i: number | undefined) => ys[i ?? -1] ?? Number.NaN;
  const [first, last] = [value(finite[0]), value(finite.at(-1))];
  const ends = { name, first: spoken(first), last: spoken(last) };
  const isMonotone = (sign: number) =>
    finite.every((i, k) => k === 0 || sign * (value(i) - value(finite[k - 1])) >= 0);
  if (from === to) return fill(said.flat, ends);
  if (isMonotone(1)) return fill(said.rises, ends);
  if (isMonotone(-1)) return fill(said.falls, ends);
  const where = (y: number) => spoken(xs[finite.find((i) => value(i) === y) ?? 0] ?? Number.NaN);
  return fill(said.wanders, {
    ...ends,
    least: spoken(from),
    atLeast: where(from),
    most: spoken(to),
    atMost: where(to),
  });
}

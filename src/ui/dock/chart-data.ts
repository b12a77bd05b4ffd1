/** What a chart draws: the curve of the run that is shown, smoothed where that is wished, and those of earlier runs. */
import uPlot from 'uplot';
import type { Curve, Series } from '../run/curves.ts';
import type { PastRun } from '../run/past-runs.ts';

/** One line of a chart. */
export interface ChartLine {
  readonly side: 'train' | 'test' | 'raw';
  /** The number of an earlier run; undefined: of the one that is shown. */
  readonly run: number | undefined;
  readonly series: Series;
}

/**
 * A running mean that forgets by `weight` a point, 0 ≤ weight < 1, without the pull to 0 of its beginning: Kingma and
 * Ba 2015, section 3. A point that is no number is passed over.
 */
export function smoothed({ steps, values }: Series, weight: number): Series {
  let mean = 0;
  let norm = 0;
  return {
    steps,
    values: values.map((value) => {
      if (!Number.isFinite(value)) return value;
      mean = weight * mean + (1 - weight) * value;
      norm = weight * norm + (1 - weight);
      return mean / norm;
    }),
  };
}

/** The lines of one metric, those behind first. */
export function linesOf(curve: Curve, past: readonly PastRun[], smoothing: number): readonly ChartLine[] {
  const of = (run: number | undefined, { train, test }: Curve): ChartLine[] => [
    ...(smoothing > 0 && run === undefined ? [{ side: 'raw', run, series: train } as const] : []),
    { side: 'train', run, series: smoothing > 0 ? smoothed(train, smoothing) : train },
    { side: 'test', run, series: test },
  ];
  const others = past.flatMap(({ number, curves }) => {
    const same = curves.find(({ name }) => name === curve.name);
    return same ? of(number, same) : [];
  });
  return [...others, ...of(undefined, curve)];
}

/** Of a logarithmic axis nothing at 0 or below is drawn. */
export function dataOf(lines: readonly ChartLine[], log: { readonly x: boolean; readonly y: boolean }) {
  const tables = lines.map(({ series: { steps, values } }): uPlot.AlignedData => {
    const from = log.x ? steps.findIndex((step) => step > 0) : 0;
    const kept = from < 0 ? steps.length : from;
    const drawn = values.slice(kept).map((value) => (log.y && value <= 0 ? null : value));
    return [steps.slice(kept), drawn];
  });
  return uPlot.join(tables);
}

/** What the lines of the run that is shown say at a step: the last value up to it. */
export function readAt(
  lines: readonly ChartLine[],
  step: number,
): Readonly<Record<'train' | 'test', number | undefined>> {
  const last = (side: ChartLine['side']) => {
    const series = lines.find((line) => line.run === undefined && line.side === side)?.series;
    const index = series?.steps.findLastIndex((at) => at <= step) ?? -1;
    return index < 0 ? undefined : series?.values[index];
  };
  return { train: last('train'), test: last('test') };
}

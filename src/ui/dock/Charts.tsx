/** The curves of a run, one chart a metric, earlier runs behind them. Loaded when the first curve comes. */
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useT } from '../locale.ts';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import type { Curve, Curves } from '../run/curves.ts';
import type { PastRun } from '../run/past-runs.ts';
import { shownTheme, useSettings } from '../settings.ts';
import { dock } from '../strings/dock.ts';
import { rewindWords as words } from '../strings/rewind-words.ts';
import { dataOf, linesOf, readAt } from './chart-data.ts';
import { chartOptions } from './chart-options.ts';
import { useMetricTitle } from './Figures.tsx';
import { sizeOf } from './plot-axes.ts';

interface ChartsProps {
  readonly curves: Curves;
  readonly drawn: number;
  /** Earlier runs that are drawn behind. */
  readonly past: readonly PastRun[];
  /** 0: as it is; near 1: very smooth. */
  readonly smoothing: number;
}

export default function Charts({ curves, ...rest }: ChartsProps) {
  return (
    <div className="charts">
      {curves.all().map((curve) => (
        <Chart key={curve.name} curve={curve} {...rest} />
      ))}
    </div>
  );
}

function Chart({ curve, drawn, past, smoothing }: Omit<ChartsProps, 'curves'> & { readonly curve: Curve }) {
  const t = useT();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const theme = useSettings((s) => shownTheme(s.theme));
  const [wished, setWished] = useState({ x: false, y: false });
  const [pointed, setPointed] = useState<number>();
  const title = useMetricTitle()(curve.name);
  const canLog = curve.train.values.every((v) => v > 0) && curve.train.values.some((v) => v > 1);
  const y = wished.y && canLog;
  const { x } = wished;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says that the curve has grown in place.
  const lines = useMemo(() => linesOf(curve, past, smoothing), [curve, past, smoothing, drawn]);
  const latest = useRef(lines);
  latest.current = lines;
  const kinds = lines.map(({ side, run }) => `${side} ${run ?? ''}`).join();
  // A metric may be measured on the held-back rows alone.
  const spoken = curve.train.values.length > 0 ? curve.train.values : curve.test.values;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page, the lines' kinds from what is drawn.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const options = chartOptions(element, latest.current, { log: { x, y }, pointed: setPointed });
    const chart = new uPlot(options, dataOf(latest.current, { x, y }), element);
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current = null;
      chart.destroy();
    };
  }, [curve, theme, x, y, kinds]);

  useEffect(() => {
    plot.current?.setData(dataOf(lines, { x, y }));
  }, [lines, x, y]);

  const toggle = (axis: 'x' | 'y') => (
    <label className="log-switch">
      <input
        type="checkbox"
        checked={wished[axis]}
        onChange={(event) => setWished({ ...wished, [axis]: event.target.checked })}
      />
      {t(axis === 'x' ? words.logX : dock.logarithmic)}
    </label>
  );
  return (
    <figure className="chart" data-curve={curve.name}>
      <figcaption>
        <b>{title}</b>
        {pointed !== undefined && <ReadOut step={pointed} {...readAt(lines, pointed)} />}
        <span className="log-switches">
          {canLog && toggle('y')}
          {spoken.length > 2 && toggle('x')}
        </span>
      </figcaption>
      <div
        className="plot"
        ref={host}
        role="img"
        aria-label={t(dock.chart, {
          name: title,
          first: formatNumber(spoken[0] as number),
          last: formatNumber(spoken.at(-1) as number),
        })}
      />
    </figure>
  );
}

/** The values under the pointer. */
function ReadOut(at: { readonly step: number } & ReturnType<typeof readAt>) {
  const t = useT();
  const { step, train, test } = at;
  return (
    <span className="read-out">
      {t(dock.training, { step: formatCount(step) })}
      {train !== undefined && <span className="legend train">{formatNumber(train)}</span>}
      {test !== undefined && <span className="legend test">{formatNumber(test)}</span>}
    </span>
  );
}

/** The curves of a run, one chart a metric, drawn by uPlot. Loaded when the first curve comes. */
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useT } from '../locale.ts';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import type { Curve, Curves } from '../run/curves.ts';
import { shownTheme, useSettings } from '../settings.ts';
import { dock } from '../strings/dock.ts';
import { metricTitle } from './Figures.tsx';

export default function Charts({ curves, drawn }: { readonly curves: Curves; readonly drawn: number }) {
  return (
    <div className="charts">
      {curves.all().map((curve) => (
        <Chart key={curve.name} curve={curve} drawn={drawn} />
      ))}
    </div>
  );
}

function Chart({ curve, drawn }: { readonly curve: Curve; readonly drawn: number }) {
  const t = useT();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const theme = useSettings((s) => shownTheme(s.theme));
  const [log, setLog] = useState(false);
  const title = t(metricTitle(curve.name));
  const canLog = curve.train.values.every((v) => v > 0) && curve.train.values.some((v) => v > 1);
  const logarithmic = log && canLog;
  // A metric may be measured on the held-back rows alone.
  const spoken = curve.train.values.length > 0 ? curve.train.values : curve.test.values;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const chart = new uPlot(optionsFor(element, logarithmic), dataOf(curve), element);
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.current = null;
      chart.destroy();
    };
  }, [curve, theme, logarithmic]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says that the curve has grown in place.
  useEffect(() => {
    plot.current?.setData(dataOf(curve));
  }, [curve, drawn]);

  return (
    <figure className="chart" data-curve={curve.name}>
      <figcaption>
        <b>{title}</b>
        {canLog && (
          <label className="log-switch">
            <input type="checkbox" checked={log} onChange={(event) => setLog(event.target.checked)} />
            {t(dock.logarithmic)}
          </label>
        )}
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

const dataOf = ({ train, test }: Curve): uPlot.AlignedData =>
  uPlot.join([
    [[...train.steps], [...train.values]],
    [[...test.steps], [...test.values]],
  ]);

const sizeOf = (element: HTMLElement) => ({
  width: Math.max(60, element.clientWidth),
  height: Math.max(80, element.clientHeight),
});

function optionsFor(element: HTMLElement, logarithmic: boolean): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (token: string) => style.getPropertyValue(token).trim();
  const font = `11px ${style.fontFamily}`;
  const axis = {
    stroke: color('--soft'),
    font,
    grid: { stroke: color('--line'), width: 0.5 },
    ticks: { show: false },
  };
  return {
    ...sizeOf(element),
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: { x: { time: false }, y: { distr: logarithmic ? 3 : 1 } },
    axes: [
      { ...axis, size: 24, gap: 4, values: (_, ticks) => ticks.map((v) => formatCount(v)) },
      {
        ...axis,
        // As wide as the longest of its numbers.
        size: ({ ctx }, ticks) => {
          const widths = (ticks ?? []).map((tick) => ctx.measureText(tick).width / devicePixelRatio);
          return Math.max(36, ...widths) + 12;
        },
        gap: 4,
        values: (_, ticks) => ticks.map((v) => (v === null ? '' : formatNumber(v, 3))),
      },
    ],
    series: [
      {},
      { stroke: color('--accent'), width: 1.25, points: { show: false }, spanGaps: true },
      {
        stroke: color('--ink'),
        width: 1.5,
        points: { show: true, size: 5, fill: color('--card'), stroke: color('--ink') },
        spanGaps: true,
      },
    ],
  };
}

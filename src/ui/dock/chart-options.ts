/** How uPlot draws the chart of a metric: its axes, its lines and their colours, which are the page's. */
import type uPlot from 'uplot';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import type { ChartLine } from './chart-data.ts';
import { runColour } from './run-colour.ts';

interface ChartWishes {
  readonly log: { readonly x: boolean; readonly y: boolean };
  /** Hears which step the pointer is at; undefined: it has left. */
  pointed(step: number | undefined): void;
}

export const sizeOf = (element: HTMLElement) => ({
  width: Math.max(60, element.clientWidth),
  height: Math.max(80, element.clientHeight),
});

export function chartOptions(
  element: HTMLElement,
  lines: readonly ChartLine[],
  { log, pointed }: ChartWishes,
): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (token: string) => style.getPropertyValue(token).trim();
  const axis = {
    stroke: color('--soft'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: color('--line'), width: 0.5 },
    ticks: { show: false },
  };
  return {
    ...sizeOf(element),
    padding: [8, 26, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: { x: { time: false, distr: log.x ? 3 : 1 }, y: { distr: log.y ? 3 : 1 } },
    hooks: {
      setCursor: [
        ({ cursor: { idx, left = -1 }, data }) => pointed(left < 0 || idx == null ? undefined : data[0][idx]),
      ],
    },
    axes: [
      {
        ...axis,
        size: 24,
        gap: 4,
        values: (_, ticks) => ticks.map((v) => (v === null ? '' : formatCount(v))),
      },
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
    series: [{}, ...lines.map((line) => seriesOf(line, color))],
  };
}

function seriesOf({ side, run }: ChartLine, color: (token: string) => string): uPlot.Series {
  const spanGaps = true;
  const plain = { spanGaps, points: { show: false } };
  if (run !== undefined) {
    const stroke = runColour(run);
    return side === 'test' ? { ...plain, stroke, width: 1, dash: [4, 3] } : { ...plain, stroke, width: 1 };
  }
  if (side === 'raw') return { ...plain, stroke: color('--accent'), width: 1, alpha: 0.3 };
  if (side === 'train') return { ...plain, stroke: color('--accent'), width: 1.25 };
  const points = { show: true, size: 5, fill: color('--card'), stroke: color('--ink') };
  return { spanGaps, stroke: color('--ink'), width: 1.5, points };
}

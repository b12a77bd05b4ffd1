/** How uPlot draws the chart of a metric: its axes, its lines and their colours, which are the page's. */
import type uPlot from 'uplot';
import type { ChartLine } from './chart-data.ts';
import { colours, sizeOf, stepAxes } from './plot-axes.ts';
import { runColour } from './run-colour.ts';

interface ChartWishes {
  readonly log: { readonly x: boolean; readonly y: boolean };
  /** Hears which step the pointer is at; undefined: it has left. */
  pointed(step: number | undefined): void;
}

export function chartOptions(
  element: HTMLElement,
  lines: readonly ChartLine[],
  { log, pointed }: ChartWishes,
): uPlot.Options {
  const colour = colours(element);
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
    axes: stepAxes(element),
    series: [{}, ...lines.map((line) => seriesOf(line, colour))],
  };
}

function seriesOf({ side, run }: ChartLine, colour: (token: string) => string): uPlot.Series {
  const spanGaps = true;
  const plain = { spanGaps, points: { show: false } };
  if (run !== undefined) {
    const stroke = runColour(run);
    return side === 'test' ? { ...plain, stroke, width: 1, dash: [4, 3] } : { ...plain, stroke, width: 1 };
  }
  if (side === 'raw') return { ...plain, stroke: colour('--accent'), width: 1, alpha: 0.3 };
  if (side === 'train') return { ...plain, stroke: colour('--accent'), width: 1.25 };
  const points = { show: true, size: 5, fill: colour('--card'), stroke: colour('--ink') };
  return { spanGaps, stroke: colour('--ink'), width: 1.5, points };
}

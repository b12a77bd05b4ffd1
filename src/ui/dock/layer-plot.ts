/** How uPlot draws layers through training: a line for each parameter, or the histogram of one through its steps. */
import type uPlot from 'uplot';
import type { LayerPoint } from '../../worker/protocol.ts';
import { distributionIn, figureOf, type LayerQuantity } from '../run/layer-history.ts';
import { colours, sizeOf, stepAxes } from './plot-axes.ts';

export interface LayerPlot {
  readonly points: readonly LayerPoint[];
  readonly quantity: LayerQuantity;
  /** Parameters in the order of the network. */
  readonly names: readonly string[];
  /** The one that stands out; of a histogram the one that is drawn. */
  readonly chosen: string | undefined;
  readonly isLog: boolean;
  /** The step whose state everything shows. */
  readonly shown: number;
  /** Hears which step the pointer is at; undefined: it has left. */
  pointed(step: number | undefined): void;
}

/** The update of a well chosen rate, as a part of the weight: a rule of thumb (A. Karpathy, CS231n). */
const USUAL_RATIO = 1e-3;

/** From the first layer to the last: blue to red. */
export const layerColour = (i: number, count: number, isDark: boolean): string =>
  `hsl(${(222 - (222 * i) / Math.max(1, count - 1)).toFixed(0)} 62% ${isDark ? 64 : 44}%)`;

const layerIn = (point: LayerPoint, name: string) => point.layers.find((layer) => layer.name === name);

/** Of a logarithmic axis nothing at 0 is drawn. */
export function layerData({ points, quantity, names, isLog }: LayerPlot): uPlot.AlignedData {
  const steps = points.map(({ step }) => step);
  const lines = names.map((name) =>
    points.map((point) => {
      const value = figureOf(layerIn(point, name), quantity);
      return value === undefined || !Number.isFinite(value) || (isLog && value <= 0) ? null : value;
    }),
  );
  return [steps, ...lines];
}

const frame = (element: HTMLElement, pointed: LayerPlot['pointed']) => ({
  ...sizeOf(element),
  padding: [8, 26, 0, 0] as uPlot.Padding,
  legend: { show: false },
  cursor: { y: false, points: { size: 5 } },
  axes: stepAxes(element),
  hooks: {
    setCursor: [
      ({ cursor: { idx, left = -1 }, data }: uPlot) =>
        pointed(left < 0 || idx == null ? undefined : data[0][idx]),
    ],
  },
});

/** A line across the plot, where it lies in it. */
function strokeAcross(
  { ctx, bbox }: uPlot,
  stroke: string,
  dash: readonly number[],
  at: { x?: number; y?: number },
) {
  const { left, top, width, height } = bbox;
  const { x, y } = at;
  if (x !== undefined && (x < left - 1 || x > left + width + 1)) return;
  if (y !== undefined && (y < top || y > top + height)) return;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(x ?? left, y ?? top);
  ctx.lineTo(x ?? left + width, y ?? top + height);
  ctx.stroke();
  ctx.restore();
}

export function lineOptions(element: HTMLElement, plot: () => LayerPlot): uPlot.Options {
  const { names, quantity, chosen, isLog, pointed } = plot();
  const colour = colours(element);
  const isDark = document.documentElement.dataset.theme === 'dark';
  const base = frame(element, pointed);
  const marks = (chart: uPlot) => {
    strokeAcross(chart, colour('--soft'), [2, 3], { x: chart.valToPos(plot().shown, 'x', true) });
    if (quantity === 'ratio')
      strokeAcross(chart, colour('--soft'), [5, 4], { y: chart.valToPos(USUAL_RATIO, 'y', true) });
  };
  return {
    ...base,
    scales: { x: { time: false }, y: { distr: isLog ? 3 : 1 } },
    hooks: { ...base.hooks, draw: [marks] },
    series: [
      {},
      ...names.map((name, i) => ({
        stroke: layerColour(i, names.length, isDark),
        width: name === chosen ? 2.25 : 1.25,
        alpha: chosen === undefined || name === chosen ? 1 : 0.3,
        points: { show: false },
        spanGaps: true,
      })),
    ],
  };
}

/** What a histogram's axis spans: all of nearly every step, so that one step far off does not hide the rest. */
export function histogramRange({ points, quantity, chosen }: LayerPlot): readonly [number, number] {
  const all = points.flatMap((point) => {
    const layer = chosen === undefined ? undefined : layerIn(point, chosen);
    return layer ? (distributionIn(layer, quantity)?.histogram ?? []) : [];
  });
  const known = all.filter(({ low, high }) => low <= high);
  if (known.length === 0) return [-1, 1];
  const lows = known.map(({ low }) => low).sort((a, b) => a - b);
  const highs = known.map(({ high }) => high).sort((a, b) => b - a);
  const few = Math.floor(known.length / 10);
  const [low, high] = [lows[few] as number, highs[few] as number];
  const pad = (high - low || Math.abs(high) || 1) * 0.04;
  return [low - pad, high + pad];
}

export function histogramOptions(element: HTMLElement, plot: () => LayerPlot): uPlot.Options {
  const colour = colours(element);
  const base = frame(element, plot().pointed);
  return {
    ...base,
    scales: { x: { time: false }, y: { range: () => histogramRange(plot()) as [number, number] } },
    hooks: {
      ...base.hooks,
      drawClear: [(chart) => paintHistograms(chart, plot(), colour('--accent'))],
      draw: [
        (chart) =>
          strokeAcross(chart, colour('--soft'), [2, 3], { x: chart.valToPos(plot().shown, 'x', true) }),
      ],
    },
    series: [{}, { paths: () => null, points: { show: false } }],
  };
}

/** A column for each step, as wide as to the middle between it and its neighbours. */
function paintHistograms(chart: uPlot, { points, quantity, chosen }: LayerPlot, accent: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = accent;
  const places = points.map(({ step }) => chart.valToPos(step, 'x', true));
  for (const [i, point] of points.entries()) {
    const layer = chosen === undefined ? undefined : layerIn(point, chosen);
    const histogram = layer && distributionIn(layer, quantity)?.histogram;
    if (!histogram || histogram.low > histogram.high) continue;
    const { low, high, counts } = histogram;
    const here = places[i] as number;
    const left = Math.floor((here + (places[i - 1] ?? bbox.left)) / 2);
    const right = Math.ceil((here + (places[i + 1] ?? bbox.left + bbox.width)) / 2);
    const most = counts.reduce((a, b) => Math.max(a, b), 1);
    for (const [bin, count] of counts.entries()) {
      if (count === 0) continue;
      const [from, to] = [bin, bin + 1].map((k) => low + ((high - low) * k) / counts.length) as [
        number,
        number,
      ];
      const bottom = chart.valToPos(from, 'y', true);
      const top = chart.valToPos(to, 'y', true);
      ctx.globalAlpha = 0.1 + 0.9 * Math.sqrt(count / most);
      // A parameter whose numbers are all one is a line.
      ctx.fillRect(left, top, right - left, Math.max(bottom - top, 2 * devicePixelRatio));
    }
  }
  ctx.restore();
}

/** What is known of a run's layers, step by step: bounded, spread over the whole run. */
import type { LayerPoint } from '../../worker/protocol.ts';

/** More columns than these are no wider than a line on most screens. */
const MOST = 96;

/** In the order of their steps, each step once. Of too many those go that stand closest, the ends aside. */
export function withPoints(
  points: readonly LayerPoint[],
  news: readonly LayerPoint[],
  most = MOST,
): readonly LayerPoint[] {
  const byStep = new Map([...points, ...news].map((point) => [point.step, point]));
  const all = [...byStep.values()].sort((a, b) => a.step - b.step);
  while (all.length > most) {
    const gapAt = (i: number) => (all[i + 1]?.step ?? Infinity) - (all[i - 1]?.step ?? -Infinity);
    let closest = 1;
    for (let i = 2; i < all.length - 1; i++) if (gapAt(i) < gapAt(closest)) closest = i;
    all.splice(closest, 1);
  }
  return all;
}

export const layerQuantities = [
  'gradient',
  'weights',
  'ratio',
  'weightsHistogram',
  'gradientHistogram',
] as const;
export type LayerQuantity = (typeof layerQuantities)[number];

export const isHistogram = (quantity: LayerQuantity): boolean => quantity.endsWith('Histogram');

type Layer = LayerPoint['layers'][number];

/** The distribution that a quantity speaks of; undefined where no gradient reaches the parameter. */
export const distributionIn = (layer: Layer, quantity: LayerQuantity) =>
  quantity.startsWith('gradient') ? layer.gradient : layer.weights;

/** One figure; undefined where there is none. */
export function figureOf(layer: Layer | undefined, quantity: LayerQuantity): number | undefined {
  if (!layer) return undefined;
  if (quantity === 'ratio') return layer.weights.norm > 0 ? layer.update / layer.weights.norm : undefined;
  return distributionIn(layer, quantity)?.norm;
}

/** The point of a step, or the last one before it. */
export const pointAt = (points: readonly LayerPoint[], step: number): LayerPoint | undefined =>
  points.findLast((point) => point.step <= step) ?? points[0];

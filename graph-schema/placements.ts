/** Places on the canvas, kept within bounds: beyond them sums of coordinates would no longer be numbers. */
import { type GraphDocument, type GraphLevel, limits } from './document.ts';

const isFar = (value: number): boolean => !(Math.abs(value) <= limits.coordinate);

const bounded = (value: number): number =>
  Number.isNaN(value) ? 0 : Math.max(-limits.coordinate, Math.min(limits.coordinate, value));

const keys = ['x', 'y', 'width', 'height'] as const;

/** Brings what lies farther out to the bounds, in place. */
export function boundPlacements({ nodes }: GraphLevel['layout']): void {
  for (const [id, placement] of Object.entries(nodes)) {
    const far = keys.filter((key) => isFar(placement[key] ?? 0));
    if (far.length > 0)
      nodes[id] = {
        ...placement,
        ...Object.fromEntries(far.map((key) => [key, bounded(placement[key] ?? 0)])),
      };
  }
}

/** The same for a document whose records nobody else holds yet. */
export function boundAll(document: GraphDocument): GraphDocument {
  boundPlacements(document.layout);
  for (const { layout } of Object.values(document.blocks)) boundPlacements(layout);
  return document;
}

/** Whether a change may have brought a place beyond the bounds: it writes to a layout, and a large number. */
export const isFarOut = ({
  path,
  value,
}: {
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}) => (path.includes('layout') || path[0] === 'blocks') && holdsFar(value);

const holdsFar = (value: unknown): boolean =>
  typeof value === 'number'
    ? isFar(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(holdsFar);

/** Many points on a curve: a cloud over it, darker where they are dense, and bars that count them. */
import type { Mark, Plane } from '../model/picture-scene.ts';
import { styleOf } from '../model/picture-scene.ts';
import type { Known } from '../model/picture-source.ts';
import { atTime, evenly } from '../model/tensors.ts';
import type { MovingPoints } from './followed.ts';

const bins = 60;
/** Of the height of the picture: the highest bar, and how far above the curve the cloud reaches. */
const [barPart, cloudPart] = [0.3, 0.09];

/** Evenly spread over 0 … 1, and the same each time. */
const scattered = (i: number): number => (i * 0.618033988749895) % 1;

export function crowded(
  { value }: Known,
  series: number,
  points: MovingPoints,
  { x, y }: Plane,
): MovingPoints {
  const { ink } = styleOf(series);
  const size = y.to - y.from;
  return {
    ...points,
    still: [],
    moving(time) {
      const heights = new Float64Array(bins);
      const { data } = atTime(value, time);
      for (let i = 0; i < data.length; i++) {
        const bin = Math.floor((((data[i] as number) - x.from) / (x.to - x.from)) * bins);
        if (bin >= 0 && bin < bins) heights[bin] = (heights[bin] as number) + 1;
      }
      const most = Math.max(1, ...heights);
      const bars: Mark = {
        kind: 'bars',
        edges: evenly(bins + 1, x.from, x.to),
        heights: heights.map((count) => y.from + (barPart * size * count) / most),
        base: y.from,
        ink,
        alpha: 0.3,
      };
      const cloud = points.moving(time).map(
        (mark): Mark =>
          mark.kind === 'dots'
            ? {
                ...mark,
                ys: mark.ys.map((height, i) => height + cloudPart * size * scattered(i)),
                alpha: 0.4,
              }
            : mark,
      );
      return [bars, ...cloud];
    },
  };
}

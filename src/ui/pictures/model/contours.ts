/** Lines of equal height over a grid (marching squares), and heights between its points. */

export interface Grid {
  /** Places along both axes, ascending. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** heights[i · ys.length + j] at xs[i], ys[j]. */
  readonly heights: ArrayLike<number>;
}

/** The segments x₁, y₁, x₂, y₂ of all lines on which the height is `level`. */
export function contourOf({ xs, ys, heights }: Grid, level: number, into: number[] = []): number[] {
  const columns = ys.length;
  for (let i = 0; i + 1 < xs.length; i++)
    for (let j = 0; j + 1 < columns; j++) {
      const place = i * columns + j;
      // Around the cell: (i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1).
      const a = (heights[place] as number) - level;
      const b = (heights[place + columns] as number) - level;
      const c = (heights[place + columns + 1] as number) - level;
      const d = (heights[place + 1] as number) - level;
      const sides = (a > 0 ? 1 : 0) + (b > 0 ? 2 : 0) + (c > 0 ? 4 : 0) + (d > 0 ? 8 : 0);
      if (sides === 0 || sides === 15 || !Number.isFinite(a + b + c + d)) continue;
      const [x0, x1, y0, y1] = [xs[i] as number, xs[i + 1] as number, ys[j] as number, ys[j + 1] as number];
      const bottom = () => into.push(x0 + ((x1 - x0) * a) / (a - b), y0);
      const right = () => into.push(x1, y0 + ((y1 - y0) * b) / (b - c));
      const top = () => into.push(x0 + ((x1 - x0) * d) / (d - c), y1);
      const left = () => into.push(x0, y0 + ((y1 - y0) * a) / (a - d));
      // Two opposite corners above: which pair of sides is joined goes by the middle of the cell.
      if (sides === 5 || sides === 10) {
        const joinsHigh = a + b + c + d > 0 === (sides === 5);
        for (const side of joinsHigh ? [left, top, bottom, right] : [left, bottom, top, right]) side();
        continue;
      }
      if ((sides & 1) !== ((sides >> 1) & 1)) bottom();
      if (((sides >> 1) & 1) !== ((sides >> 2) & 1)) right();
      if (((sides >> 2) & 1) !== ((sides >> 3) & 1)) top();
      if (((sides >> 3) & 1) !== (sides & 1)) left();
    }
  return into;
}

/** Levels that are denser towards the bottom: for a bowl the lines are evenly apart. */
export const levelsBetween = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from + (to - from) * ((k + 1) / (count + 1)) ** 2);

/** The index of the last of ascending places that is not beyond x, and the part of the way to the next; clamped. */
function between(places: Float64Array, x: number): readonly [number, number] {
  let low = 0;
  let high = places.length - 1;
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    if ((places[mid] as number) <= x) low = mid;
    else high = mid;
  }
  const [a, b] = [places[low] ?? 0, places[high] ?? 0];
  return [low, a === b ? 0 : Math.max(0, Math.min(1, (x - a) / (b - a)))];
}

/** The height at a place, by linear interpolation along x, and along y where the grid has more than one column. */
export function heightAt({ xs, ys, heights }: Grid, x: number, y = 0): number {
  const columns = ys.length;
  const [i, s] = between(xs, x);
  const [j, t] = between(ys, y);
  const at = (di: number, dj: number) =>
    (heights[Math.min(i + di, xs.length - 1) * columns + Math.min(j + dj, columns - 1)] as number) ??
    Number.NaN;
  const near = (1 - s) * at(0, 0) + s * at(1, 0);
  return t === 0 ? near : (1 - t) * near + t * ((1 - s) * at(0, 1) + s * at(1, 1));
}

/** Places inside the grid that lie lower than all around them. */
export function valleysOf({ xs, ys, heights }: Grid): (readonly [x: number, y: number, height: number])[] {
  const columns = ys.length;
  const found: (readonly [number, number, number])[] = [];
  const near = columns === 1 ? [0] : [-1, 0, 1];
  for (let i = 1; i + 1 < xs.length; i++)
    for (let j = columns === 1 ? 0 : 1; j < (columns === 1 ? 1 : columns - 1); j++) {
      const here = heights[i * columns + j] as number;
      const isLowest = [-1, 0, 1].every((di) =>
        near.every((dj) => {
          if (di === 0 && dj === 0) return true;
          const other = heights[(i + di) * columns + j + dj] as number;
          // Of equal neighbours the first counts.
          return di < 0 || (di === 0 && dj < 0) ? here < other : here <= other;
        }),
      );
      if (isLowest) found.push([xs[i] as number, ys[j] as number, here]);
    }
  return found;
}

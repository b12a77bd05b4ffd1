/** A potential over the plane as a surface, seen from above at an angle (orthographic). */
import { type Grid, heightAt } from '../model/contours.ts';
import type { Mark } from '../model/picture-scene.ts';
import { extentOf, type NumberRange, type Tensor } from '../model/tensors.ts';
import type { LaidGround } from './ground.ts';
import { spoken } from './parts.ts';

/** More quads take longer to fill than a frame. */
const mostLines = 44;
const [azimuth, elevation] = [-0.62, 0.62];
const height = 1.15;

type Project = (x: number, y: number, u: number) => readonly [number, number];

/** From places and heights to the plane of the picture; the second function is the distance from the eye. */
function projection(
  x: NumberRange,
  y: NumberRange,
  u: NumberRange,
): { project: Project; depth(x: number, y: number): number } {
  const part = (value: number, { from, to }: NumberRange) =>
    from === to ? 0 : (2 * (value - from)) / (to - from) - 1;
  const [cos, sin] = [Math.cos(azimuth), Math.sin(azimuth)];
  const depth = (a: number, b: number) => part(a, x) * -sin + part(b, y) * cos;
  return {
    depth,
    project: (a, b, c) => [
      part(a, x) * cos + part(b, y) * sin,
      depth(a, b) * Math.sin(elevation) + (height * (part(c, u) + 1)) / 2,
    ],
  };
}

export function surfaceOf(
  grid: Grid,
  range: NumberRange,
  names: { readonly x: string; readonly y: string },
): LaidGround {
  const x = extentOf([grid.xs]) ?? { from: 0, to: 1 };
  const y = extentOf([grid.ys]) ?? { from: 0, to: 1 };
  const { project, depth } = projection(x, y, range);
  const marks = [...frame(x, y, range, project, names), mesh(grid, range, project, depth)];
  return {
    plane: {
      x: { from: -1.55, to: 1.55, name: names.x },
      y: { from: -1.05, to: 2, name: names.y },
      bare: true,
    },
    ground: () => marks,
    lift(tensor: Tensor) {
      const data = new Float64Array(tensor.data.length);
      for (let i = 0; i + 1 < data.length; i += 2) {
        const [a, b] = [tensor.data[i] as number, tensor.data[i + 1] as number];
        const [px, py] = project(a, b, heightAt(grid, a, b));
        data[i] = px;
        data[i + 1] = py;
      }
      return { ...tensor, data };
    },
  };
}

/** Places thinned out to at most so many, both ends kept. */
function thin(count: number): number[] {
  const shown = Math.min(count, mostLines);
  return Array.from({ length: shown }, (_, i) => Math.round((i * (count - 1)) / Math.max(1, shown - 1)));
}

function mesh(
  { xs, ys, heights }: Grid,
  { from, to }: NumberRange,
  project: Project,
  depth: (x: number, y: number) => number,
): Mark {
  const [is, js] = [thin(xs.length), thin(ys.length)];
  const quads: { readonly far: number; readonly shade: number; readonly corners: readonly number[] }[] = [];
  const at = (i: number, j: number) => {
    const [x, y] = [xs[i] as number, ys[j] as number];
    const u = heights[i * ys.length + j] as number;
    return { u, point: project(x, y, u), far: depth(x, y) };
  };
  for (let p = 0; p + 1 < is.length; p++)
    for (let q = 0; q + 1 < js.length; q++) {
      const [i, k, j, l] = [is[p], is[p + 1], js[q], js[q + 1]] as [number, number, number, number];
      const corners = [at(i, j), at(k, j), at(k, l), at(i, l)];
      const u = corners.reduce((sum, corner) => sum + corner.u, 0) / 4;
      if (!Number.isFinite(u)) continue;
      quads.push({
        far: Math.max(...corners.map((corner) => corner.far)),
        shade: from === to ? 0.5 : 1 - Math.sqrt((u - from) / (to - from)),
        corners: corners.flatMap(({ point }) => point),
      });
    }
  quads.sort((a, b) => b.far - a.far);
  return {
    kind: 'quads',
    corners: Float64Array.from(quads.flatMap(({ corners }) => corners)),
    shades: Float64Array.from(quads, ({ shade }) => shade),
    ink: 'accent',
  };
}

/** The floor's two near edges with their ends in numbers. */
function frame(
  x: NumberRange,
  y: NumberRange,
  { from }: NumberRange,
  project: Project,
  names: { x: string; y: string },
): Mark[] {
  const corner = (a: number, b: number) => project(a, b, from);
  const [left, near, right] = [corner(x.from, y.to), corner(x.from, y.from), corner(x.to, y.from)];
  const label = (
    [px, py]: readonly [number, number],
    text: string,
    align: 'start' | 'center' | 'end',
  ): Mark => ({
    kind: 'label',
    x: px,
    y: py,
    text,
    align,
    shift: 14,
    ink: 'soft',
  });
  const middle = (a: readonly [number, number], b: readonly [number, number]) =>
    [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
  return [
    {
      kind: 'segments',
      ends: Float64Array.of(...left, ...near, ...near, ...right),
      ink: 'soft',
      width: 1,
    },
    label(left, spoken(y.to), 'center'),
    label(middle(left, near), names.y, 'end'),
    label(near, `${spoken(y.from)} | ${spoken(x.from)}`, 'center'),
    label(middle(near, right), names.x, 'start'),
    label(right, spoken(x.to), 'center'),
  ];
}

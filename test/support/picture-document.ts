/** A document with a picture of every kind, its numbers from closed formulas. */
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';

type Axes = Readonly<Record<string, number>>;

/** `at`: the number at these indices. */
function tensor(
  axes: Axes,
  at: (...indices: number[]) => number,
  label?: string,
): GraphDocument['nodes'][string] {
  const names = Object.keys(axes);
  const sizes = Object.values(axes);
  const count = sizes.reduce((n, size) => n * size, 1);
  const values = Array.from({ length: count }, (_, k) => {
    let rest = k;
    const indices = sizes.toReversed().map((size) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    });
    return Number(at(...indices.toReversed()).toPrecision(7));
  });
  return {
    type: 'tensor',
    ...(label && { label }),
    params: { axes: names.map((name) => ({ name, size: axes[name] as number })), fill: 'values', values },
  };
}

/** One place of evenly spread ones. */
const along = (from: number, to: number, count: number) => (i: number) =>
  from + ((to - from) * i) / (count - 1);

/** `moments`: of all that moves. */
export function picturesDocument(moments: number): GraphDocument {
  const grid = along(-2, 2, 33);
  const time = along(0, 6 * Math.PI, moments);
  const phase = (t: number, body: number) => (2 * Math.PI * t) / (moments - 1) + (2 * Math.PI * body) / 3;
  const well = (x: number, y: number) => (x * x - 1) ** 2 + 0.8 * y * y + 0.3 * x;
  const sources: GraphDocument['nodes'] = {
    circle: tensor(
      { t: moments, xy: 2 },
      (t, k) => (k === 0 ? Math.cos(time(t)) : -Math.sin(time(t))),
      'exact',
    ),
    spiral: tensor(
      { t: moments, xy: 2 },
      (t, k) => 1.02 ** (time(t) * 2) * (k === 0 ? Math.cos(time(t)) : -Math.sin(time(t))),
      'Euler',
    ),
    field: tensor({ x: 11, y: 11, xy: 2 }, (i, j, k) =>
      k === 0 ? along(-2, 2, 11)(j) : -along(-2, 2, 11)(i),
    ),
    energy: tensor({ t: moments }, (t) => 0.5 * 1.02 ** (time(t) * 4), 'energy'),
    level: tensor({}, () => 0.5, 'exact energy'),
    potential: tensor({ x: 33, y: 33 }, (i, j) => well(grid(i), grid(j)), 'U'),
    path: tensor(
      { t: moments, xy: 2 },
      (t, k) => {
        const part = t / (moments - 1);
        return k === 0 ? 0.1 + 0.85 * part ** 2 : 1.6 * (1 - part) ** 2;
      },
      'descent',
    ),
    bodies: tensor(
      { t: moments, body: 3, xy: 2 },
      (t, body, k) => (k === 0 ? Math.sin(phase(t, body)) : 0.35 * Math.sin(2 * phase(t, body))),
      'three bodies',
    ),
    counts: tensor(
      { t: moments, bin: 40 },
      (t, i) => {
        const x = along(-1.95, 1.95, 40)(i);
        return Math.exp(-((x - 1 + (2 * t) / (moments - 1)) ** 2) / 0.3);
      },
      'walkers',
    ),
    eigenvalues: tensor({ k: 4 }, (k) => [1, 4, 12, 21][k] as number, 'λ'),
    matrix: tensor({ i: 4, j: 4 }, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0), 'A'),
  };
  const pictures: Readonly<
    Record<
      string,
      [
        type: string,
        wires: Readonly<Record<string, string>>,
        params?: GraphDocument['nodes'][string]['params'],
      ]
    >
  > = {
    portrait: ['phase-portrait', { field: 'field', a: 'circle', b: 'spiral' }, { xName: 'q', yName: 'p' }],
    drift: ['plot', { a: 'energy', b: 'level' }, { yName: 'E' }],
    map: ['landscape', { potential: 'potential', a: 'path' }],
    surface: ['landscape', { potential: 'potential', a: 'path' }, { view: 'surface' }],
    orbits: ['bodies', { a: 'bodies' }, { trail: 0.3 }],
    spread: ['histogram-picture', { bars: 'counts' }, { area: true }],
    stability: ['stability-picture', { eigenvalues: 'eigenvalues' }],
    spectrum: ['plot', { a: 'eigenvalues' }, { style: 'stems' }],
    entries: ['matrix-picture', { x: 'matrix' }],
  };
  const ids = Object.keys(pictures);
  return {
    ...emptyDocument('pictures'),
    nodes: {
      ...sources,
      ...Object.fromEntries(
        ids.map((id) => [
          id,
          { type: pictures[id]?.[0] as string, label: id, params: pictures[id]?.[2] ?? {} },
        ]),
      ),
    },
    edges: Object.fromEntries(
      ids.flatMap((id) =>
        Object.entries(pictures[id]?.[1] ?? {}).map(([port, from]) => [
          `${from}-${id}-${port}`,
          { from: { node: from, port: 'out' }, to: { node: id, port } },
        ]),
      ),
    ),
    layout: {
      nodes: Object.fromEntries([
        ...Object.keys(sources).map((id, i) => [id, { x: 0, y: 130 * i }]),
        ...ids.map((id, i) => [id, { x: 340 + 460 * (i % 3), y: 360 * Math.floor(i / 3) }]),
      ]),
    },
  };
}

import { describe, expect, it } from 'vitest';
import type { PictureKind } from '../../../catalogue/index.ts';
import type { TensorValue } from '../../../worker/protocol.ts';
import type { Mark, PictureScene } from '../model/picture-scene.ts';
import type { PictureSource } from '../model/picture-source.ts';
import { sceneOf } from './index.ts';
import { stableUpTo, stretch } from './stability-scene.ts';

/** `i 3, j 2` and its numbers. */
function value(axes: string, data: readonly number[], count = data.length): TensorValue {
  const parts = axes === '' ? [] : axes.split(', ').map((axis) => axis.split(' ') as [string, string]);
  return {
    axes: parts.map(([name]) => name),
    shape: parts.map(([, size]) => Number(size)),
    data: [...data],
    count,
    min: Math.min(...data),
    max: Math.max(...data),
    mean: 0,
    deviation: 0,
  };
}

type Inputs = Readonly<Record<string, readonly [axes: string, data: readonly number[], count?: number]>>;

function source(kind: PictureKind, inputs: Inputs, params = {}): PictureSource {
  const wired = Object.entries(inputs).map(([port, [axes, data, count]]) => {
    const given = { port, name: port.toUpperCase(), value: value(axes, data, count), history: [] };
    return [port, given] as const;
  });
  return { kind, params, inputs: Object.fromEntries(wired), steps: [], at: -1 };
}

const portsOf = ({ inputs }: PictureSource) => Object.keys(inputs).map((name) => ({ name }));

function draw(made: PictureSource): PictureScene {
  const scene = sceneOf(made, portsOf(made));
  if ('missing' in scene) throw new Error(scene.missing.en);
  return scene;
}

const english = (scene: PictureScene) => scene.words().map(({ en }) => en);
const only = <K extends Mark['kind']>(marks: readonly Mark[], kind: K) =>
  marks.filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind);
const pairs = ({ xs, ys }: { xs: Float64Array; ys: Float64Array }) => [...xs].map((x, i) => [x, ys[i]]);

describe('a plot', () => {
  it('draws y against x, a level for a number, and says what it shows', () => {
    const scene = draw(
      source(
        'plot',
        { x: ['k 3', [0, 1, 2]], a: ['k 3', [4, 1, 0.25]], b: ['', [2]] },
        { yName: 'E', xName: 'time' },
      ),
    );
    expect(only(scene.still, 'line').map(pairs)).toEqual([
      [
        [0, 4],
        [1, 1],
        [2, 0.25],
      ],
    ]);
    expect(only(scene.still, 'rule')).toMatchObject([{ axis: 'y', at: 2 }]);
    expect(english(scene)).toEqual([
      'time runs from 0 to 2, E from 0.025 to 4.22.',
      'A falls from 4 to 0.25.',
      'B is the level 2.',
    ]);
    expect(scene.moments).toBe(1);
  });
  it('goes along time with the clock: up to it, and where it is', () => {
    const scene = draw(source('plot', { a: ['t 5', [0, 1, 4, 9, 16]] }));
    expect(scene.moments).toBe(5);
    const now = scene.moving?.(0.5) ?? [];
    expect(only(now, 'line')[0]?.until).toBe(2);
    expect(only(now, 'dots').map(pairs)).toEqual([[[2, 4]]]);
    expect(only(scene.still, 'line')[0]?.alpha).toBeLessThan(0.5);
  });
  it('moves a profile through time', () => {
    const scene = draw(source('plot', { x: ['k 2', [0, 1]], a: ['t 2, k 2', [0, 0, 10, 20]] }));
    expect(only(scene.moving?.(0.5) ?? [], 'line').map(pairs)).toEqual([
      [
        [0, 5],
        [1, 10],
      ],
    ]);
  });
  it('leaves out what a logarithmic axis cannot show, and says so', () => {
    const scene = draw(source('plot', { a: ['k 3', [1, 0, 100]] }, { logY: true }));
    expect(scene.plane.y.from).toBeGreaterThan(0);
    expect(scene.notes.map(({ en }) => en)).toEqual([
      '1 numbers of A are not above 0, and not drawn on the logarithmic axis.',
    ]);
    expect(sceneOf(source('plot', { a: ['k 2', [-1, 0]] }, { logY: true }), [])).toMatchObject({
      missing: { en: 'A logarithmic axis shows numbers above 0; A has none.' },
    });
  });
  it('says where it shows a part, and where there is nothing but NaN', () => {
    expect(draw(source('plot', { a: ['k 5', [1, 2], 5] })).notes[0]?.en).toBe(
      'The first 2 of 5 numbers of A are drawn.',
    );
    expect(sceneOf(source('plot', { a: ['k 2', [Number.NaN, Number.NaN]] }), [])).toMatchObject({
      missing: { en: 'All numbers of A are NaN or infinite.' },
    });
  });
  it('draws numbers that a run has recorded over its steps', () => {
    const made = source('plot', { a: ['', [3]] });
    const history = [9, 5, 3].map((x) => value('', [x]));
    const scene = draw({
      ...made,
      inputs: { a: { port: 'a', name: 'loss', value: history[1], history } },
      steps: [0, 10, 20],
      at: 1,
    });
    expect(only(scene.moving?.(1) ?? [], 'line')[0]).toMatchObject({
      xs: Float64Array.of(0, 10, 20),
      until: 1,
    });
    expect(only(scene.moving?.(1) ?? [], 'dots').map(pairs)).toEqual([[[10, 5]]]);
  });
  it('keeps the height of its axis where motions of an early step flew off', () => {
    const energies = [
      [0, 500],
      [0, 3],
      [1, 2],
    ].map((data) => value('t 2', data));
    const made = source('plot', { a: ['t 2', [1, 2]] });
    const scene = draw({
      ...made,
      inputs: { a: { port: 'a', name: 'energy', value: energies[2], history: energies } },
      steps: [0, 10, 20],
      at: 2,
    });
    expect(scene.plane.y.to).toBeLessThan(4);
    expect(scene.plane.y.to).toBeGreaterThanOrEqual(3);
  });
});

describe('a histogram', () => {
  it('has bars of area 1 where that is wanted', () => {
    const scene = draw(
      source(
        'histogram',
        { bars: ['bin 4', [1, 3, 4, 0]], density: ['bin 4', [0.25, 0.5, 1, 0.25]] },
        { xFrom: 0, xTo: 2, area: true },
      ),
    );
    expect([...(only(scene.still, 'bars')[0]?.heights ?? [])]).toEqual([0.25, 0.75, 1, 0]);
    expect(only(scene.still, 'line').map(pairs)).toEqual([
      [
        [0.25, 0.25],
        [0.75, 0.5],
        [1.25, 1],
        [1.75, 0.25],
      ],
    ]);
    expect(english(scene).at(-1)).toBe(
      'Bars and density differ by 0.125 of all probability (total variation).',
    );
  });
});

describe('a landscape', () => {
  const xs = [-2, -1, 0, 1, 2];
  it('lays balls on the curve', () => {
    const scene = draw(
      source('landscape', { potential: ['x 5', [9, 0, 1, 0, 9]], x: ['x 5', xs], a: ['', [0.5]] }),
    );
    expect(only(scene.moving?.(1) ?? [], 'dots').map(pairs)).toEqual([[[0.5, 0.5]]]);
    expect(english(scene)).toContain('2 valleys: x = −1 (0); x = 1 (0).');
    expect(english(scene)).toContain('A is at 0.5, where the potential is 0.5.');
    // Twice the height of the barrier: the walls are cut.
    expect(scene.plane.y.to).toBeCloseTo(2.2);
  });
  it('has a path through what a run has recorded', () => {
    const made = source(
      'landscape',
      { potential: ['x 5', [4, 1, 0, 1, 4]], a: ['', [0]] },
      { xFrom: -2, xTo: 2 },
    );
    const history = [2, 1, 0].map((x) => value('', [x]));
    const potential = made.inputs.potential as (typeof made.inputs)[string];
    const kept = [0, 1, 2].map(() => potential.value as TensorValue);
    const scene = draw({
      ...made,
      inputs: {
        potential: { ...potential, history: kept },
        a: { port: 'a', name: 'A', value: history[1], history },
      },
      steps: [0, 1, 2],
      at: 1,
    });
    expect(only(scene.moving?.(1) ?? [], 'line').map(pairs)).toEqual([
      [
        [2, 4],
        [1, 1],
      ],
    ]);
  });
  it('is a map or a surface in two dimensions, with the same points on it', () => {
    const inputs: Inputs = {
      potential: ['x 3, y 3', [2, 1, 2, 1, 0, 1, 2, 1, 2]],
      a: ['t 2, xy 2', [-1, -1, 0, 0]],
    };
    const range = { xFrom: -1, xTo: 1, yFrom: -1, yTo: 1 };
    const map = draw(source('landscape', inputs, { view: 'contours', ...range }));
    expect(only(map.still, 'segments').length).toBeGreaterThan(5);
    expect(only(map.moving?.(0) ?? [], 'dots').map(pairs)).toEqual([[[-1, -1]]]);
    const surface = draw(source('landscape', inputs, { view: 'surface', ...range }));
    expect(only(surface.still, 'quads')[0]?.shades.length).toBe(4);
    expect(surface.plane.bare).toBe(true);
    expect(english(surface)).toContain('One valley, at (0, 0): 0.');
    // Told in the places that are wired in, not in those on the screen.
    expect(english(surface)).toContain('Its path began at (−1, −1).');
  });
});

describe('a phase portrait', () => {
  it('has arrows along the field and trajectories up to the clock', () => {
    const scene = draw(
      source(
        'phase-portrait',
        { field: ['x 2, y 2, xy 2', [1, 0, 1, 0, 1, 0, 1, 0]], a: ['t 3, xy 2', [0, 0, 1, 0, 0, 0]] },
        { xFrom: 0, xTo: 1, yFrom: 0, yTo: 1 },
      ),
    );
    const [arrows] = only(scene.still, 'arrows');
    expect([...(arrows?.ends.slice(0, 4) ?? [])].map((x) => Number(x.toFixed(6)))).toEqual([
      -0.46, 0, 0.46, 0,
    ]);
    expect(only(scene.moving?.(0.5) ?? [], 'line')[0]?.until).toBe(1);
    expect(english(scene)).toContain('A comes back to where it began, (0, 0).');
  });
});

describe('bodies', () => {
  it('have trails as long as is wanted, and say how near they come', () => {
    const scene = draw(
      source('bodies', { a: ['t 3, body 2, xy 2', [0, 0, 3, 0, 1, 0, 2, 0, 0, 1, 3, 1]] }, { trail: 0.25 }),
    );
    expect(only(scene.moving?.(1) ?? [], 'line')[0]).toMatchObject({ until: 2, since: 1.5 });
    expect(english(scene)).toContain('Two bodies are never nearer than 1.');
    expect(english(scene)).toContain('Body 2 of A goes from (3, 0) to (3, 1).');
    expect(scene.plane.equal).toBe('widen');
  });
});

describe('stability', () => {
  it('has the factor of each method', () => {
    expect(stretch('euler', 2.5, 0)).toBe(1.5);
    // numpy.abs(numpy.roots([1, -(1.9 - z), 0.9])).max()
    expect(stretch('momentum', 0.5, 0.9)).toBeCloseTo(0.948683298, 8);
    expect(stretch('momentum', 4, 0.9)).toBeCloseTo(1.5, 8);
    expect(stretch('rk4', 1, 0)).toBeCloseTo(0.375, 12);
    expect(stretch('leapfrog', 3, 0)).toBe(1);
    // numpy.abs(numpy.roots([1, 3, 1])).max()
    expect(stretch('leapfrog', 5, 0)).toBeCloseTo(2.618033989, 8);
  });
  it.each(['euler', 'momentum', 'rk4', 'leapfrog'] as const)('of %s ends where it is said to', (method) => {
    const bound = stableUpTo(method, 0.9);
    expect(stretch(method, bound, 0.9)).toBeCloseTo(1, 6);
    expect(stretch(method, bound * 1.01, 0.9)).toBeGreaterThan(1.005);
    expect(stretch(method, bound * 0.5, 0.9)).toBeLessThan(1 + 1e-9);
  });
  it('tells directions that grow by shape too', () => {
    const scene = draw(
      source('stability', { eigenvalues: ['k 3', [1, 10, 21]] }, { rate: 0.1, method: 'euler' }),
    );
    expect(only(scene.still, 'dots').map((mark) => [mark.shape, [...mark.xs]])).toEqual([
      [undefined, [0.1, 1]],
      ['diamond', [expect.closeTo(2.1)]],
    ]);
    expect(english(scene)).toContain('1 of 3 directions grow: the largest factor is 1.1.');
  });
});

describe('a matrix', () => {
  it('has its digits, and says what kind it is', () => {
    const scene = draw(source('matrix', { x: ['i 2, j 2', [1, -2, -2, 0]] }, { digits: true }));
    expect(only(scene.still, 'cells')[0]).toMatchObject({
      digits: [
        ['1', '−2', '−2', '0'],
        ['1', '−2', '−2', '0'],
      ],
      levels: Float64Array.of(0.5, -1, -1, 0),
    });
    expect(english(scene)).toEqual([
      '2 rows (i) and 2 columns (j), from −2 to 1.',
      'The number of largest magnitude is −2, in row 0, column 1.',
      'It is symmetric.',
    ]);
  });
  it('is one of those that a tensor holds', () => {
    const made = source('matrix', { x: ['n 2, i 1, j 2', [1, 2, 3, 4]] }, { digits: true });
    const scene = sceneOf(made, portsOf(made), { n: 1 }) as PictureScene;
    expect(only(scene.still, 'cells')[0]?.digits?.[0]).toEqual(['3', '4']);
  });
});

it('says which input has no wire, or no numbers', () => {
  const ports = [{ name: 'a', title: { en: 'a', zh: 'a' } }];
  const empty = { kind: 'plot', params: {}, inputs: {}, steps: [], at: -1 } as const;
  expect(sceneOf(empty, ports)).toMatchObject({ missing: { en: 'Nothing is wired to “a” yet.' } });
  const waiting = { ...empty, inputs: { a: { port: 'a', name: 'field', value: undefined, history: [] } } };
  expect(sceneOf(waiting, ports)).toMatchObject({ missing: { zh: expect.stringContaining('field') } });
});

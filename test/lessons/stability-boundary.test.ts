/** A step too large diverges at η = 2/λ: predicted by power iteration, measured by trying, for random quadratics too. */
import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { keyFrom, normal } from '../../src/base/random.ts';
import { all, set } from './changes.test-support.ts';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

testLesson('stability-boundary', {
  does: {
    guess: () => {},
    run: () => {},
    above: set('eta', 'values', [0.35]),
    steeper: set('steep', 'factor', 2),
    recall: () => {},
    transfer: all(set('descent', 'momentum', 0.9), set('eta', 'values', [0.5])),
  },
  twins: [
    { what: 'a rate above the bound', change: set('eta', 'values', [0.35]), breaks: ['check-rate'] },
    {
      what: 'momentum that falls short of the rate',
      change: all(set('descent', 'momentum', 0.9), set('eta', 'values', [0.64])),
      breaks: ['check-rate'],
    },
    {
      what: 'a bound for momentum that is not there',
      change: set('bound', 'momentum', 0.05),
      breaks: ['check-boundary'],
    },
    {
      what: 'momentum left out of the bound',
      change: set('bound-momentum', 'momentum', 0),
      breaks: ['check-momentum'],
    },
    { what: 'one step of power iteration', change: set('lambda', 'steps', 1), breaks: ['check-lambda'] },
    {
      what: 'a factor that the matrix knows nothing of',
      change: set('U', 'factor', 0.51),
      breaks: ['check-lambda'],
    },
  ],
});

/** QΛQᵀ with Q a product of random reflections, and eigenvalues from 1 to `condition`, evenly on a logarithmic scale. */
function quadratic(n: number, condition: number, seed: number): number[] {
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => (i === j ? condition ** (i / (n - 1)) : 0)),
  );
  const numbers = [...normal(keyFrom(seed, 'quadratic', condition), n * n)];
  for (let k = 0; k < n; k++) {
    const v = numbers.slice(k * n, (k + 1) * n);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    const reflect = (row: number[]) => {
      const share = (2 * row.reduce((sum, x, j) => sum + x * (v[j] as number), 0)) / square;
      for (const j of row.keys()) row[j] = (row[j] as number) - share * (v[j] as number);
    };
    // From the right, and, of a symmetric matrix, from the left.
    for (const row of rows) reflect(row);
    for (let j = 0; j < n; j++) {
      const column = rows.map((row) => row[j] as number);
      reflect(column);
      for (const [i, row] of rows.entries()) row[j] = column[i] as number;
    }
  }
  return rows.flatMap((row, i) => row.map((x, j) => (x + (rows[j]?.[i] as number)) / 2));
}

const cases = [1, 10, 100, 1000].flatMap((condition) =>
  [1, 2, 3, 4, 5].map((seed) => [condition, seed] as const),
);

it.each(cases)(
  'is predicted to one per cent for a random quadratic of condition %s, seed %s',
  async (condition, seed) => {
    const n = 8;
    const axes = (...names: readonly string[]) => names.map((name) => ({ name, size: n }));
    const document = changed(await lessonNamed('stability-boundary').load(), ({ nodes, edges }) => {
      const A = quadratic(n, condition, seed);
      set('A', 'axes', axes('i', 'j'))({ nodes } as GraphDocument);
      set('A', 'values', A)({ nodes } as GraphDocument);
      set('x', 'axes', axes('i'))({ nodes } as GraphDocument);
      set(
        'x',
        'values',
        Array.from({ length: n }, () => 0),
      )({ nodes } as GraphDocument);
      // What draws in the plane, and the training, are not asked here.
      for (const node of ['grid', 'picture', 'descent', 'check-rate']) delete nodes[node];
      for (const [id, { from, to }] of Object.entries(edges))
        if (!(nodes[from.node] && nodes[to.node])) delete edges[id];
    });
    for (const engine of seed === 1 ? (['wasm', 'reference'] as const) : (['wasm'] as const)) {
      const verdicts = await verdictsOf(document, { engine, seed });
      const boundary = verdicts['check-boundary'];
      // λ = condition, so that the boundary is there without any node's help.
      expect(boundary?.value).toBeCloseTo(2 / condition, Math.ceil(2 + Math.log10(condition)));
      for (const node of ['check-boundary', 'check-momentum'])
        expect(verdicts[node]).toMatchObject({ met: true });
    }
  },
  30_000,
);

/** Rotations, and checks of drawn forces under them and between bodies: on every engine. */
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { numbersOfRotation, rotationsOf } from '../../src/catalogue/rotations.ts';
import { Builder } from '../../src/ir/builder.ts';
import { graph } from '../support/graphs.ts';
import { interpret } from '../support/interpret.ts';
import { runners } from '../support/runners.ts';

const bodies = [
  { name: 'i', size: 4 },
  { name: 'd', size: 3 },
];
const r = { type: 'parameter', params: { axes: bodies, init: 'normal' } };
const scalars = { type: 'contract', params: { expression: 'ij,ijd->id' } };

/** Forces along the lines between bodies, of a strength that depends on the distance as `strength` says. */
const central = (strength: string) =>
  [
    {
      r,
      differences: { type: 'pair-differences' },
      distances: { type: 'distances' },
      strength: { type: 'activation', params: { function: strength } },
      force: scalars,
    },
    [
      'r.out > differences.r',
      'r.out > distances.r',
      'distances.out > strength.x',
      'strength.y > force.a',
      'differences.out > force.b',
    ],
  ] as const;

function equivariance(strength: string, params: Readonly<Record<string, unknown>> = {}) {
  const [nodes, wires] = central(strength);
  return graph({ ...nodes, check: { type: 'check-equivariant', params } }, [
    ...wires,
    'r.out > check.by',
    'force.out > check.of',
  ]);
}

describe('rotations', () => {
  it.each([2, 3, 5, 16])('of %d dimensions are orthonormal to 1e-15, of determinant 1', (n) => {
    const count = 20;
    const ir = new Builder();
    const numbers = ir.constant(
      [count, numbersOfRotation(n)],
      Array.from(normal(keyFrom(1, 'test', n), count * numbersOfRotation(n))),
    );
    const all = interpret(ir.finish([{ name: 'out', value: rotationsOf(ir, numbers, n) }], []), {}).at(
      -1,
    ) as Float64Array;
    for (let k = 0; k < count; k++) {
      const q = (i: number, j: number) => all[(k * n + i) * n + j] as number;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let product = 0;
          for (let l = 0; l < n; l++) product += q(l, i) * q(l, j);
          // Some roundings for each of the n − 1 mirrors.
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-15 * Math.max(1, n / 2));
        }
      if (n === 2) expect(q(0, 0) * q(1, 1) - q(0, 1) * q(1, 0)).toBeCloseTo(1, 14);
      if (n === 3) {
        const minor = (a: number, b: number) => q(1, a) * q(2, b) - q(1, b) * q(2, a);
        expect(q(0, 0) * minor(1, 2) - q(0, 1) * minor(0, 2) + q(0, 2) * minor(0, 1)).toBeCloseTo(1, 14);
      }
    }
  });
});

describe.each(runners.filter(({ tolerance }) => tolerance < 1e-9))('symmetry on $name', ({ run, check }) => {
  it('forces from distances and directions turn with the bodies', async () => {
    const { residual, met } = await check(equivariance('sin'));
    expect(residual).toBeGreaterThan(0);
    expect(residual).toBeLessThan(1e-13);
    expect(met).toBe(true);
  });

  it('each coordinate by itself does not', async () => {
    const document = graph(
      {
        r,
        force: { type: 'activation', params: { function: 'sin' } },
        check: { type: 'check-equivariant', params: { shift: 0 } },
      },
      ['r.out > force.x', 'r.out > check.by', 'force.y > check.of'],
    );
    const { residual, met } = await check(document);
    expect(residual).toBeGreaterThan(0.1);
    expect(met).toBe(false);
  });

  it('what should stay as it is stays: distances do, forces do not', async () => {
    expect((await check(equivariance('sin', { turns: false }))).met).toBe(false);
    const document = graph(
      {
        r,
        distances: { type: 'distances' },
        check: { type: 'check-equivariant', params: { turns: false } },
      },
      ['r.out > distances.r', 'r.out > check.by', 'distances.out > check.of'],
    );
    expect((await check(document)).met).toBe(true);
  });

  it('a shift alone is seen', async () => {
    const document = graph(
      {
        r,
        force: { type: 'scale', params: { factor: -1 } },
        check: { type: 'check-equivariant', params: {} },
      },
      ['r.out > force.x', 'r.out > check.by', 'force.out > check.of'],
    );
    expect((await check(document)).met).toBe(false);
  });

  it('derivatives of distances are finite where bodies meet, second ones too', async () => {
    const meeting = {
      type: 'parameter',
      params: { axes: bodies, init: 'values', values: [1, 2, 3, 1, 2, 3, 0, 0, 0, 2, 0, 0] },
    };
    const document = graph(
      {
        r: meeting,
        distances: { type: 'distances' },
        energy: { type: 'contract', params: { expression: 'ij,ij,ij->' } },
        force: { type: 'gradient' },
        square: { type: 'contract', params: { expression: 'id,id->' } },
        second: { type: 'gradient' },
        seen: { type: 'probe' },
      },
      [
        'r.out > distances.r',
        'distances.out > energy.a',
        'distances.out > energy.b',
        'distances.out > energy.c',
        'energy.out > force.of',
        'r.out > force.by',
        'force.out > square.a',
        'force.out > square.b',
        'square.out > second.of',
        'r.out > second.by',
        'second.out > seen.x',
      ],
    );
    const { 'force.out': force, 'second.out': second } = await run(document);
    // 6 Σ_j D_ij (r_i − r_j), and central differences of its square, both by NumPy.
    const expected = {
      force: [
        [0, 89.7997772825746, 134.6996659238619],
        [0, 89.7997772825746, 134.6996659238619],
        [-68.89988864128729, -89.7997772825746, -134.6996659238619],
        [68.89988864128729, -89.7997772825746, -134.6996659238619],
      ].flat(),
      second: [
        [0, 31987.884951, 47981.827427],
        [0, 31987.884951, 47981.827427],
        [-20731.526439, -31987.884951, -47981.827427],
        [20731.526439, -31987.884951, -47981.827427],
      ].flat(),
    };
    for (const [i, value] of expected.force.entries()) expect(force?.[i]).toBeCloseTo(value, 9);
    for (const [i, value] of expected.second.entries()) expect(second?.[i]).toBeCloseTo(value, 4);
  });
});

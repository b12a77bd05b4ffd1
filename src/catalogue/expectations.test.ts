/** Inputs that nodes cannot take are told before anything runs, where the document says what comes in. */
import { expect, it } from 'vitest';
import { graph } from '../../test/support/graphs.ts';
import { check } from '../compiler/index.ts';
import { openModel } from '../runtime/index.ts';

const tensor = (values: readonly number[], ...sizes: readonly number[]) => ({
  type: 'tensor',
  params: { axes: sizes.map((size, d) => ({ name: 'txy'[d], size })), fill: 'values', values },
});

const told = (nodes: Parameters<typeof graph>[0], wires: readonly string[]) =>
  check(graph(nodes, wires)).diagnostics.flatMap(({ code, node, port }) =>
    code === 'input-unfit' ? [`${node}.${port}`] : [],
  );

const heat = (temperature: number, rate = 0.1) => ({
  x: { type: 'parameter', params: { axes: [] } },
  T: tensor([temperature]),
  h: tensor([rate]),
  motion: { type: 'langevin' },
});
const heatWires = ['x.out > motion.loss', 'T.out > motion.temperature', 'h.out > motion.rate'];

const slope = (x: readonly number[], y: readonly number[], scale = 'log-log') =>
  told({ x: tensor(x, x.length), y: tensor(y, y.length), fit: { type: 'slope-fit', params: { scale } } }, [
    'x.out > fit.x',
    'y.out > fit.y',
  ]);

const places = (type: string, count: number) =>
  told(
    {
      x: tensor([0.1], 1),
      U: tensor(
        Array.from({ length: count }, (_, i) => (i - 1) ** 2),
        count,
      ),
      at: tensor(
        Array.from({ length: count }, (_, i) => i),
        count,
      ),
      node: { type },
    },
    ['U.out > node.potential', 'at.out > node.places', ...(type === 'escape-rate' ? ['x.out > node.x'] : [])],
  );

const into = (type: string, port: string, values: readonly number[], ...sizes: readonly number[]) =>
  told({ A: tensor(values, ...sizes), node: { type } }, [`A.out > node.${port}`]);

it('temperatures and time steps below 0', () => {
  expect(told(heat(0), heatWires)).toEqual([]);
  expect(told(heat(-0.5), heatWires)).toEqual(['motion.temperature']);
  expect(told(heat(1, -0.5), heatWires)).toEqual(['motion.rate']);
});

it('points through which no line goes', () => {
  expect(slope([1, 2], [1, 4])).toEqual([]);
  expect(slope([2], [4])).toEqual(['fit.x']);
  expect(slope([2, 2], [1, 4])).toEqual(['fit.x']);
  expect(slope([0, 2], [1, -4])).toEqual(['fit.x', 'fit.y']);
  expect(slope([0, 2], [1, -4], 'linear')).toEqual([]);
});

it('too few places for a density, or for a top', () => {
  expect(places('density', 2)).toEqual([]);
  expect(places('density', 1)).toEqual(['node.places']);
  expect(places('escape-rate', 3)).toEqual([]);
  expect(places('escape-rate', 2)).toEqual(['node.places']);
});

it('matrices without a nearest orthonormal one, or beyond the reach of the exponential', () => {
  expect(into('orthonormalise', 'x', [0, 0, 1, 0], 2, 2)).toEqual([]);
  expect(into('orthonormalise', 'x', [0, 0, 0, 0], 2, 2)).toEqual(['node.x']);
  expect(into('matrix-exponential', 'A', [0, 2e6, 0, 0], 2, 2)).toEqual(['node.A']);
  expect(into('matrix-exponential', 'A', [0, 1e6, 0, 0], 2, 2)).toEqual([]);
});

it('a single time, of which nothing is conserved', () => {
  expect(into('check-conserved', 'quantity', [1, 1], 2)).toEqual([]);
  expect(into('check-conserved', 'quantity', [1], 1)).toEqual(['node.quantity']);
});

it('what only a run can know stops it with the reason', async () => {
  const big = graph(
    {
      A: {
        type: 'parameter',
        params: {
          axes: [
            { name: 'i', size: 2 },
            { name: 'j', size: 2 },
          ],
          init: 'values',
          values: [0, 3, 0, 0],
        },
      },
      large: { type: 'scale', params: { factor: 1e6 } },
      exp: { type: 'matrix-exponential' },
      sum: { type: 'contract', params: { expression: 'ij->' } },
      sgd: { type: 'sgd' },
    },
    ['A.out > large.x', 'large.out > exp.A', 'exp.out > sum.a', 'sum.out > sgd.loss'],
  );
  const model = await openModel(big, { engine: 'reference' });
  const events = [];
  for await (const event of model.run({ steps: 1 })) events.push(event);
  const failed = events.find((event) => event.type === 'failed');
  expect(failed?.diagnostics[0]).toMatchObject({ code: 'not-finite', node: 'exp' });
  expect(failed?.diagnostics[0]?.remedy.en).toContain('2²⁰');
});

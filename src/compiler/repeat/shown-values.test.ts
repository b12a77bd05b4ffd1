import { expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { engines } from '../../numeric/index.ts';
import { openSession } from '../../runtime/session.ts';
import { compile } from '../index.ts';

/** x halved as often as the block is repeated; the block within it doubles twice and halves. */
const halved = (repeat: number, inner: number) => {
  const port = (type: string) => ({ type, params: {} });
  const wire = (from: string, out: string, to: string, into: string) => ({
    from: { node: from, port: out },
    to: { node: to, port: into },
  });
  const block = (id: string, node: { type: string; params: object }, into: string, out: string) => ({
    name: id,
    nodes: { x: port('block-input'), y: port('block-output'), n: node },
    edges: { a: wire('x', 'out', 'n', into), b: wire('n', out, 'y', 'x') },
    layout: { nodes: {} },
    dims: {},
    numbers: {},
  });
  const document = graph(
    {
      x: { type: 'tensor', params: { axes: [{ name: 'i', size: 2 }], fill: 'values', values: [3, -1] } },
      use: { type: 'block', params: { block: 'outer', repeat } },
      p: { type: 'probe' },
    },
    ['x.out > use.x', 'use.y > p.x'],
  );
  return {
    ...document,
    blocks: {
      outer: block('outer', { type: 'block', params: { block: 'inner', repeat: inner } }, 'x', 'y'),
      inner: block('inner', { type: 'scale', params: { factor: 0.5 } }, 'x', 'out'),
    },
  } as typeof document;
};

it('every iteration of a loop is shown, and its loop has one output', async () => {
  const { value, diagnostics } = compile(halved(3, 2), { expose: 'all', dtype: 'float64' });
  expect(diagnostics).toEqual([]);
  const { forward } = value!;
  const session = await openSession(forward, await engines.reference(), { data: [], rows: 'train', seed: 1 });
  await session.advance(0, 1);
  const shown = await Promise.all(
    [0, 1, 2].flatMap((i) => [0, 1].map((j) => session.value(`use/${i}/n/${j}/n.out`))),
  );
  // 3 and −1 over 2, 4, … 64: a repeat of repeats, in the order in which they are computed.
  expect(shown.map((tensor) => tensor?.data)).toEqual([2, 4, 8, 16, 32, 64].map((by) => [3 / by, -1 / by]));
  expect(shown[0]).toMatchObject({ shape: [2], axes: ['i'] });
  expect((await session.value('p.x'))?.data).toEqual([3 / 64, -1 / 64]);
  expect(await session.value('use/3/n/0/n.out')).toBeUndefined();
  session.executable.dispose();
});

it('a block ×20,000 has as many outputs as ×20', () => {
  const outputs = [20, 20_000].map((repeat) => {
    const { forward } = compile(halved(repeat, 1), { expose: 'all' }).value!;
    expect(forward.values[`use/${repeat - 1}/n/0/n.out`]).toBe(forward.values['use/0/n/0/n.out']);
    return [forward.program.outputs.length, forward.program.ops.length];
  });
  expect(outputs[1]).toEqual(outputs[0]);
});

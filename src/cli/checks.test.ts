import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { graph } from '../../test/support/graphs.ts';
import { tensorloom } from './fake-io.test-support.ts';

const world = (theories: readonly number[]) => {
  const nodes = theories.map((theory, i) => [`is${i}`, { type: 'check', params: { theory } }] as const);
  const two = { type: 'tensor', params: { axes: [], fill: 'values', values: [2] } };
  const document = graph(
    { two, ...Object.fromEntries(nodes) },
    nodes.map(([id]) => `two.out > ${id}.measured`),
  );
  return { files: { 'g.json': serialize(document) } };
};

describe('run prints what is checked', () => {
  it('as a table, and ends with 1 where a check is not met', async () => {
    const finished = await tensorloom('run g.json', world([2, 2.5]));
    expect(finished.code).toBe(1);
    expect(finished.out.split('\n').filter((line) => line.includes('is'))).toEqual([
      '  met      is0  2      2       0         1.000e-6',
      '  not met  is1  2      2.5     0.5       1.000e-6',
    ]);
  });

  it('as JSON, and ends with 0 where all are met', async () => {
    const finished = await tensorloom('run g.json --json', world([2]));
    expect(finished.code).toBe(0);
    expect(finished.json()).toMatchObject({
      ok: true,
      checks: [
        { node: 'is0', value: 2, theory: 2, residual: 0, tolerance: expect.closeTo(1e-6, 12), met: true },
      ],
    });
    expect((await tensorloom('run g.json --json', world([3]))).json()).toMatchObject({ ok: false });
  });
});

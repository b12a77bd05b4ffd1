import { describe, expect, it } from 'vitest';
import { tensorloom } from '../fake-io.test-support.ts';

/** A chain of matrices whose best order is far from left to right; `order` is the node's own. */
function chain(order = ''): string {
  const sizes = [40, 2, 30, 3, 50];
  const names = ['i', 'j', 'k', 'l', 'm'];
  const tensors = ['A', 'B', 'C', 'D'];
  const axes = (k: number) => [k, k + 1].map((d) => ({ name: names[d], size: sizes[d] }));
  return JSON.stringify({
    ...{ format: 'tensorloom', version: 1, name: 'chain', dims: {}, blocks: {} },
    nodes: {
      ...Object.fromEntries(
        tensors.map((t, k) => [t, { type: 'tensor', params: { axes: axes(k), fill: 'range' } }]),
      ),
      product: { type: 'contract', params: { expression: 'ij,jk,kl,lm->im', order } },
    },
    edges: Object.fromEntries(
      tensors.map((t, k) => [
        t,
        { from: { node: t, port: 'out' }, to: { node: 'product', port: 'abcd'[k] } },
      ]),
    ),
  });
}

const flops = async (line: string, graph: string): Promise<number> => {
  const finished = await tensorloom(`plan g.json --json ${line}`, { files: { 'g.json': graph } });
  expect(finished.code).toBe(0);
  return Number(finished.json().flops);
};

describe('plan', () => {
  it('finds the best order, whatever it is to make small, and however long it may look', async () => {
    const best = await flops('', chain());
    for (const line of ['--objective flops', '--objective machine', '--time 0.05'])
      expect(await flops(line, chain())).toBe(best);
    expect(await flops('--objective peak', chain())).toBeGreaterThanOrEqual(best);
  });

  it('follows the order that the node keeps', async () => {
    const leftToRight = await flops('', chain('(((a, b), c), d)'));
    expect(leftToRight).toBeGreaterThan(await flops('', chain()));
    expect(await flops('', chain('((a, b), (c, x))'))).toBe(await flops('', chain()));
  });

  it('says what there is to make small', async () => {
    const finished = await tensorloom('plan g.json --objective speed', { files: { 'g.json': chain() } });
    expect(finished.code).toBe(2);
    expect(finished.err).toContain('flops, peak, machine');
  });
});

import { describe, expect, it } from 'vitest';
import { serialize } from '../../../graph-schema/parse.ts';
import { graph } from '../../../test/support/graphs.ts';
import { withFoundPaths, writeKeptPath } from '../../compiler/networks/kept-paths.ts';
import { chainInTwo, documentOf, tangle } from '../../compiler/networks/networks.test-support.ts';
import { pricePath } from '../../contraction/index.ts';
import { tensorloom } from '../fake-io.test-support.ts';

/** A chain of matrices whose best contraction path is far from left to right; `order` is the node's own. */
function chain(order = ''): string {
  const sizes = [40, 2, 30, 3, 50];
  const names = ['i', 'j', 'k', 'l', 'm'];
  const tensors = ['A', 'B', 'C', 'D'];
  const axes = (k: number) => [k, k + 1].map((d) => ({ name: names[d], size: sizes[d] }));
  return JSON.stringify({
    ...{ format: 'tensorloom', version: 3, name: 'chain', dims: {}, blocks: {} },
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
  it('finds the best path, whatever it is to make small, and however long it may look', async () => {
    const best = await flops('', chain());
    for (const line of ['--objective flops', '--objective machine', '--time 0.05'])
      expect(await flops(line, chain())).toBe(best);
    expect(await flops('--objective peak', chain())).toBeGreaterThanOrEqual(best);
  });

  it('follows the path that the node keeps', async () => {
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

describe('plan --keep', () => {
  // The file keeps a path, and a poor one: from the first tensor to the last.
  const network = tangle(20, 1);
  const poor = network.inputs.slice(1).map((_, k) => [k === 0 ? 0 : 19 + k, k + 1] as const);
  const written = writeKeptPath(network, poor);
  const graph = serialize(withFoundPaths(documentOf(network), { [written?.key ?? '']: written?.text ?? '' }));
  const planned = async (line: string, text: string) => {
    const finished = await tensorloom(`plan g.json ${line}`, { files: { 'g.json': text } });
    return { ...finished, text: finished.files['g.json'] ?? '' };
  };
  const networks = async (text: string) =>
    (await planned('--json', text)).json().networks as {
      pathBy: string;
      flops: number;
      firstFlops: number;
    }[];
  const result = async (text: string) => {
    const run = await tensorloom('run g.json --engine reference --json', { files: { 'g.json': text } });
    return (run.json().values as Record<string, { data: number[] }>)['product.out']?.data[0] ?? Number.NaN;
  };

  it('writes better paths into the file, which everyone follows from then on', async () => {
    const { out, text } = await planned('--keep --time 3', graph);
    expect(out).toContain('Wrote a better path into g.json.');
    expect(out).toMatch(/product +20 +1 +kept/);
    const [before] = await networks(graph);
    const [after] = await networks(text);
    expect(before).toMatchObject({ pathBy: 'found', flops: pricePath(network, poor).flops });
    expect(after).toMatchObject({ pathBy: 'found' });
    expect(after?.flops).toBeLessThan(0.1 * (before?.flops ?? 0));
    const [first, kept] = [await result(graph), await result(text)];
    expect(Math.abs(kept - first)).toBeLessThan(1e-9 * Math.abs(first));
    expect(kept).not.toBe(0);
  });

  it('leaves a file alone that has nothing to gain', async () => {
    const small = serialize(chainInTwo([40, 2, 30, 3, 50], 2));
    const { out, text } = await planned('--keep', small);
    expect(out).toContain('No better path was found; the file is as it was.');
    expect(out).toMatch(/left, product +4 +1 +first found/);
    expect(text).toBe(small);
  });

  it('needs a file, and knows one objective', async () => {
    for (const line of ['plan - --keep', 'plan g.json --keep --objective peak']) {
      const finished = await tensorloom(line, { files: { 'g.json': graph } });
      expect(finished.code).toBe(2);
      expect(finished.err).toContain('--keep');
    }
  });
});

it('prices each node, also where no memory would hold the weights', async () => {
  const layer = graph(
    {
      x: { type: 'input', params: { axes: [{ name: 'f', size: 100_000 }] } },
      h: { type: 'linear', params: { units: 1_000_000, bias: false } },
    },
    ['x.out > h.x'],
  );
  const files = { 'g.json': serialize(layer) };
  const priced = await tensorloom('plan g.json --costs --json', { files });
  expect(priced.code).toBe(0);
  expect(priced.json()).toMatchObject({
    parameters: 1e11,
    weightBytes: 4e11,
    nodes: [{ node: 'h', parameters: 1e11, operations: 1e11 }],
  });
  const told = await tensorloom('plan g.json --costs', { files });
  expect(told.out).toContain('100,000,000,000 parameters, 372.5 GiB');
});

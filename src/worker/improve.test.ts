import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/serialize.ts';
import { tensorloom } from '../cli/fake-io.test-support.ts';
import { withFoundPaths, writeKeptPath } from '../compiler/networks/kept-paths.ts';
import { documentOf, tangle } from '../compiler/networks/networks.test-support.ts';
import type { Network } from '../contraction/index.ts';
import { type Asked, fakeWorker } from './host.test-support.ts';

function worker() {
  const fake = fakeWorker();
  return { ...fake, improved: () => fake.repliesOf('improved') };
}

/** Keeps the poorest of paths for the network: from the first tensor to the last. */
function poorly(document: GraphDocument, network: Network): GraphDocument {
  const n = network.inputs.length;
  const path = network.inputs.slice(1).map((_, k) => [k === 0 ? 0 : n + k - 1, k + 1] as const);
  const { key, text } = writeKeptPath(network, path) ?? { key: '', text: '' };
  return withFoundPaths(document, { [key]: text });
}

const network = tangle(20, 1);
const document = poorly(documentOf(network), network);
const request = { type: 'improve', document, seconds: 20, secondsInAll: 60, without: [] } as const;
const [key = ''] = Object.keys(document.plan?.found ?? {});

describe('better paths in the background', () => {
  it('are told network by network, as the document keeps them', async () => {
    const { ask, improved, replies, until } = worker();
    ask({ ...request, id: 1 });
    await until(() => improved().at(-1)?.final === true);
    const [first, last, ...more] = improved();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ id: 1, settled: [], paths: {}, final: false });
    expect(last).toMatchObject({ settled: [key], final: true });
    expect(last?.gain).toBeGreaterThan(first?.gain ?? 0);

    ask({ type: 'describe', id: 2, document: withFoundPaths(document, last?.paths ?? {}) });
    await until(() => replies.at(-1)?.type === 'described');
    const described = replies.at(-1);
    if (described?.type !== 'described') throw new Error(`not described: ${described?.type}`);
    const [summary] = described.plan.networks;
    expect(summary).toMatchObject({ key, by: 'found', nodes: ['product'], count: 1 });
    expect((summary?.first.flops ?? 0) / (summary?.result.flops ?? 0)).toBeCloseTo(last?.gain ?? 0);
  });

  it('are not looked for twice', async () => {
    const { ask, improved, until } = worker();
    ask({ ...request, id: 1, without: [key] });
    await until(() => improved().length > 0);
    expect(improved()).toMatchObject([{ settled: [], final: true }]);
  });

  it.each<[string, Asked]>([
    ['a rest', { type: 'rest', id: 2, document }],
    ['a run', { type: 'run', id: 2, document, steps: 0 }],
    ['an edit', { type: 'evaluate', id: 2, document }],
  ])('are given up for %s', async (_, interruption) => {
    const { ask, improved, idle, until } = worker();
    ask({ ...request, id: 1 });
    ask(interruption);
    await idle();
    // Another search after it comes to its end; of the first no more is heard.
    ask({ ...request, id: 3 });
    await until(() => improved().at(-1)?.final === true);
    expect(improved().map(({ id, final }) => [id, final])).toEqual([
      [1, false],
      [3, false],
      [3, true],
    ]);
  });

  it('are none for what does not compile', () => {
    const { ask, replies } = worker();
    ask({ ...request, id: 1, document: { format: 'something else' } });
    expect(replies).toMatchObject([{ type: 'refused', id: 1 }]);
  });
});

describe('kept paths', () => {
  it('give the same digits in the worker and on the command line, and others than none', async () => {
    const ring: Network = {
      inputs: Array.from({ length: 6 }, (_, k) => [k, (k + 1) % 6]),
      output: [],
      sizes: [5, 3, 4, 6, 3, 4],
    };
    const drawn = documentOf(ring);
    const trained: GraphDocument = {
      ...drawn,
      nodes: {
        ...Object.fromEntries(
          Object.entries(drawn.nodes).map(([id, node]) => [
            id,
            node.type === 'tensor'
              ? { type: 'parameter', params: { axes: node.params.axes ?? [], scale: 0.5 } }
              : node,
          ]),
        ),
        sgd: { type: 'sgd', params: { rate: 0.01 } },
      },
      edges: {
        ...drawn.edges,
        loss: { from: { node: 'product', port: 'out' }, to: { node: 'sgd', port: 'loss' } },
      },
    };
    const trace = async (graph: GraphDocument) => {
      const { files } = await tensorloom('run g.json --steps 5 --trace t.jsonl', {
        files: { 'g.json': serialize(graph) },
      });
      return (files['t.jsonl'] ?? '')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    };
    const kept = poorly(trained, ring);
    const { ask, idle, replies } = worker();
    ask({ type: 'run', id: 1, document: kept, steps: 5 });
    await idle();
    const events = replies.flatMap((reply) => (reply.type === 'event' ? [reply.event] : []));
    expect(events).toEqual(await trace(kept));
    expect(events).not.toEqual(await trace(trained));
  });
});

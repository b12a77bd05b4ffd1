import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import { parseGraph, serialize } from '../../../graph-schema/parse.ts';
import '../../../test/support/properties.ts';
import { type Network, networkKey, pricePath, type SsaPath } from '../../contraction/index.ts';
import { engines } from '../../numeric/index.ts';
import { evaluateOnce } from '../../runtime/index.ts';
import { compile } from '../compile.ts';
import { keptPaths, replacePaths, withFoundPaths, writeKeptPath } from './kept-paths.ts';
import { chainInTwo, documentOf } from './networks.test-support.ts';

const forwardOf = (document: GraphDocument) => {
  const { value, diagnostics } = compile(document, { dtype: 'float64' });
  if (!value) throw new Error(diagnostics.map((d) => d.message.en).join());
  return value;
};

const product = async (document: GraphDocument) => {
  const { value } = await evaluateOnce(forwardOf(document), await engines.reference());
  return value?.['product.out']?.data ?? [];
};

const networkIn = (document: GraphDocument) => {
  const [network, ...others] = forwardOf(document).forward.networks;
  if (!network || others.length > 0) throw new Error('one network was expected');
  return network;
};

/** The path by which pair after pair the two tensors that `picks` point at are joined. */
function pathOf(n: number, picks: readonly number[]): SsaPath {
  const alive = Array.from({ length: n }, (_, k) => k);
  const take = (pick: number) => alive.splice(pick % alive.length, 1)[0] as number;
  return Array.from({ length: n - 1 }, (_, i) => {
    const pair = [take(picks[2 * i] ?? 0), take(picks[2 * i + 1] ?? 0)] as const;
    alive.push(n + i);
    return pair;
  });
}

const keep = (
  document: GraphDocument,
  network: Network,
  path: SsaPath,
  kind: 'chosen' | 'found' = 'found',
) => {
  const { key, text } = writeKeptPath(network, path) ?? { key: '', text: '' };
  return replacePaths(document, kind, { [key]: text });
};

const chain = documentOf({
  inputs: [
    [0, 1],
    [1, 2],
    [2, 3],
  ],
  output: [0, 3],
  sizes: [2, 9, 3, 8],
});
const [leftFirst, rightFirst]: readonly SsaPath[] = [
  [
    [0, 1],
    [3, 2],
  ],
  [
    [1, 2],
    [0, 3],
  ],
];

describe('kept paths', () => {
  it('change the cost of a network and never its value', async () => {
    const networks = fc.integer({ min: 3, max: 7 }).chain((n) =>
      fc.record({
        inputs: fc.array(fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 3 }), {
          minLength: n,
          maxLength: n,
        }),
        open: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
        sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 7, maxLength: 7 }),
        picks: fc.array(fc.nat(99), { minLength: 14, maxLength: 14 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(networks, async ({ inputs, open, sizes, picks }) => {
        const output = [...new Set(inputs.flat())].filter((label) => open[label]);
        const document = documentOf({ inputs, output, sizes });
        const { network } = networkIn(document);
        const path = pathOf(network.inputs.length, picks);
        const kept = keep(document, network, path);
        // The same tree; a file tells nothing of which of two sub-trees comes first.
        const { flops } = pricePath(network, path);
        expect(networkIn(kept)).toMatchObject({ by: 'found', result: { flops } });
        const [once, again] = [await product(document), await product(kept)];
        expect(again.length).toBe(once.length);
        for (const [i, x] of once.entries())
          expect(Math.abs((again[i] ?? Number.NaN) - x)).toBeLessThan(1e-9 * (1 + Math.abs(x)));
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('are followed across nodes, whose network they name', () => {
    const document = chainInTwo([7, 2, 9, 3, 8], 2);
    const planned = networkIn(document);
    expect(planned.sources).toEqual(['left', 'product']);
    expect(planned.network.inputs).toHaveLength(4);
    const worst = pathOf(4, [0, 1, 0, 1, 0, 1]);
    expect(networkIn(keep(document, planned.network, worst)).result.path).toEqual(worst);
  });

  it('give way to what was chosen, and to the path that a node keeps', () => {
    const { network } = networkIn(chain);
    const found = keep(chain, network, leftFirst as SsaPath);
    const chosen = keep(found, network, rightFirst as SsaPath, 'chosen');
    expect(networkIn(chosen)).toMatchObject({ by: 'chosen', result: { path: rightFirst } });
    const node = chain.nodes.product as GraphDocument['nodes'][string];
    const own = { ...node, params: { ...node.params, order: '((a, b), c)' } };
    const withOwn = { ...chosen, nodes: { ...chosen.nodes, product: own } };
    expect(networkIn(withOwn)).toMatchObject({ by: 'node', result: { path: leftFirst } });
  });

  it.each([
    '',
    '((0, 1), 3)',
    '((0, 1), (1, 2))',
    '(0, 1)',
    '((0, 1), 2), 2)',
    '(((0, 1), 2)',
    '((a, b), c)',
    '('.repeat(19_000),
    '((0, 1, 2))',
    '((-1, 1), 2)',
  ])('that do not fit are passed over, and told: %.20s', (text) => {
    const { network } = networkIn(chain);
    const hostile = replacePaths(chain, 'found', { [networkKey(network)]: text });
    const { value, diagnostics } = compile(hostile);
    expect(diagnostics).toMatchObject([{ code: 'path-unfit', severity: 'info', node: 'product' }]);
    expect(value?.forward.networks).toMatchObject([
      { by: 'search', result: { path: networkIn(chain).result.path } },
    ]);
  });

  it('of networks that are not there are of no account, whatever they are called', () => {
    const stale = replacePaths(chain, 'chosen', { toString: '((0, 1), 2)', 'no network': 'no path' });
    expect(compile(stale).diagnostics).toEqual(compile(chain).diagnostics);
    expect(networkIn(stale)).toEqual(networkIn(chain));
    expect(keptPaths(stale).of({ inputs: [], output: [], sizes: [] })).toBeUndefined();
  });

  it('do not change what is found for other networks', () => {
    // Two rings of sixteen tensors: the fixed effort is shared.
    const ring = (n: number) => ({
      inputs: Array.from({ length: n }, (_, k) => [k, (k + 1) % n, n + (k % 5)]),
      output: [],
      sizes: Array.from({ length: n + 5 }, (_, k) => 2 + (k % 3)),
    });
    const first = documentOf(ring(16));
    const rename = (id: string) => `${id}b`;
    const second = documentOf(ring(18));
    const both: GraphDocument = {
      ...first,
      nodes: {
        ...first.nodes,
        ...Object.fromEntries(Object.entries(second.nodes).map(([id, node]) => [rename(id), node])),
      },
      edges: {
        ...first.edges,
        ...Object.fromEntries(
          Object.entries(second.edges).map(([id, { from, to }]) => [
            rename(id),
            { from: { ...from, node: rename(from.node) }, to: { ...to, node: rename(to.node) } },
          ]),
        ),
      },
    };
    const [a, b] = forwardOf(both).forward.networks;
    if (!a || !b) throw new Error('two networks were expected');
    const kept = keep(both, a.network, pathOf(a.network.inputs.length, []));
    const [, other] = forwardOf(kept).forward.networks;
    expect(other?.result).toEqual(b.result);
  });
});

describe('a document', () => {
  it('keeps paths through a save and a load, and knows no more of them when all are forgotten', () => {
    const { network } = networkIn(chain);
    const kept = keep(chain, network, leftFirst as SsaPath);
    expect(parseGraph(serialize(kept)).value).toEqual(kept);
    expect(withFoundPaths(kept, { [networkKey(network)]: undefined })).toEqual(chain);
  });

  it('keeps the latest found paths, not all there ever were', () => {
    let document = emptyDocument('many');
    for (let k = 0; k < 100; k++) document = withFoundPaths(document, { [`network ${k}`]: '(0, 1)' });
    const keys = Object.keys(document.plan?.found ?? {});
    expect(keys).toHaveLength(64);
    expect(keys.at(-1)).toBe('network 99');
    expect(keys).not.toContain('network 35');
  });

  it('does not keep what would be too long for it', () => {
    const n = 3000;
    const long = {
      inputs: Array.from({ length: n }, (_, k) => [k, k + 1]),
      output: [],
      sizes: new Array<number>(n + 1).fill(2),
    };
    expect(writeKeptPath(long, pathOf(n, []))).toBeUndefined();
  });
});

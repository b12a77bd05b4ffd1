import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { diagnose } from '../base/diagnostic.ts';
import { portKey } from '../base/path.ts';
import type { Check } from './editor-types.ts';
import { fitsWith, fittingPortWith, insertionWith } from './fits.ts';
import { trialWith } from './level-trial.ts';
import { viewOf } from './level-view.ts';

const edge = (from: string, to: string, port = 'x') => ({
  from: { node: from, port: 'y' },
  to: { node: to, port },
});

/** a → b → c beside a lone d; `wide` nodes refuse what comes from `narrow` ones. */
const document: GraphDocument = {
  ...emptyDocument('fits'),
  nodes: {
    a: { type: 'narrow', params: {} },
    b: { type: 'any', params: {} },
    c: { type: 'any', params: {} },
    d: { type: 'wide', params: {} },
  },
  edges: { e1: edge('a', 'b'), e2: edge('b', 'c') },
};

const sides = { leftAxis: 'i', left: 2, leftOrigin: 'narrow', rightAxis: 'i', right: 3, rightOrigin: 'wide' };

let checks = 0;
const check: Check = ({ nodes, edges }) => {
  checks++;
  const misfits = Object.entries(edges).filter(
    ([, { from, to }]) => nodes[from.node]?.type === 'narrow' && nodes[to.node]?.type === 'wide',
  );
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, { type }]) => [
        id,
        {
          inputs: type === 'source' ? [] : [{ name: 'x' }, { name: 'z' }],
          outputs: type === 'sink' ? [] : [{ name: 'y' }],
          inputTypes: {},
          outputTypes: {},
          summary: '',
        },
      ]),
    ),
    edges: {},
    diagnostics: [
      diagnose('missing-input', { node: 'd', port: 'x' }, { node: 'd', port: 'x' }),
      ...misfits.map(([id, { to }]) =>
        diagnose('size-conflict', { edge: id, node: to.node, axis: 'i' }, sides),
      ),
    ],
    order: Object.keys(nodes),
  };
};

const shown = (of: GraphDocument) => {
  const view = viewOf(of, check(of), []);
  return [trialWith(check, { document: of, view }), view] as const;
};
const seen = shown(document);
const from = (node: string) => fitsWith(...seen, { node, port: 'y', direction: 'output' });

describe('the ports that a wire may go to', () => {
  it('are inputs of other nodes that do not lead back, free ones first', () => {
    const ports = from('b').candidates.map((c) => portKey(c.node, c.port));
    expect(ports).toEqual(['c.z', 'd.x', 'd.z', 'c.x']);
  });

  it('are outputs of nodes that do not follow, for a wire held by its input end', () => {
    const fits = fitsWith(...seen, { node: 'b', port: 'x', direction: 'input' });
    expect(fits.candidates).toEqual([
      { node: 'a', port: 'y' },
      { node: 'd', port: 'y' },
    ]);
  });

  it('get a verdict when asked, once', () => {
    const fits = from('a');
    expect(fits.known({ node: 'c', port: 'z' })).toBeUndefined();
    expect(fits.verdict({ node: 'c', port: 'z' })).toEqual({ fits: true });
    expect(fits.verdict({ node: 'd', port: 'x' })).toMatchObject({
      fits: false,
      problem: { code: 'size-conflict' },
    });
    const before = checks;
    fits.verdict({ node: 'd', port: 'x' });
    expect(checks).toBe(before);
  });

  it('get none when they are no candidates', () => {
    expect(from('b').verdict({ node: 'a', port: 'x' })).toBeUndefined();
    expect(from('b').verdict({ node: 'b', port: 'x' })).toBeUndefined();
  });

  it('are not tried without end', () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`n${i}`, { type: 'any', params: {} }]),
    );
    const large = { ...document, nodes: { ...document.nodes, ...many } };
    const fits = fitsWith(...shown(large), { node: 'a', port: 'y', direction: 'output' });
    const verdicts = fits.candidates.filter((port) => fits.verdict(port) !== undefined);
    expect([fits.candidates.length, verdicts.length]).toEqual([606, 200]);
  });
});

describe('new nodes for a wire', () => {
  it('are those with a port that takes it', () => {
    const end = { node: 'a', port: 'y', direction: 'output' } as const;
    const input = { node: 'd', port: 'x', direction: 'input' } as const;
    const ports = (held: typeof end | typeof input, types: string[]) =>
      types.map((nodeType) => fittingPortWith(...seen, held, { nodeType }));
    expect(ports(end, ['any', 'wide', 'source'])).toEqual(['x', undefined, undefined]);
    expect(ports(input, ['narrow', 'any', 'sink'])).toEqual([undefined, 'y', undefined]);
  });

  it('go in between when both halves fit', () => {
    expect(insertionWith(...seen, 'e1', { nodeType: 'any' })).toEqual({ toPort: 'x', fromPort: 'y' });
    expect(insertionWith(...seen, 'e1', { nodeType: 'wide' })).toBeUndefined();
    expect(insertionWith(...seen, 'e1', { nodeType: 'sink' })).toBeUndefined();
    expect(insertionWith(...seen, 'gone', { nodeType: 'any' })).toBeUndefined();
  });

  it('leave the document as it was', () => {
    expect(Object.keys(document.nodes)).toEqual(['a', 'b', 'c', 'd']);
    expect(Object.keys(document.edges)).toEqual(['e1', 'e2']);
  });
});

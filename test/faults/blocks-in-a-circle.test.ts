/**
 * Kind: what follows a wire through the ports of blocks never ends where blocks that hand on are wired in a circle,
 * beside a repeat. Found of it besides: the same before a repeat, and through two blocks; predicting, which reads
 * the same wires. The circle is told as one, and what does not depend on it is computed.
 */
import { expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { compilePrediction } from '../../src/compiler/compile-prediction.ts';
import { compile } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';

const { nodes, edges } = graph({ x: { type: 'block-input' }, y: { type: 'block-output' } }, ['x.out > y.x']);
const blocks = { f: { nodes, edges, dims: {}, numbers: {}, layout: { nodes: {} } } };
const use = (repeat?: number) => ({ type: 'block', params: { block: 'f', ...(repeat && { repeat }) } });

/** A tensor that is seen, and besides it blocks. */
const beside = (uses: Parameters<typeof graph>[0], wires: readonly string[]): GraphDocument => ({
  ...graph(
    {
      t: { type: 'tensor', params: { axes: [{ name: 'i', size: 3 }] } },
      seen: { type: 'probe' },
      ...uses,
      p: { type: 'probe' },
    },
    ['t.out > seen.x', ...wires],
  ),
  blocks,
});

it.each([
  ['one block', beside({ u: use() }, ['u.y > u.x', 'u.y > p.x'])],
  ['a repeat', beside({ u: use(3) }, ['u.y > u.x', 'u.y > p.x'])],
  [
    'two blocks beside a repeat',
    beside({ u: use(), v: use(), w: use(2) }, ['u.y > v.x', 'v.y > u.x', 'w.y > p.x']),
  ],
  [
    'a block before a repeat',
    beside({ u: use(2), v: use(), k: use() }, ['v.y > v.x', 'v.y > k.x', 'k.y > u.x', 'u.y > p.x']),
  ],
])('%s', (_, document) => {
  const { value, diagnostics } = compile(document, { partial: true, expose: 'all' });
  expect(diagnostics.map(({ code }) => code)).toContain('cycle');
  expect(Object.keys(value!.forward.values)).toEqual(['t.out', 'seen.x']);
  expect(compilePrediction(document, { outputs: ['seen'] }).diagnostics).toEqual([]);
  expect(compilePrediction(document, { outputs: ['p'] }).value).toBeUndefined();
});

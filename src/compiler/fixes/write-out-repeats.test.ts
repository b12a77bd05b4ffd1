/** A repeat whose iterations give another type than they take: told, with its copies as a fix where these are sound. */
import { expect, it } from 'vitest';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { graph } from '../../../test/support/graphs.ts';
import { edited } from '../../document/apply-edits.ts';
import { check, createChecker } from '../index.ts';
import { fixesFor } from './index.ts';

const axes = [
  { name: 'batch', size: 2 },
  { name: 'i', size: 3 },
];

/** Three times a block of one node. */
function repeated(node: { type: string; params?: Record<string, unknown> }, output: string): GraphDocument {
  const { nodes, edges, layout } = graph(
    { x: { type: 'block-input' }, a: node, y: { type: 'block-output' } },
    ['x.out > a.x', `a.${output} > y.x`],
  );
  const outside = graph(
    {
      t: { type: 'tensor', params: { axes, fill: 'normal' } },
      u: { type: 'block', params: { block: 'f', repeat: 3 } },
      p: { type: 'probe' },
    },
    ['t.out > u.x', 'u.y > p.x'],
  );
  return { ...outside, blocks: { f: { nodes, edges, layout, dims: {}, numbers: {} } } };
}

const fixed = (document: GraphDocument) => {
  const checked = check(document);
  const [problem] = checked.diagnostics;
  const found = fixesFor(document, checked, problem!, createChecker());
  const fix = found.find(({ edits }) => edits[0]?.edit === 'writeOut');
  return { code: problem!.code, title: fix?.title.en, after: fix && edited(document, fix.edits) };
};

it.each([
  ['another size', { type: 'linear', params: { units: 5, name: 'i' } }, 'size-conflict'],
  ['another index', { type: 'linear', params: { units: 3, name: 'j' } }, 'repeat-type'],
] as const)('is written out where each gives %s', (_, node, code) => {
  const document = repeated(node, 'y');
  const before = JSON.stringify(document);
  const { after, ...told } = fixed(document);
  expect(told).toEqual({ code, title: 'Write the 3 repeats of f “u” out' });
  expect(Object.keys(after!.nodes)).toEqual(['t', 'p', 'u-0-a', 'u-1-a', 'u-2-a']);
  expect(after!.blocks).toEqual({});
  expect(check(after!).diagnostics).toEqual([]);
  // The trial leaves the document alone.
  expect(JSON.stringify(document)).toBe(before);
});

it('is not written out where the next iteration cannot take what it is given', () => {
  const flattened = repeated({ type: 'rearrange', params: { pattern: 'batch i -> (batch i)' } }, 'y');
  const { code, after } = fixed(flattened);
  expect([code, after]).toEqual(['repeat-type', undefined]);
});

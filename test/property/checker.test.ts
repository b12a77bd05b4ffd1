/** Checking edit by edit gives what checking from scratch gives, whatever the edits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edit, wireUp } from '../support/random-graphs.ts';

function compare(document: GraphDocument, incremental: ReturnType<typeof check>): void {
  const scratch = check(document);
  expect(incremental.diagnostics).toEqual(scratch.diagnostics);
  expect(incremental.nodes).toEqual(scratch.nodes);
  expect(incremental.edges).toEqual(scratch.edges);
  expect(incremental.order).toEqual(scratch.order);
}

describe('the checker', () => {
  it('edit by edit ≡ from scratch', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 30, arbitrary: edit }, { weight: 1, arbitrary: fc.constant(wireUp) }), {
          minLength: 20,
          maxLength: 60,
        }),
        (edits) => {
          const checker = createChecker();
          let document = emptyDocument('random');
          for (const apply of edits) {
            document = apply(document);
            compare(document, checker(document));
          }
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('holds over a long session of 500 edits', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 500, maxLength: 500 }), (edits) => {
        const checker = createChecker();
        let document = emptyDocument('long');
        for (const [i, apply] of edits.entries()) {
          document = i % 40 === 39 ? wireUp(apply(document)) : apply(document);
          const checked = checker(document);
          if (i % 5 === 0) compare(document, checked);
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('keeps every object that an edit does not reach', () => {
    const checker = createChecker();
    const linear = (units: number): GraphDocument['nodes'][string] => ({ type: 'linear', params: { units } });
    const document: GraphDocument = {
      ...emptyDocument('identity'),
      dims: { B: 8 },
      nodes: { data: { type: 'dataset', params: {} }, a: linear(3), b: linear(4), c: linear(5) },
      edges: {
        e1: { from: { node: 'data', port: 'x' }, to: { node: 'a', port: 'x' } },
        e2: { from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } },
        e3: { from: { node: 'b', port: 'y' }, to: { node: 'c', port: 'x' } },
      },
    };
    const before = checker(document);
    const after = checker({ ...document, nodes: { ...document.nodes, b: linear(7) } });
    expect(after.nodes.data).toBe(before.nodes.data);
    expect(after.nodes.a).toBe(before.nodes.a);
    expect(after.edges.e2).toBe(before.edges.e2);
    expect(after.nodes.b).not.toBe(before.nodes.b);
    // c reads another width, but gives what it gave.
    expect(after.nodes.c?.outputTypes.y).toBe(before.nodes.c?.outputTypes.y);
    const named = checker({ ...document, name: 'other', nodes: { ...document.nodes, b: linear(7) } });
    expect(named.nodes).toEqual(after.nodes);
  });
});

/** Checking edit by edit gives what checking from scratch gives, whatever the edits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edit, wireUp } from '../support/random-graphs.ts';

type Checked = ReturnType<typeof check>;

function same(one: Checked, other: Checked): void {
  expect(one.diagnostics).toEqual(other.diagnostics);
  expect({ ...one.nodes }).toEqual({ ...other.nodes });
  expect({ ...one.edges }).toEqual({ ...other.edges });
  expect(one.order).toEqual(other.order);
}

const compare = (document: GraphDocument, incremental: Checked): void => same(incremental, check(document));

/** The ids under which two records hold different objects. */
const differing = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((id) => a[id] !== b[id]);

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
          // Told what was touched, as the editor does it.
          const told = createChecker();
          let document = emptyDocument('random');
          for (const apply of edits) {
            const since = document;
            document = apply(since);
            const checked = checker(document);
            compare(document, checked);
            const nodes = differing(since.nodes, document.nodes);
            const edges = differing(since.edges, document.edges);
            same(told(document, { since, nodes, edges }), checked);
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

  it('leaves what it gave before as it was', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 10, maxLength: 30 }), (edits) => {
        const checker = createChecker();
        let document = emptyDocument('kept');
        const given = edits.map((apply) => {
          document = apply(document);
          return { document, checked: checker(document) };
        });
        for (const { document: then, checked } of given) compare(then, checked);
      }),
      { numRuns: 30, endOnFailure: true },
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

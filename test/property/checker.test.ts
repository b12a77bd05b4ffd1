/** Checking edit by edit gives what checking from scratch gives, whatever the edits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { check, createChecker } from '../../src/compiler/index.ts';

type Node = GraphDocument['nodes'][string];

const size = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom('B', 'd', 'n', '2*d', 'd + 1', 'oops('),
);
const names = ['i', 'j', 'k', 'batch'];
const axes = fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), size }), {
  maxLength: 3,
  selector: (a) => a.name,
});
const params = fc.record({
  axes,
  units: size,
  expression: fc.constantFrom('', 'ij,jk->ik', 'i j, j -> i', 'ij->ji', 'i,', '...i->...'),
  pattern: fc.constantFrom('i j -> j i', 'i j -> (i j)', '(i j) -> i j', 'i -> j'),
  function: fc.constantFrom('relu', 'tanh', 'nonsense'),
  batch: fc.constantFrom('B', 'd'),
  data: fc.constantFrom('digits', 'iris', 'line'),
});
const types = [
  'tensor',
  'parameter',
  'delta',
  'dataset',
  'contract',
  'add',
  'scale',
  'gradient',
  'linear',
  'activation',
  'flatten',
  'rearrange',
  'mse',
  'sgd',
  'probe',
  'unheard-of',
];
const ports = ['out', 'x', 'y', 'a', 'b', 'c', 'loss', 'of', 'by', 'prediction', 'target', 'toString'];
const place = fc.integer({ min: 0, max: 99 });

type Edit = (document: GraphDocument) => GraphDocument;
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const nodeOf = (type: string, p: Record<string, unknown>): Node => {
  const axisNames = (p.axes as { name: string }[]).map((a) => a.name);
  return {
    type,
    params: (type === 'delta' ? { axes: axisNames.length ? axisNames : ['i'] } : p) as Node['params'],
  };
};

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(place, fc.constantFrom(...types), params).map(
      ([id, type, p]): Edit =>
        (d) => ({ ...d, nodes: { ...d.nodes, [`n${id % 12}`]: nodeOf(type, p) } }),
    ),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(place, place, place, fc.constantFrom(...ports), fc.constantFrom(...ports)).map(
      ([id, a, b, out, into]): Edit =>
        (d) => {
          const ids = [...Object.keys(d.nodes), 'nowhere'];
          const edge = {
            from: { node: pick(ids, a) ?? 'n0', port: out },
            to: { node: pick(ids, b) ?? 'n1', port: into },
          };
          return { ...d, edges: { ...d.edges, [`e${id % 30}`]: edge } };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: place.map(
      (n): Edit =>
        (d) => {
          const id = pick(Object.keys(d.nodes), n);
          return { ...d, nodes: Object.fromEntries(Object.entries(d.nodes).filter(([key]) => key !== id)) };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: place.map(
      (n): Edit =>
        (d) => {
          const id = pick(Object.keys(d.edges), n);
          return { ...d, edges: Object.fromEntries(Object.entries(d.edges).filter(([key]) => key !== id)) };
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.string({ maxLength: 5 })).map(
      ([n, label]): Edit =>
        (d) => {
          const id = pick(Object.keys(d.nodes), n);
          const node = id === undefined ? undefined : d.nodes[id];
          return id === undefined || !node ? d : { ...d, nodes: { ...d.nodes, [id]: { ...node, label } } };
        },
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('B', 'd', 'n'), fc.constantFrom(undefined, 1, 2, 3, 4, { free: true }))
      .map(
        ([name, dim]): Edit =>
          (d) => {
            const { [name]: _, ...rest } = d.dims;
            return { ...d, dims: dim === undefined ? rest : { ...rest, [name]: dim } };
          },
      ),
  },
);

/** Wires that fit are rare among random ones: from each node's first output to each required input, where still free. */
const wireUp: Edit = (document) => {
  const edges = { ...document.edges };
  const { nodes } = check(document);
  const ids = Object.keys(nodes);
  for (const [i, id] of ids.entries()) {
    const source = ids[i - 1];
    const out = source === undefined ? undefined : nodes[source]?.outputs[0]?.name;
    for (const { name } of nodes[id]?.inputs ?? [])
      if (source !== undefined && out !== undefined)
        edges[`w-${id}-${name}`] = { from: { node: source, port: out }, to: { node: id, port: name } };
  }
  return { ...document, edges };
};

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
    const linear = (units: number): Node => ({ type: 'linear', params: { units } });
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

/** Random documents, edit by edit: nodes of every kind with good and bad parameters, wires that fit and wires that do not. */
import fc from 'fast-check';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { check } from '../../src/compiler/index.ts';

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
  'input',
  'multiply',
  'slice',
  'pad',
  'concat',
  'conv1d',
  'conv2d',
  'max-pool',
  'average-pool',
  'layer-norm',
  'attention',
  'embedding',
  'softmax',
  'cross-entropy',
  'accuracy',
  'adam',
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
  'concat',
  'slice',
  'layer-norm',
  'embedding',
  'directional-derivative',
];
const ports = ['out', 'x', 'y', 'a', 'b', 'c', 'loss', 'of', 'by', 'prediction', 'target', 'toString'];
const place = fc.integer({ min: 0, max: 99 });

export type Edit = (document: GraphDocument) => GraphDocument;
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const nodeOf = (type: string, p: Record<string, unknown>): Node => {
  const axisNames = (p.axes as { name: string }[]).map((a) => a.name);
  return {
    type,
    params: {
      ...p,
      ...(type === 'delta' && { axes: axisNames.length ? axisNames : ['i'] }),
      ...((type === 'layer-norm' || type === 'pad') && { axes: axisNames }),
    } as Node['params'],
  };
};

const single: fc.Arbitrary<Edit> = fc.oneof(
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

/** Several nodes at once, with their wires, under new ids: as a paste does it. */
const paste: fc.Arbitrary<Edit> = fc.tuple(place, place).map(([n, count]) => (d) => {
  const ids = Object.keys(d.nodes).slice(n % 5, (n % 5) + 1 + (count % 6));
  const copied = (id: string) => `copy${n % 3}-${id}`;
  const nodes = ids.map((id) => [copied(id), d.nodes[id]]);
  const edges = Object.entries(d.edges)
    .filter(([, { from, to }]) => ids.includes(from.node) && ids.includes(to.node))
    .map(([id, { from, to }]) => [
      `copy${n % 3}-${id}`,
      { from: { ...from, node: copied(from.node) }, to: { ...to, node: copied(to.node) } },
    ]);
  return {
    ...d,
    nodes: { ...d.nodes, ...Object.fromEntries(nodes) },
    edges: { ...d.edges, ...Object.fromEntries(edges) },
  };
});

/** A node goes with the wires that touch it, as the editor deletes it. */
const remove: fc.Arbitrary<Edit> = place.map((n) => (d) => {
  const gone = pick(Object.keys(d.nodes), n);
  const nodes = Object.entries(d.nodes).filter(([id]) => id !== gone);
  const edges = Object.entries(d.edges).filter(([, { from, to }]) => from.node !== gone && to.node !== gone);
  return { ...d, nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
});

/** A node's parameters change, its type does not: the edit of every keystroke. */
const retype: fc.Arbitrary<Edit> = fc.tuple(place, params).map(([n, p]) => (d) => {
  const id = pick(Object.keys(d.nodes), n);
  const node = id === undefined ? undefined : d.nodes[id];
  return id === undefined || !node
    ? d
    : { ...d, nodes: { ...d.nodes, [id]: { ...node, params: nodeOf(node.type, p).params } } };
});

/** Every kind of edit that a person makes. */
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 21, arbitrary: single },
  { weight: 1, arbitrary: paste },
  { weight: 1, arbitrary: remove },
  { weight: 4, arbitrary: retype },
);

/** Wires that fit are rare among random ones: from each node's first output to each required input, where still free. */
export const wireUp: Edit = (document) => {
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

/** A document that a short session of edits leaves behind. */
export const document: fc.Arbitrary<GraphDocument> = fc
  .array(fc.oneof({ weight: 6, arbitrary: edit }, { weight: 1, arbitrary: fc.constant(wireUp) }), {
    minLength: 5,
    maxLength: 40,
  })
  .map((edits) => [...edits, wireUp].reduce((d, apply) => apply(d), emptyDocument('random')));

/** A document whose parts can all be typed, with sizes that were not chosen to agree. */
export const conflicting: fc.Arbitrary<GraphDocument> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'tensor',
        'parameter',
        'delta',
        'add',
        'multiply',
        'contract',
        'linear',
        'scale',
        'mse',
        'flatten',
      ),
      fc.uniqueArray(
        fc.record({
          name: fc.constantFrom('i', 'j', 'k'),
          size: fc.oneof(fc.constantFrom(2, 3), fc.constantFrom('n', 'B')),
        }),
        { minLength: 1, maxLength: 2, selector: (a) => a.name },
      ),
      fc.array(place, { minLength: 3, maxLength: 3 }),
    ),
    { minLength: 6, maxLength: 20 },
  )
  .map((additions) => {
    let document: GraphDocument = {
      ...emptyDocument('conflicting'),
      dims: { B: 3, n: { free: true } },
      nodes: { data: { type: 'dataset', params: { data: 'iris' } } },
    };
    for (const [i, [type, axes, picks]] of additions.entries()) {
      const id = `n${i}`;
      const params = { axes, units: axes[0]?.size ?? 2, expression: '' };
      const { nodes } = check(document);
      const outputs = Object.keys(nodes).flatMap((node) =>
        Object.keys(nodes[node]?.outputTypes ?? {}).map((port) => ({ node, port })),
      );
      const alone = { ...document, nodes: { ...document.nodes, [id]: nodeOf(type, params) } };
      const edges = { ...document.edges };
      for (const [k, { name }] of (check(alone).nodes[id]?.inputs ?? []).entries()) {
        const from = pick(outputs, picks[k % 3] as number);
        if (from) edges[`${id}-${name}`] = { from, to: { node: id, port: name } };
      }
      document = { ...alone, edges };
    }
    return document;
  });

const soundSize = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom('B', 'd', '2*d', 'd + 1'));
const soundParams = fc.record({
  axes: fc.uniqueArray(fc.record({ name: fc.constantFrom(...names), size: soundSize }), {
    maxLength: 3,
    selector: (a) => a.name,
  }),
  units: soundSize,
  expression: fc.constantFrom(
    '',
    'ij,jk->ik',
    'i j, i j ->',
    'ij->ji',
    'ii->i',
    '...i->...',
    'i,j->ij',
    'bij,bjk->bik',
  ),
  pattern: fc.constantFrom('i j -> j i', 'i j -> (i j)', 'i -> i', 'i j k -> k (j i)'),
  function: fc.constantFrom('relu', 'tanh', 'exp', 'gelu'),
  batch: fc.constant('B'),
  data: fc.constantFrom('digits', 'iris', 'line'),
  kernel: fc.constantFrom(1, 2),
  stride: fc.constantFrom(1, 2),
  padding: fc.constantFrom(0, 1, 'valid'),
  heads: fc.constantFrom(1, 2),
  causal: fc.boolean(),
  start: fc.integer({ min: -3, max: 1 }),
  step: fc.constantFrom(1, -1, 2),
  before: fc.integer({ min: 0, max: 2 }),
});

/** A document that passes the check: nodes are added one by one, wired to random outputs, and kept where they fit. */
export const soundDocument: fc.Arbitrary<GraphDocument> = fc
  .array(fc.tuple(fc.constantFrom(...types), soundParams, fc.array(place, { minLength: 3, maxLength: 3 })), {
    minLength: 10,
    maxLength: 60,
  })
  .map((additions) => {
    let document: GraphDocument = { ...emptyDocument('grown'), dims: { B: 3, d: 2 } };
    for (const [i, [type, p, picks]] of additions.entries()) {
      const id = `n${i}`;
      const { nodes } = check(document);
      const outputs = Object.keys(nodes).flatMap((node) =>
        (nodes[node]?.outputs ?? []).map(({ name: port }) => ({ node, port })),
      );
      const alone = { ...document, nodes: { ...document.nodes, [id]: nodeOf(type, p) } };
      const inputs = check(alone).nodes[id]?.inputs ?? [];
      const edges = { ...document.edges };
      for (const [k, { name, optional }] of inputs.entries()) {
        const from = pick(outputs, picks[k % 3] as number);
        if (from && !(optional && (picks[0] as number) % 2))
          edges[`${id}-${name}`] = { from, to: { node: id, port: name } };
      }
      const grown = { ...alone, edges };
      if (!check(grown).diagnostics.some((d) => d.severity === 'error')) document = grown;
    }
    return document;
  });

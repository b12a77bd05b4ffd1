/**
 * How long an edit takes to check. Graphs are stacks of residual blocks, as people draw them; each
 * edit is made and taken back in turn, and each answer is asked for at once.
 * `--nodes N`: one size only. `--json`: {"cases": [{"nodes", "edit", "p95Ms", "fullMs"}]}.
 */
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { check, createChecker } from '../../src/compiler/index.ts';

type Nodes = GraphDocument['nodes'];
type Edges = GraphDocument['edges'];

const wire = (from: string, out: string, to: string, into: string): Edges[string] => ({
  from: { node: from, port: out },
  to: { node: to, port: into },
});

/** A data set and blocks of linear, relu, linear, add; four nodes each. */
function residualStack(nodeCount: number): GraphDocument {
  const nodes: Nodes = {
    data: { type: 'dataset', params: {} },
    stem: { type: 'linear', params: { units: 64, name: 'h' } },
  };
  const edges: Edges = { stem: wire('data', 'x', 'stem', 'x') };
  let [last, port] = ['stem', 'y'];
  for (let i = 0; Object.keys(nodes).length + 4 <= nodeCount; i++) {
    const [a, b, c, d] = ['up', 'act', 'down', 'sum'].map((part) => `${part}${i}`) as [
      string,
      string,
      string,
      string,
    ];
    nodes[a] = { type: 'linear', params: { units: 128, name: 'w' } };
    nodes[b] = { type: 'activation', params: {} };
    nodes[c] = { type: 'linear', params: { units: 64, name: 'h' } };
    nodes[d] = { type: 'add', params: {} };
    Object.assign(edges, {
      [`${a}.x`]: wire(last, port, a, 'x'),
      [`${b}.x`]: wire(a, 'y', b, 'x'),
      [`${c}.x`]: wire(b, 'y', c, 'x'),
      [`${d}.a`]: wire(last, port, d, 'a'),
      [`${d}.b`]: wire(c, 'y', d, 'b'),
    });
    [last, port] = [d, 'out'];
  }
  return { ...emptyDocument('stack'), dims: { B: 64 }, nodes, edges };
}

type Edit = (document: GraphDocument, turn: number) => GraphDocument;
const withNode = (d: GraphDocument, id: string, node: Nodes[string]): GraphDocument => ({
  ...d,
  nodes: { ...d.nodes, [id]: node },
});
const middle = (d: GraphDocument) => Math.floor(Object.keys(d.nodes).length / 8);

const edits: Readonly<Record<string, Edit>> = {
  'size at the source': (d, turn) =>
    withNode(d, 'stem', { type: 'linear', params: { units: 64 + (turn % 2), name: 'h' } }),
  'batch size': (d, turn) => ({ ...d, dims: { B: 64 + (turn % 2) } }),
  'index name at the source': (d, turn) =>
    withNode(d, 'stem', { type: 'linear', params: { units: 64, name: turn % 2 ? 'k' : 'h' } }),
  'size in the middle': (d, turn) =>
    withNode(d, `up${middle(d)}`, { type: 'linear', params: { units: 128 + (turn % 2), name: 'w' } }),
  'rewire in the middle': (d, turn) => {
    const i = middle(d);
    return {
      ...d,
      edges: {
        ...d.edges,
        [`sum${i}.b`]:
          turn % 2 ? wire(`act${i}`, 'y', `sum${i}`, 'b') : wire(`down${i}`, 'y', `sum${i}`, 'b'),
      },
    };
  },
  rename: (d, turn) => {
    const id = `down${middle(d)}`;
    return withNode(d, id, { ...(d.nodes[id] as Nodes[string]), label: `layer ${turn}` });
  },
  delete: (d, turn) => {
    if (turn % 2 === 0) return d;
    const id = `act${middle(d)}`;
    const nodes = { ...d.nodes };
    delete nodes[id];
    const edges = Object.fromEntries(
      Object.entries(d.edges).filter(([, e]) => e.from.node !== id && e.to.node !== id),
    );
    return { ...d, nodes, edges };
  },
  'paste of 50 nodes': (d, turn) => {
    if (turn % 2 === 0) return d;
    const copy = residualStack(52);
    const renamed = Object.fromEntries(Object.entries(copy.nodes).map(([id, node]) => [`copy-${id}`, node]));
    const edges = Object.fromEntries(
      Object.entries(copy.edges).map(([id, e]) => [
        `copy-${id}`,
        wire(`copy-${e.from.node}`, e.from.port, `copy-${e.to.node}`, e.to.port),
      ]),
    );
    return { ...d, nodes: { ...d.nodes, ...renamed }, edges: { ...d.edges, ...edges } };
  },
};

const milliseconds = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * (times.length - 1))] as number;

function measure(nodeCount: number, name: string, edit: Edit, turns: number) {
  const original = residualStack(nodeCount);
  const checker = createChecker();
  checker(original);
  // Documents are made beforehand: only checking is timed. The first turns warm up.
  const documents = Array.from({ length: turns }, (_, turn) => edit(original, turn + 1));
  const times = documents
    .map((document) => milliseconds(() => checker(document).diagnostics))
    .slice(turns / 4);
  const full = [1, 2, 3].map(() => milliseconds(() => check(original).diagnostics));
  return {
    nodes: nodeCount,
    edit: name,
    p95Ms: quantile(times, 0.95),
    medianMs: quantile(times, 0.5),
    fullMs: quantile(full, 0.5),
  };
}

const asked = process.argv.indexOf('--nodes');
const sizes = asked < 0 ? [100, 1000, 10_000] : [Number(process.argv[asked + 1])];
const cases = sizes.flatMap((nodes) =>
  Object.entries(edits).map(([name, edit]) => measure(nodes, name, edit, nodes === 10_000 ? 60 : 200)),
);
if (process.argv.includes('--json')) console.log(JSON.stringify({ cases }));
else {
  console.log('nodes   p95 ms  median  full ms  edit');
  for (const c of cases)
    console.log(
      `${String(c.nodes).padStart(6)} ${c.p95Ms.toFixed(2).padStart(8)} ${c.medianMs.toFixed(2).padStart(7)} ${c.fullMs.toFixed(1).padStart(8)}  ${c.edit}`,
    );
}

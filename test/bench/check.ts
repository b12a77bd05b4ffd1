/**
 * How long an edit takes to check. Graphs are stacks of residual blocks, as people draw them; each
 * edit is made and taken back in turn, told to the checker as the editor tells it.
 * `--nodes N`: one size only. `--edit NAME`: one edit only. `--against FOLDER`: the checker of another checkout
 * takes the same edits in the same process, in turn with ours, so that whatever else the machine does hits both.
 * `--json`: {"cases": [{"nodes", "edit", "p95Ms", "fullMs"}], "calibrationMs"}.
 */
import { pathToFileURL } from 'node:url';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { calibrate } from './calibration.ts';
import { residualStack, wire } from './residual-stack.ts';

type Nodes = GraphDocument['nodes'];

/** Rounds of a comparison. */
const ROUNDS = 3;

/** A document an edit away from another, and the nodes and wires in which they differ. */
interface Edited {
  readonly document: GraphDocument;
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}
type Edit = (document: GraphDocument, turn: number) => Edited;

const withNode = (d: GraphDocument, id: string, node: Nodes[string]): Edited => ({
  document: { ...d, nodes: { ...d.nodes, [id]: node } },
  nodes: [id],
  edges: [],
});
const stem = (units: number, name: string): Nodes[string] => ({ type: 'linear', params: { units, name } });
const middle = (d: GraphDocument) => Math.floor(Object.keys(d.nodes).length / 8);

const edits: Readonly<Record<string, Edit>> = {
  'size at the source': (d, turn) => withNode(d, 'stem', stem(64 + (turn % 2), 'h')),
  'batch size': (d, turn) => ({ document: { ...d, dims: { B: 64 + (turn % 2) } }, nodes: [], edges: [] }),
  'index name at the source': (d, turn) => withNode(d, 'stem', stem(64, turn % 2 ? 'k' : 'h')),
  'size in the middle': (d, turn) =>
    withNode(d, `up${middle(d)}`, { type: 'linear', params: { units: 128 + (turn % 2), name: 'w' } }),
  'rewire in the middle': (d, turn) => {
    const i = middle(d);
    const edge = `sum${i}.b`;
    const source = turn % 2 ? `act${i}` : `down${i}`;
    const edges = { ...d.edges, [edge]: wire(source, 'y', `sum${i}`, 'b') };
    return { document: { ...d, edges }, nodes: [], edges: [edge] };
  },
  rename: (d, turn) => {
    const id = `down${middle(d)}`;
    return withNode(d, id, { ...(d.nodes[id] as Nodes[string]), label: `layer ${turn}` });
  },
  delete: (d, turn) => {
    const id = `act${middle(d)}`;
    const lost = Object.keys(d.edges).filter((e) =>
      [d.edges[e]?.from.node, d.edges[e]?.to.node].includes(id),
    );
    if (turn % 2 === 0) return { document: d, nodes: [id], edges: lost };
    const [nodes, edges] = [{ ...d.nodes }, { ...d.edges }];
    delete nodes[id];
    for (const edge of lost) delete edges[edge];
    return { document: { ...d, nodes, edges }, nodes: [id], edges: lost };
  },
  'paste of 50 nodes': (d, turn) => {
    const copy = residualStack(52);
    const renamed = Object.fromEntries(Object.entries(copy.nodes).map(([id, node]) => [`copy-${id}`, node]));
    const edges = Object.fromEntries(
      Object.entries(copy.edges).map(([id, e]) => [
        `copy-${id}`,
        wire(`copy-${e.from.node}`, e.from.port, `copy-${e.to.node}`, e.to.port),
      ]),
    );
    const [nodeIds, edgeIds] = [Object.keys(renamed), Object.keys(edges)];
    if (turn % 2 === 0) return { document: d, nodes: nodeIds, edges: edgeIds };
    const document = { ...d, nodes: { ...d.nodes, ...renamed }, edges: { ...d.edges, ...edges } };
    return { document, nodes: nodeIds, edges: edgeIds };
  },
};

const milliseconds = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * (times.length - 1))] as number;

type Checker = ReturnType<typeof createChecker>;

/** Times of checkers that take the same edits in turn, each told as the editor tells it; the first turns warm up. */
function time(original: GraphDocument, edit: Edit, turns: number, checkers: readonly Checker[]): number[][] {
  for (const checker of checkers) checker(original);
  let last: Edited = { document: original, nodes: [], edges: [] };
  const times: number[][] = checkers.map(() => []);
  for (let turn = 0; turn < turns; turn++) {
    // Only checking is timed. What the last edit differed in is taken back by this one.
    const next = edit(original, turn + 1);
    const touched = {
      since: last.document,
      nodes: [...last.nodes, ...next.nodes],
      edges: [...last.edges, ...next.edges],
    };
    last = next;
    for (let k = 0; k < checkers.length; k++) {
      // By pairs of turns, since each edit is taken back in the next.
      const at = (k + (turn >> 1)) % checkers.length;
      const passed = milliseconds(() => {
        const { nodes, edges, diagnostics } = (checkers[at] as Checker)(next.document, touched);
        // The page asks for every part of the answer.
        return [nodes.stem, edges.stem, diagnostics.length];
      });
      times[at]?.push(passed);
    }
  }
  return times.map((all) => all.slice(turns / 4));
}

const turnsFor = (nodeCount: number) => (nodeCount === 10_000 ? 60 : 200);

function measure(nodeCount: number, name: string, edit: Edit) {
  const original = residualStack(nodeCount);
  const [times = []] = time(original, edit, turnsFor(nodeCount), [createChecker()]);
  const full = [1, 2, 3].map(() => milliseconds(() => check(original).diagnostics));
  return {
    nodes: nodeCount,
    edit: name,
    p95Ms: quantile(times, 0.95),
    medianMs: quantile(times, 0.5),
    fullMs: quantile(full, 0.5),
  };
}

/** What is loaded of another checkout. */
interface Other {
  readonly createChecker: typeof createChecker;
}

/** Medians of some rounds. */
function compare(other: Other, nodeCount: number, name: string, edit: Edit) {
  const original = residualStack(nodeCount);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const pair = [createChecker(), other.createChecker()];
    const [ours = [], theirs = []] = time(original, edit, turnsFor(nodeCount), pair);
    return [0.95, 0.5].map((q) => [quantile(ours, q), quantile(theirs, q)] as const);
  });
  const row = (k: number) => {
    const median = (values: readonly number[]) => quantile(values, 0.5);
    const pairs = rounds.map((round) => round[k] as readonly [number, number]);
    const [ms, beforeMs] = [median(pairs.map(([ours]) => ours)), median(pairs.map(([, theirs]) => theirs))];
    return { ms, beforeMs, ratio: median(pairs.map(([ours, theirs]) => ours / theirs)) };
  };
  const [p95, half] = [row(0), row(1)];
  return {
    nodes: nodeCount,
    edit: name,
    p95Ms: p95.ms,
    p95BeforeMs: p95.beforeMs,
    ratio: p95.ratio,
    medianMs: half.ms,
    medianBeforeMs: half.beforeMs,
    medianRatio: half.ratio,
  };
}

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const [onlyNodes, onlyEdit, against] = [option('--nodes'), option('--edit'), option('--against')];
const sizes = onlyNodes === undefined ? [100, 1000, 10_000] : [Number(onlyNodes)];
const asked = Object.entries(edits).filter(([name]) => onlyEdit === undefined || name === onlyEdit);
const json = process.argv.includes('--json');

const right = (value: number, width: number, digits = 2) => value.toFixed(digits).padStart(width);

async function main(): Promise<void> {
  const calibrationMs = calibrate();
  const pairs = sizes.flatMap((nodes) => asked.map(([name, edit]) => ({ nodes, name, edit })));
  if (!json) console.log(`calibration: ${calibrationMs.toFixed(1)} ms for a fixed piece of work`);
  if (against !== undefined) {
    const other: Other = await import(pathToFileURL(against).href);
    const cases = pairs.map(({ nodes, name, edit }) => compare(other, nodes, name, edit));
    if (json) return console.log(JSON.stringify({ cases, calibrationMs }));
    console.log(' nodes   p95 ms   before  ratio   median   before  ratio  edit');
    for (const c of cases) {
      const p95 = `${right(c.p95Ms, 8, 3)} ${right(c.p95BeforeMs, 8, 3)} ${right(c.ratio, 6)}`;
      const median = `${right(c.medianMs, 8, 3)} ${right(c.medianBeforeMs, 8, 3)} ${right(c.medianRatio, 6)}`;
      console.log(`${right(c.nodes, 6, 0)} ${p95} ${median}  ${c.edit}`);
    }
    return;
  }
  const cases = pairs.map(({ nodes, name, edit }) => measure(nodes, name, edit));
  if (json) return console.log(JSON.stringify({ cases, calibrationMs }));
  console.log(' nodes   p95 ms  median  full ms  edit');
  for (const c of cases)
    console.log(
      `${right(c.nodes, 6, 0)} ${right(c.p95Ms, 8)} ${right(c.medianMs, 7)} ${right(c.fullMs, 8, 1)}  ${c.edit}`,
    );
}

await main();

/**
 * What is evaluated on the rows that data sets hold back: metrics, each under sizes of the batch symbols by
 * which every data set above it gives all of its held-back rows at once, each of them one time.
 */
import type { PathText } from '../base/path.ts';
import { testRows } from '../datasets/index.ts';
import { symbol } from '../tensor/size.ts';
import type { ResolvedNode } from './check/resolve.ts';
import { flatSize, type Scope } from './elaborate/scope.ts';
import { neededBy, type Wired } from './needed-by.ts';

/** A data set and the rows that it holds back. */
export interface HeldBackRows {
  readonly data: PathText;
  readonly rows: number;
  /** The share that they are of all rows. */
  readonly fraction: number;
}

/** Metrics that one program computes. */
export interface HeldBackEvaluation {
  readonly metrics: readonly PathText[];
  /** All that they are computed from, themselves included. */
  readonly nodes: ReadonlySet<PathText>;
  /** By the symbol of its batch, a data set that says its size. */
  readonly batches: ReadonlyMap<string, HeldBackRows>;
  readonly data: readonly HeldBackRows[];
}

/** A metric that gets rows of two nodes of one data set which do not belong together. */
export interface RowsApart {
  readonly metric: PathText;
  readonly nodes: readonly [PathText, PathText];
  /** The parameter in which they differ, and its value at the first. */
  readonly param: 'test' | 'splitSeed' | 'splitBy' | 'replacement';
  readonly value: number | boolean | string;
}

/** A data set node and what it declares. */
interface Source {
  readonly path: PathText;
  readonly data: NonNullable<ReturnType<NonNullable<ResolvedNode['definition']['dataset']>>>;
}

function sourceAt({ node }: Graph, path: PathText): readonly Source[] {
  const { definition, params } = node(path) ?? {};
  const data = definition?.dataset?.(params);
  return data ? [{ path, data }] : [];
}

interface Group {
  readonly metrics: PathText[];
  readonly nodes: Set<PathText>;
  readonly batches: Map<string, HeldBackRows>;
  readonly data: HeldBackRows[];
}

/** A metric for which one symbol would have to be two sizes. */
export interface UnevenMetric {
  readonly metric: PathText;
  readonly symbol: string;
  readonly sides: readonly [HeldBackRows, HeldBackRows];
}

interface Graph extends Wired {
  node(path: PathText): ResolvedNode | undefined;
}

/** The symbol of the flat graph that a data set takes its batch size from; none where a use of a block has put a size in its place. */
export function batchSymbol(name: string, scope: Scope | undefined): string | undefined {
  const [term, ...more] = flatSize(symbol(name), scope).terms;
  const [atom, ...others] = term?.atoms ?? [];
  const isAlone = more.length === 0 && others.length === 0 && term?.coefficient === 1;
  return isAlone && atom?.kind === 'symbol' ? atom.name : undefined;
}

/**
 * `metrics`: nodes that measure something, in an order that decides that of the programs. `dataSets`: the nodes
 * that bring rows.
 */
export function evaluationsOf(
  graph: Graph,
  metrics: Iterable<PathText>,
  dataSets: Iterable<PathText>,
): {
  evaluations: readonly HeldBackEvaluation[];
  uneven: readonly UnevenMetric[];
  apart: readonly RowsApart[];
} {
  const all = [...dataSets].sort().flatMap((path) => sourceAt(graph, path));
  const groups: Group[] = [];
  /** What depends on no rows is measured beside what does, under the sizes of training. */
  const withoutData: Group = { metrics: [], nodes: new Set(), batches: new Map(), data: [] };
  const uneven: UnevenMetric[] = [];
  const apart = new Map<string, RowsApart>();
  for (const metric of metrics) {
    const nodes = neededBy(graph, [metric]);
    const sources = all.filter(({ path }) => nodes.has(path));
    for (const pair of apartAmong(sources, metric)) {
      const key = pair.nodes.join(' ');
      if (!apart.has(key)) apart.set(key, pair);
    }
    const found = heldBackAmong(graph, sources);
    if (!found) continue;
    if ('sides' in found) {
      uneven.push({ metric, ...found });
      continue;
    }
    const { batches, data } = found;
    if (data.length === 0) {
      withoutData.metrics.push(metric);
      for (const node of nodes) withoutData.nodes.add(node);
      continue;
    }
    const group = groups.find((other) =>
      [...batches].every(([name, { rows }]) => (other.batches.get(name)?.rows ?? rows) === rows),
    );
    if (!group) {
      groups.push({ metrics: [metric], nodes, batches, data });
      continue;
    }
    group.metrics.push(metric);
    for (const node of nodes) group.nodes.add(node);
    for (const [name, side] of batches) if (!group.batches.has(name)) group.batches.set(name, side);
    for (const side of data) if (!group.data.some((other) => other.data === side.data)) group.data.push(side);
  }
  if (groups.length > 0 && withoutData.metrics.length > 0) groups.push(withoutData);
  return { evaluations: groups, uneven, apart: [...apart.values()] };
}

/** Undefined where a data set holds nothing back. */
function heldBackAmong(
  graph: Graph,
  sources: readonly Source[],
): Pick<Group, 'batches' | 'data'> | Omit<UnevenMetric, 'metric'> | undefined {
  const batches = new Map<string, HeldBackRows>();
  const all: HeldBackRows[] = [];
  for (const { path, data } of sources) {
    const fraction = data.testFraction;
    const side = { data: path, rows: testRows(data.rows, fraction, data.group), fraction };
    if (side.rows === 0) return undefined;
    all.push(side);
    const name = batchSymbol(data.batch, graph.flat.inside(path)?.scope);
    // What cannot be bound anew is told by the check.
    if (name === undefined) continue;
    const other = batches.get(name);
    if (other && other.rows !== side.rows) return { symbol: name, sides: [other, side] };
    if (!other) batches.set(name, side);
  }
  return { batches, data: all };
}

const pairing = ['test', 'splitSeed', 'splitBy', 'replacement'] as const;

/** Nodes of one data set that split or draw its rows otherwise than the first of them. */
function* apartAmong(sources: readonly Source[], metric: PathText): Generator<RowsApart> {
  const first = new Map<
    string,
    { path: PathText; settings: Record<RowsApart['param'], RowsApart['value']> }
  >();
  for (const { path, data } of sources) {
    const { testFraction: test, splitSeed, splitBy = 'random', replacement = false } = data;
    const settings = { test, splitSeed, splitBy, replacement };
    const key = JSON.stringify([data.name, data.options]);
    const other = first.get(key);
    if (!other) first.set(key, { path, settings });
    const param = other && pairing.find((name) => other.settings[name] !== settings[name]);
    if (other && param) yield { metric, nodes: [other.path, path], param, value: other.settings[param] };
  }
}

/**
 * Puts what a block holds in the place of one of its instances, every wire kept; what is repeated is written
 * out, one copy for each repeat. Sizes and numbers that the instance gives are written where they are used;
 * those that are the block's own become sizes of the drawing. A block that nothing else uses is removed.
 *
 * A node keeps its id, or is called after the way to it, `encoder-3-attention`: by that its trained state is
 * found again (runtime/moved-state.ts).
 */
import {
  type Block,
  dimSize,
  type GraphDocument,
  type GraphEdge,
  type GraphLevel,
  type GraphNode,
  type Placement,
} from '../../../graph-schema/document.ts';
import type { Json, PortRef } from '../../base/edit.ts';
import { baseOf, freshId } from '../../base/ids.ts';
import { type Text, text } from '../../base/text.ts';
import { BLOCK_INPUT, BLOCK_OUTPUT } from '../../catalogue/block.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { blockOf, entry, isBlockPort, type OpenLevel, repeatOf, usesOf } from '../levels.ts';
import { newEdgeId } from '../mutate.ts';
import { card, type Point } from '../places.ts';
import { cornerAmid, frameOf } from './group.ts';
import { mapParams, namesIn, rewritten } from './symbols.ts';

/** Nodes that one ungrouping may bring: more would be no drawing any more. */
const mostWrittenOut = 2000;
/** That the schema lets a node have. */
const mostTags = 20;
/** Between two copies. */
const gap = 80;

/** Why a node cannot be ungrouped; undefined where it can. */
export function ungroupObstacle(
  document: GraphDocument,
  { graph, block: around }: OpenLevel,
  id: string,
  registry: Registry,
): Text | undefined {
  const node = entry(graph.nodes, id);
  const block = entry(document.blocks, blockOf(node) ?? '');
  if (!node || !block) return text('This is no block.', '这不是块。');
  const repeats = repeatOf(node);
  if (repeats > 1 && node.params.shared === true) {
    return text(
      'Its repeats share their parameters, which copies would not. Set “shared” to off or its repeat to 1 first.',
      '各次重复共享参数，而副本不会共享。请先关闭“共享”，或把重复次数设为 1。',
    );
  }
  const size = Object.keys(block.nodes).length;
  if (repeats * size > mostWrittenOut) {
    return text(
      `Written out, its ${repeats} repeats of ${size} nodes would be more than ${mostWrittenOut} nodes.`,
      `展开后，${repeats} 次重复 × ${size} 个节点将超过 ${mostWrittenOut} 个节点。`,
    );
  }
  const outer = around === undefined ? undefined : document.blocks[around];
  const { symbols } = namesIn(registry, Object.values(block.nodes));
  const caught = [...symbols].find(
    (name) => !Object.hasOwn(block.dims, name) && Object.hasOwn(outer?.dims ?? {}, name),
  );
  return caught === undefined
    ? undefined
    : text(
        `Inside, ${caught} is the document’s size; here it would be that of the block around it.`,
        `块内的 ${caught} 是文档的大小；在此处却会是外层块的大小。`,
      );
}

/** What stands for each symbol of the block once its nodes are here; sizes of its own come along. */
function settleDims(
  document: GraphDocument,
  graph: GraphLevel,
  node: GraphNode,
  block: Block,
): Map<string, string | number> {
  const given = (node.params.dims ?? {}) as Readonly<Record<string, string | number>>;
  const by = new Map<string, string | number>();
  for (const [name, dim] of Object.entries(block.dims)) {
    const size = entry(given, name);
    if (typeof size === 'string') {
      by.set(name, size);
      continue;
    }
    const own = size ?? dim;
    const there = entry(graph.dims, name) ?? entry(document.dims, name);
    const sameSize = there !== undefined && dimSize(own) !== undefined && dimSize(there) === dimSize(own);
    if (sameSize) continue;
    const isTaken = (symbol: string) =>
      Object.hasOwn(graph.dims, symbol) || Object.hasOwn(document.dims, symbol);
    const symbol = isTaken(name) ? freshId(baseOf(name), isTaken, 2) : name;
    graph.dims[symbol] = typeof own === 'object' ? { ...own } : own;
    if (symbol !== name) by.set(name, symbol);
  }
  return by;
}

/** What an instance is marked with goes on to what learns in it: frozen, and found by its tags. */
function inheritedMarks(
  instance: GraphNode,
  inner: GraphNode,
  registry: Registry,
): Pick<GraphNode, 'frozen' | 'tags'> {
  const tags = [...new Set([...(instance.tags ?? []), ...(inner.tags ?? [])])].slice(0, mostTags);
  const isMarked = instance.frozen === true || (instance.tags ?? []).length > 0;
  const mayLearn = blockOf(inner) !== undefined || registry.find(inner.type)?.learns !== undefined;
  if (!isMarked || !mayLearn) return {};
  return { ...(instance.frozen && { frozen: true }), ...(tags.length > 0 && { tags }) };
}

/** The new ids of what has come out, for each repeat. */
type Renamed = readonly ReadonlyMap<string, string>[];

/** Nodes come with their places, the middle of them where the instance's is; copies stand in a row. */
function moveOut(
  document: GraphDocument,
  graph: GraphLevel,
  instance: string,
  block: Block,
  registry: Registry,
): Renamed {
  const node = graph.nodes[instance] as GraphNode;
  const repeats = repeatOf(node);
  const numbers = { ...block.numbers, ...((node.params.numbers ?? {}) as Readonly<Record<string, Json>>) };
  const by = settleDims(document, graph, node, block);
  const inner = Object.keys(block.nodes).filter((id) => !isBlockPort(block.nodes[id] as GraphNode));
  const frame = frameOf(block, inner);
  const from = frame ? cornerAmid(frame) : { x: 0, y: 0 };
  const place = graph.layout.nodes[instance] ?? from;
  const width = frame ? frame.right - frame.left : 0;
  delete graph.nodes[instance];
  delete graph.layout.nodes[instance];
  /** Where the nodes of one copy come to lie. */
  const coming = Array.from({ length: repeats }, (_, copy) => {
    const x = place.x - from.x + (copy - (repeats - 1) / 2) * (width + gap);
    return new Map(
      inner.flatMap((id) => {
        const old = block.layout.nodes[id];
        return old ? [[id, { ...old, x: Math.round(old.x + x), y: old.y + place.y - from.y }] as const] : [];
      }),
    );
  });
  const places = coming.flatMap((copy) => [...copy.values()]);
  if (frame) makeRoom(graph, place, repeats * (width + gap) - gap, places);

  const isTaken = (id: string) => Object.hasOwn(graph.nodes, id);
  const nameOf = (id: string, copy: number): string => {
    if (repeats === 1 && !isTaken(id)) return id;
    const name = `${instance}-${repeats > 1 ? `${copy}-` : ''}${id}`.slice(-200);
    return isTaken(name) ? freshId(baseOf(name), isTaken) : name;
  };
  return coming.map((spots, copy) => {
    const renamed = new Map<string, string>();
    for (const id of inner) {
      const name = nameOf(id, copy);
      const original = block.nodes[id] as GraphNode;
      graph.nodes[name] = {
        ...original,
        ...inheritedMarks(node, original, registry),
        params: mapParams(
          registry,
          original,
          (size) => rewritten(size, by),
          (number) => entry(numbers, number) ?? { number },
        ),
      };
      const spot = spots.get(id);
      if (spot) graph.layout.nodes[name] = spot;
      renamed.set(id, name);
    }
    return renamed;
  });
}

/** Where a node of the block would lie on another, all that is beside the instance moves aside. */
function makeRoom(graph: GraphLevel, at: Point, width: number, coming: readonly Placement[]): void {
  const covers = (a: Placement, b: Placement) =>
    a.x < b.x + (b.width ?? card.width) &&
    b.x < a.x + (a.width ?? card.width) &&
    a.y < b.y + (b.height ?? card.height) &&
    b.y < a.y + (a.height ?? card.height);
  const places = Object.entries(graph.layout.nodes);
  if (!places.some(([, place]) => coming.some((other) => covers(place, other)))) return;
  const by = Math.round((width - card.width) / 2);
  for (const [id, place] of places) {
    if (place.x >= at.x + card.width) graph.layout.nodes[id] = { ...place, x: place.x + by };
    else if (place.x + (place.width ?? card.width) <= at.x)
      graph.layout.nodes[id] = { ...place, x: place.x - by };
  }
}

/** Joins the wires that ended at the instance with those that go on inside, and each copy with the next. */
function rewire(
  graph: GraphLevel,
  instance: string,
  block: Block,
  outer: Readonly<Record<string, GraphEdge>>,
  renamed: Renamed,
): void {
  const intoInstance = new Map(
    Object.values(outer).flatMap(({ from, to }) => (to.node === instance ? [[to.port, from] as const] : [])),
  );
  const portsOf = (type: string) => Object.keys(block.nodes).filter((id) => block.nodes[id]?.type === type);
  const [inputs, outputs] = [portsOf(BLOCK_INPUT), portsOf(BLOCK_OUTPUT)];
  const intoOutput = new Map(
    Object.values(block.edges).flatMap(({ from, to }) =>
      outputs.includes(to.node) ? [[to.node, from] as const] : [],
    ),
  );
  const last = renamed.length - 1;
  /** What gives a value that a wire inside a copy carries; through the block, and through the instance again. */
  function source(inside: PortRef, copy: number): PortRef | undefined {
    let [{ node: at, port }, seen] = [inside, 0];
    while (seen++ <= renamed.length * (inputs.length + 1)) {
      const name = renamed[copy]?.get(at);
      if (name !== undefined) return { node: name, port };
      if (block.nodes[at]?.type !== BLOCK_INPUT) return undefined;
      const output = copy > 0 ? outputs[inputs.indexOf(at)] : undefined;
      const given = output === undefined ? intoInstance.get(at) : { node: instance, port: output };
      if (given?.node !== instance) return given;
      copy = output === undefined ? last : copy - 1;
      const before = intoOutput.get(given.port);
      if (!before) return undefined;
      ({ node: at, port } = before);
    }
    return undefined;
  }
  for (const [id, edge] of Object.entries(outer)) {
    if (edge.to.node === instance) delete graph.edges[id];
    else if (edge.from.node === instance) {
      const inside = intoOutput.get(edge.from.port);
      const from = inside && source(inside, last);
      if (from) graph.edges[id] = { ...edge, from: { ...from } };
      else delete graph.edges[id];
    }
  }
  for (const [copy, names] of renamed.entries())
    for (const [id, edge] of Object.entries(block.edges)) {
      const node = names.get(edge.to.node);
      const from = node === undefined ? undefined : source(edge.from, copy);
      if (node === undefined || !from) continue;
      const name = Object.hasOwn(graph.edges, id) ? newEdgeId(graph) : id;
      graph.edges[name] = { ...edge, from: { ...from }, to: { node, port: edge.to.port } };
    }
}

/** Gives the nodes that have come out of the block; undefined where it cannot be ungrouped. */
export function ungroup(
  document: GraphDocument,
  level: OpenLevel,
  instance: string,
  registry: Registry,
): readonly string[] | undefined {
  if (ungroupObstacle(document, level, instance, registry)) return undefined;
  const { graph } = level;
  const id = blockOf(graph.nodes[instance]) as string;
  const block = document.blocks[id] as Block;
  const outer = { ...graph.edges };
  const renamed = moveOut(document, graph, instance, block, registry);
  rewire(graph, instance, block, outer, renamed);
  if (usesOf(document, id) === 0) delete document.blocks[id];
  return renamed.flatMap((names) => [...names.values()]);
}

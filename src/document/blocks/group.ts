/**
 * Groups nodes of a drawing into a new block with one instance in their place. Every wire is kept: one
 * that crosses becomes a port of the block, named after the port inside; wires out of one source share
 * an input. Inside, nodes, wires and places keep their ids and coordinates, so that ungrouping restores them.
 */
import type {
  Block,
  GraphDocument,
  GraphEdge,
  GraphLevel,
  GraphNode,
} from '../../../graph-schema/document.ts';
import type { Json, PortRef } from '../../base/edit.ts';
import { freshId } from '../../base/ids.ts';
import { recordOf } from '../../base/record.ts';
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT } from '../../catalogue/block.ts';
import type { Registry } from '../../catalogue/registry.ts';
import { isBlockPort, type OpenLevel } from '../levels.ts';
import { newEdgeId } from '../mutate.ts';
import { card, type Point } from '../places.ts';
import { namesIn } from './symbols.ts';

/** Between the ports of a block and what they are wired to. */
const margin = 110;

/** Of these nodes, those that may go into a block: its own ports belong where they are. */
export const groupable = (graph: GraphLevel, nodes: readonly string[]): readonly string[] =>
  nodes.filter((id) => Object.hasOwn(graph.nodes, id) && !isBlockPort(graph.nodes[id] as GraphNode));

const keyOf = ({ node, port }: PortRef): string => `${node}\u0000${port}`;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Around the places of nodes; undefined where none has a place. */
export function frameOf(graph: GraphLevel, nodes: readonly string[]): Frame | undefined {
  const places = nodes.flatMap((id) => graph.layout.nodes[id] ?? []);
  if (places.length === 0) return undefined;
  return {
    left: Math.min(...places.map((p) => p.x)),
    top: Math.min(...places.map((p) => p.y)),
    right: Math.max(...places.map((p) => p.x + (p.width ?? card.width))),
    bottom: Math.max(...places.map((p) => p.y + (p.height ?? card.height))),
  };
}

/** Where a card lies whose middle is that of the frame. */
export const cornerAmid = ({ left, top, right, bottom }: Frame): Point => ({
  x: Math.round((left + right - card.width) / 2),
  y: Math.round((top + bottom - card.height) / 2),
});

/** Moves nodes of the selection out of the drawing into the block, with the wires among them. */
function moveInside(graph: GraphLevel, block: Block, chosen: ReadonlySet<string>): void {
  for (const id of Object.keys(graph.nodes)) {
    if (!chosen.has(id)) continue;
    block.nodes[id] = graph.nodes[id] as GraphNode;
    const place = graph.layout.nodes[id];
    if (place) block.layout.nodes[id] = place;
    delete graph.nodes[id];
    delete graph.layout.nodes[id];
  }
  for (const [id, { from, to }] of Object.entries(graph.edges)) {
    if (!chosen.has(from.node) || !chosen.has(to.node)) continue;
    block.edges[id] = graph.edges[id] as GraphEdge;
    delete graph.edges[id];
  }
}

/** Names for ports of the block: that of the port inside, with a number where it is taken. */
function portName(block: Block, port: string): string {
  if (!Object.hasOwn(block.nodes, port)) return port;
  return freshId(port.replace(/[0-9]+$/, '') || 'port', (id) => Object.hasOwn(block.nodes, id), 2);
}

/** Wires that cross into the selection come in through inputs of the block, one for each source. */
function addInputs(graph: GraphLevel, block: Block, chosen: ReadonlySet<string>, instance: string): void {
  const inputs = new Map<string, string>();
  for (const [id, edge] of Object.entries(graph.edges)) {
    if (!chosen.has(edge.to.node)) continue;
    const source = keyOf(edge.from);
    let name = inputs.get(source);
    if (name === undefined) {
      name = portName(block, edge.to.port);
      inputs.set(source, name);
      block.nodes[name] = { type: BLOCK_INPUT, params: {} };
      graph.edges[id] = { ...edge, to: { node: instance, port: name } };
    } else delete graph.edges[id];
    block.edges[id] = { ...edge, from: { node: name, port: 'out' } };
  }
}

/** Wires that cross out of it go out through outputs, one for each port that is read. */
function addOutputs(graph: GraphLevel, block: Block, chosen: ReadonlySet<string>, instance: string): void {
  const outputs = new Map<string, string>();
  for (const [id, edge] of Object.entries(graph.edges)) {
    if (!chosen.has(edge.from.node)) continue;
    const source = keyOf(edge.from);
    let name = outputs.get(source);
    if (name === undefined) {
      name = portName(block, edge.from.port);
      outputs.set(source, name);
      block.nodes[name] = { type: BLOCK_OUTPUT, params: {} };
      block.edges[newEdgeId(block)] = { from: { ...edge.from }, to: { node: name, port: 'x' } };
    }
    graph.edges[id] = { ...edge, from: { node: instance, port: name } };
  }
}

/** Inputs in a column to the left of what they feed, outputs to the right. */
function placePorts(block: Block, frame: Frame): void {
  const columns = { [BLOCK_INPUT]: new Set<number>(), [BLOCK_OUTPUT]: new Set<number>() };
  const pitch = card.height;
  for (const [id, { type }] of Object.entries(block.nodes)) {
    if (type !== BLOCK_INPUT && type !== BLOCK_OUTPUT) continue;
    const beside = Object.values(block.edges).flatMap(({ from, to }) => {
      const other = type === BLOCK_INPUT ? from.node === id && to.node : to.node === id && from.node;
      return other ? (block.layout.nodes[other] ?? []) : [];
    });
    let y = beside.length > 0 ? Math.min(...beside.map((place) => place.y)) : frame.top;
    while ([...columns[type]].some((taken) => Math.abs(taken - y) < pitch)) y += pitch;
    columns[type].add(y);
    const x = type === BLOCK_INPUT ? frame.left - margin - card.width : frame.right + margin;
    block.layout.nodes[id] = { x: Math.round(x), y: Math.round(y) };
  }
}

/**
 * Sizes and numbers that the nodes name. What they name of the document goes on to be the document's;
 * what belongs to the block around them becomes the new block's too, and the instance hands it on.
 */
function handOn(
  registry: Registry,
  outer: Block,
  block: Block,
): { dims?: Record<string, Json>; numbers?: Record<string, Json> } {
  const { symbols, numbers } = namesIn(registry, Object.values(block.nodes));
  const given: { dims?: Record<string, Json>; numbers?: Record<string, Json> } = {};
  for (const [name, dim] of Object.entries(outer.dims)) {
    if (!symbols.has(name)) continue;
    block.dims[name] = dim;
    given.dims = { ...given.dims, [name]: name };
  }
  for (const [name, number] of Object.entries(outer.numbers)) {
    if (!numbers.has(name)) continue;
    block.numbers[name] = number;
    given.numbers = { ...given.numbers, [name]: { number: name } };
  }
  return given;
}

/** Gives the new instance; undefined where nothing is chosen that could go into a block. */
export function group(
  document: GraphDocument,
  { graph, block: around }: OpenLevel,
  selection: readonly string[],
  registry: Registry,
  name?: string,
): string | undefined {
  const chosen = new Set(groupable(graph, selection));
  if (chosen.size === 0) return undefined;
  const id = freshId('block', (taken) => Object.hasOwn(document.blocks, taken));
  const instance = freshId('block', (taken) => Object.hasOwn(graph.nodes, taken));
  const frame = frameOf(graph, [...chosen]) ?? { left: 0, top: 0, right: card.width, bottom: card.height };
  const block: Block = {
    ...(name !== undefined && { name }),
    dims: recordOf(),
    numbers: recordOf(),
    nodes: recordOf(),
    edges: recordOf(),
    layout: { nodes: recordOf() },
  };
  moveInside(graph, block, chosen);
  const outer = around === undefined ? undefined : document.blocks[around];
  const given = outer ? handOn(registry, outer, block) : {};
  addInputs(graph, block, chosen, instance);
  addOutputs(graph, block, chosen, instance);
  placePorts(block, frame);
  document.blocks[id] = block;
  graph.nodes[instance] = { type: BLOCK, params: { block: id, ...given } };
  graph.layout.nodes[instance] = { ...cornerAmid(frame) };
  return instance;
}

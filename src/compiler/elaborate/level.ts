/** One drawing as it stands in the flat graph: the document's own, or that of one use of a block. */
import type { GraphEdge, GraphLevel, GraphNode } from '../../../graph-schema/document.ts';
import { escapeId, type PathText } from '../../base/path.ts';
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT } from '../../catalogue/block.ts';
import type { Inside, Region, Use } from './flat.ts';
import type { Reading } from './read-use.ts';

/** A use of a block, and the drawing that it brought in. */
export interface Child {
  use: Use;
  readonly reading: Reading;
  readonly level: Level;
  /** The bodies of further iterations, where repeats are written out. */
  readonly further: readonly Level[];
  /** All of them together. */
  readonly whole?: Region;
}

export interface Level {
  /** What stands before the ids of its nodes: nothing, or a path with a slash. */
  readonly prefix: PathText;
  /** Blocks that it lies in, the outermost first. */
  readonly blocks: readonly string[];
  graph: GraphLevel | undefined;
  /** What its nodes have in common; undefined for the document's own drawing. */
  inside: Inside | undefined;
  numbers: Readonly<Record<string, number>>;
  /** The repeat whose body it is. */
  region: Region | undefined;
  readonly children: Map<string, Child>;
  /** Nodes of type block that could not be replaced. */
  readonly stuck: Set<string>;
}

export const emptyLevel = (
  level: Pick<Level, 'prefix' | 'blocks' | 'inside' | 'numbers' | 'region'>,
): Level => ({ ...level, graph: undefined, children: new Map(), stuck: new Set() });

export const own = <T>(record: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, id) ? record[id] : undefined;

export const pathIn = ({ prefix }: Level, id: string): PathText => prefix + escapeId(id);

/** What a node of this level is besides its type and parameters. */
export function insideOf(level: Level, id: string, { type }: GraphNode): Inside | undefined {
  const { inside, region } = level;
  if (!inside || (type !== BLOCK_INPUT && type !== BLOCK_OUTPUT)) return inside;
  const use = region?.path ?? level.prefix.slice(0, -1);
  if (type === BLOCK_INPUT) return { ...inside, port: { use, name: id, kind: 'input' } };
  const isNext = region !== undefined && carriedInput(region, id) !== undefined;
  return { ...inside, port: { use, name: id, kind: isNext ? 'next' : 'output' } };
}

/** The input of the next iteration that an output becomes; there is none where there is one iteration. */
export function carriedInput({ count, inputs, outputs }: Region, output: string): PathText | undefined {
  const k = outputs.findIndex(({ name }) => name === output);
  return count > 1 && k >= 0 ? inputs[k]?.node : undefined;
}

/**
 * Wires that no drawing shows. Output k of a repeated body reads input k, whose type it must have; and
 * each output reads every input, since no iteration is half done: a wire from an output round to an input is
 * a loop whichever way the inside takes.
 */
export function hiddenEdges(region: Region): readonly (readonly [key: string, edge: GraphEdge])[] {
  return region.outputs.flatMap(({ name, node }) => {
    const next = carriedInput(region, name);
    return region.inputs.map((input, i) => {
      const port = input.node === next ? 'next' : `after ${i}`;
      return [`${node}~${port}`, { from: { node: input.node, port: 'out' }, to: { node, port } }] as const;
    });
  });
}

/** Whether a wire is drawn, and not made by the elaboration: no printed id holds a tilde without a digit after it. */
export const isDrawn = (edge: string): boolean => !edge.includes('~') || !/~(?!\d)/.test(edge);

/** A wire of a drawing between nodes of the flat graph. Ports that are gone stay at the use, which has none. */
export function flatEdge(level: Level, edge: GraphEdge): GraphEdge {
  const from = source(level, edge.from);
  const to = target(level, edge.to);
  return from === edge.from && to === edge.to ? edge : { from, to };
}

function source(level: Level, ref: GraphEdge['from']): GraphEdge['from'] {
  const port = level.children.get(ref.node)?.use.outputs.find(({ name }) => name === ref.port);
  if (port) return { node: port.node, port: 'out' };
  const node = pathIn(level, ref.node);
  return node === ref.node ? ref : { node, port: ref.port };
}

function target(level: Level, ref: GraphEdge['to']): GraphEdge['to'] {
  const port = level.children.get(ref.node)?.use.inputs.find(({ name }) => name === ref.port);
  if (port) return { node: port.node, port: 'in' };
  const node = pathIn(level, ref.node);
  return node === ref.node ? ref : { node, port: ref.port };
}

/** A node with the numbers of its block in place: a parameter `{ "number": "p" }` becomes what p is. */
export function withNumbers(node: GraphNode, numbers: Readonly<Record<string, number>>): GraphNode {
  const params = replaceNumbers(node.params, numbers);
  if (node.type !== BLOCK || typeof node.params.numbers !== 'object' || node.params.numbers === null)
    return params === node.params ? node : { ...node, params };
  const inner = replaceNumbers(node.params.numbers as GraphNode['params'], numbers);
  return inner === node.params.numbers && params === node.params
    ? node
    : { ...node, params: { ...params, numbers: inner as never } };
}

function replaceNumbers(
  params: GraphNode['params'],
  numbers: Readonly<Record<string, number>>,
): GraphNode['params'] {
  let replaced: GraphNode['params'] | undefined;
  for (const [key, value] of Object.entries(params)) {
    const name =
      typeof value === 'object' && value !== null ? (value as { number?: unknown }).number : undefined;
    const number = typeof name === 'string' ? own(numbers, name) : undefined;
    if (number === undefined) continue;
    replaced ??= { ...params };
    replaced[key] = number;
  }
  return replaced ?? params;
}

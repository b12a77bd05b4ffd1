/**
 * Levels of a document: its own drawing, and those of its blocks as they are entered through instances.
 * A level is named by the ids of the instances on the way to it: `['encoder', 'attention']`; the
 * document's own level is `[]`. Several ways lead to one block, and an edit on one is seen on all.
 */
import { type GraphDocument, type GraphLevel, type GraphNode, levelOf } from '../../graph-schema/document.ts';
import { type NodePath, type PathText, readPath, showPath } from '../base/path.ts';
import { BLOCK, BLOCK_INPUT, BLOCK_OUTPUT } from '../catalogue/block.ts';

export const isBlockPort = ({ type }: GraphNode): boolean => type === BLOCK_INPUT || type === BLOCK_OUTPUT;

/** A record has many names on its prototype; only its own are entries. */
export const entry = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

/** The id of the block that a node is an instance of; undefined for every other node. */
export const blockOf = (node: GraphNode | undefined): string | undefined =>
  node?.type === BLOCK && typeof node.params.block === 'string' ? node.params.block : undefined;

/** How often an instance repeats its block; 1 where it does not say, or says no count. */
export const repeatOf = ({ params: { repeat } }: GraphNode): number =>
  typeof repeat === 'number' && repeat >= 1 ? Math.floor(repeat) : 1;

/** Whether a repeat's index stands in the paths of what is inside an instance. */
const isIndexed = ({ params }: GraphNode): boolean => params.repeat !== undefined;

export interface OpenLevel {
  /** The block whose drawing it is; undefined for the document's own. */
  readonly block: string | undefined;
  readonly graph: GraphLevel;
}

/** The level that a way of instances leads to; undefined where an instance or its block is not there. */
export function levelAt(document: GraphDocument, way: NodePath): OpenLevel | undefined {
  let level: OpenLevel = { block: undefined, graph: document };
  for (const id of way) {
    const block = blockOf(entry(level.graph.nodes, id));
    const graph = block === undefined ? undefined : levelOf(document, block);
    if (!graph) return undefined;
    level = { block, graph };
  }
  return level;
}

/** As far along a way as the document goes. */
export function existingWay(document: GraphDocument, way: NodePath): NodePath {
  let length = way.length;
  while (!levelAt(document, way.slice(0, length))) length--;
  return length === way.length ? way : way.slice(0, length);
}

/**
 * The path under which the nodes of a level stand after elaboration: the way itself, with the index 0
 * after each instance that repeats: a repeated body is known by its first turn.
 */
export function elaboratedPath(document: GraphDocument, way: NodePath): NodePath {
  return way.flatMap((id, i) => {
    const node = levelAt(document, way.slice(0, i))?.graph.nodes[id];
    return node && isIndexed(node) ? [id, '0'] : [id];
  });
}

/** Where a node stands in the document, by its path after elaboration: a way, and its id at that level. */
export interface Located {
  readonly way: NodePath;
  readonly id: string;
}

/**
 * Reads a path of a node, or of a wire: what follows an instance is inside its block, but for the
 * repeat's index, which state that is shared goes without. The node itself need not be there (an edit may be about to add it).
 */
export function locate(document: GraphDocument, path: PathText): Located {
  const parts = readPath(path);
  const way: string[] = [];
  let graph: GraphLevel = document;
  let at = 0;
  for (; at < parts.length - 1; at++) {
    const id = parts[at] as string;
    const node = entry(graph.nodes, id);
    const inner = levelOf(document, blockOf(node) ?? '');
    if (!node || !inner) break;
    way.push(id);
    graph = inner;
    if (isIndexed(node) && at < parts.length - 2 && /^\d+$/.test(parts[at + 1] as string)) at++;
  }
  return { way, id: parts.slice(at).join('/') };
}

/** A path with the labels of nodes in place of their ids, where they have some: `Encoder/3/Attention`. */
export function labelledPath(document: GraphDocument, path: PathText): string {
  let graph: GraphLevel | undefined = document;
  let isIndex = false;
  const parts = readPath(path).map((part) => {
    const node: GraphNode | undefined = isIndex || !graph ? undefined : entry(graph.nodes, part);
    isIndex = node !== undefined && blockOf(node) !== undefined && isIndexed(node);
    if (!node) return part;
    graph = levelOf(document, blockOf(node) ?? '');
    return node.label ?? part;
  });
  return parts.join('/');
}

/** The node that a path leads to, if it is there. */
export function nodeAt(document: GraphDocument, path: PathText): GraphNode | undefined {
  const { way, id } = locate(document, path);
  return entry(levelAt(document, way)?.graph.nodes ?? {}, id);
}

/** The path after elaboration of a node or wire at a level. */
export const pathAt = (document: GraphDocument, { way, id }: Located): PathText =>
  showPath([...elaboratedPath(document, way), id]);

/** Of places told in a list; a document of many nested blocks has more than anyone reads. */
const mostPlaces = 20_000;

/** Every node of the document, and of each block once, as its first use shows it. */
export function allPlaces(document: GraphDocument): readonly Located[] {
  const found: Located[] = [];
  const seen = new Set<string>();
  const ways: NodePath[] = [[]];
  for (const way of ways) {
    for (const [id, node] of Object.entries(levelAt(document, way)?.graph.nodes ?? {})) {
      if (found.length >= mostPlaces) return found;
      found.push({ way, id });
      const block = blockOf(node);
      if (block === undefined || seen.has(block) || !Object.hasOwn(document.blocks, block)) continue;
      seen.add(block);
      ways.push([...way, id]);
    }
  }
  return found;
}

/** Every block that a graph uses, through blocks that it uses too; a block that is missing is left out. */
export function blocksUsed(document: GraphDocument, nodes: Iterable<GraphNode>): Set<string> {
  const found = new Set<string>();
  const look = (these: Iterable<GraphNode>) => {
    for (const node of these) {
      const block = blockOf(node);
      if (block !== undefined && Object.hasOwn(document.blocks, block)) found.add(block);
    }
  };
  look(nodes);
  for (const block of found) look(Object.values(document.blocks[block]?.nodes ?? {}));
  return found;
}

/** Every drawing of the document: its own and those of its blocks. */
export const drawings = (document: GraphDocument): readonly GraphLevel[] => [
  document,
  ...Object.values(document.blocks),
];

/** Instances of a block in the whole document. */
export const usesOf = (document: GraphDocument, block: string): number =>
  drawings(document).reduce(
    (count, { nodes }) => count + Object.values(nodes).filter((node) => blockOf(node) === block).length,
    0,
  );

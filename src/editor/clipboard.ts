/**
 * The clipboard's text: `{"format":"tensorloom","version":…,"clip":{nodes,edges,layout,blocks}}`, a piece of
 * a document as JSON, so that it goes through the system's clipboard from tab to tab and into mails and
 * issues. Text that is pasted is hostile: it passes the same gate as a file.
 */

import {
  type Block,
  FORMAT,
  type GraphDocument,
  type GraphLevel,
  type GraphNode,
  VERSION,
} from '../../graph-schema/document.ts';
import { withBlockRecords } from '../../graph-schema/named-records.ts';
import { readJson } from '../../graph-schema/read-json.ts';
import type { Outcome } from '../base/diagnostic.ts';
import { baseOf, freshId, freshIds } from '../base/ids.ts';
import { recordOf } from '../base/record.ts';
import { BLOCK } from '../catalogue/block.ts';
import { readDocument } from '../compiler/read-document.ts';
import { blockOf, blocksUsed, entry, isBlockPort, type OpenLevel } from '../document/levels.ts';
import { EDGE } from '../document/mutate.ts';
import type { Point, Selection } from './editor-types.ts';

/** Nodes of a drawing with the wires among them, and the blocks that they need. */
export type Clip = Pick<GraphDocument, 'nodes' | 'edges' | 'layout' | 'blocks'>;

const pick = <T>(record: Readonly<Record<string, T>>, ids: Iterable<string>): Record<string, T> =>
  recordOf([...ids].flatMap((id) => (Object.hasOwn(record, id) ? [[id, record[id] as T] as const] : [])));

/** The selected nodes and the wires among them. */
export function clipOf(document: GraphDocument, graph: GraphLevel, selection: Selection): Clip {
  const chosen = new Set(selection.nodes);
  const inside = Object.keys(graph.edges).filter((id) => {
    const edge = graph.edges[id];
    return edge !== undefined && chosen.has(edge.from.node) && chosen.has(edge.to.node);
  });
  const nodes = pick(graph.nodes, chosen);
  return {
    nodes,
    edges: pick(graph.edges, inside),
    layout: { nodes: pick(graph.layout.nodes, chosen) },
    blocks: pick(document.blocks, blocksUsed(document, Object.values(nodes))),
  };
}

export const writeClip = (clip: Clip): string =>
  JSON.stringify({ format: FORMAT, version: VERSION, clip }, null, 2);

/** A clip out of any text; a whole document is taken as a clip of all its nodes. */
export function readClip(text: string): Outcome<Clip> {
  const { value: outer, diagnostics } = readJson(text);
  if (diagnostics.length > 0) return { diagnostics };
  const clip = typeof outer === 'object' && outer !== null && 'clip' in outer ? outer.clip : undefined;
  if (typeof clip !== 'object' || clip === null || Array.isArray(clip)) return readDocument(text);
  // Clips of the time before blocks bear no version: they are of version 1.
  const { version = 1 } = outer as { version?: unknown };
  return readDocument(JSON.stringify({ ...clip, format: FORMAT, version, name: '' }));
}

/** A node of the clip as it refers to blocks under their names in the document. */
function withBlocks(node: GraphNode, names: ReadonlyMap<string, string>): GraphNode {
  const name = names.get(blockOf(node) ?? '');
  return name === undefined ? node : { ...node, params: { ...node.params, block: name } };
}

/** What makes two definitions the same: all but where things are drawn, whatever the order of keys. */
function identity({ layout: _, ...block }: Block): string {
  return JSON.stringify(block, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/**
 * Brings the clip's blocks into the document, those that others use first. One that is there already, the
 * same under the same id, is used again; where another has its id it gets a new one. Gives the new names.
 */
function bringBlocks(document: GraphDocument, blocks: Readonly<Record<string, Block>>): Map<string, string> {
  const names = new Map<string, string>();
  const under = new Set<string>();
  function bring(id: string): void {
    const block = entry(blocks, id);
    // A block that holds itself is told by the check; here it keeps its name.
    if (!block || names.has(id) || under.has(id)) return;
    under.add(id);
    for (const node of Object.values(block.nodes)) if (node.type === BLOCK) bring(blockOf(node) ?? '');
    const nodes = Object.fromEntries(
      Object.entries(block.nodes).map(([key, node]) => [key, withBlocks(node, names)]),
    );
    const brought: Block = { ...block, nodes };
    const there = entry(document.blocks, id);
    const same = there && identity(there) === identity(brought);
    const name =
      there && !same
        ? freshId(baseOf(id), (n) => Object.hasOwn(document.blocks, n) || Object.hasOwn(blocks, n))
        : id;
    names.set(id, name);
    if (!same) document.blocks[name] = withBlockRecords(brought);
  }
  for (const id of Object.keys(blocks)) bring(id);
  return names;
}

/** A copy lies this far from what it would otherwise lie on. */
export const copyOffset = 32;

/** `at`, moved down and to the right until no copy hides the title of a card that is there. */
function besideCopies(graph: GraphLevel, corners: readonly Point[], at: Point): Point {
  const placed = Object.values(graph.layout.nodes).map(({ x, y }) => ({ x, y }));
  const near = copyOffset / 2;
  const cell = ({ x, y }: Point, right = 0, down = 0) =>
    `${Math.floor(x / near) + right} ${Math.floor(y / near) + down}`;
  const cells = new Map<string, Point[]>();
  for (const place of placed) {
    const others = cells.get(cell(place));
    if (others) others.push(place);
    else cells.set(cell(place), [place]);
  }
  const sides = [-1, 0, 1];
  const hides = (copy: Point) =>
    sides.some((right) =>
      sides.some((down) =>
        cells
          .get(cell(copy, right, down))
          ?.some((p) => Math.abs(p.x - copy.x) < near && Math.abs(p.y - copy.y) < near),
      ),
    );
  // Each card that is there is in the way of each copy at one step at most.
  for (let k = 0; k <= placed.length * corners.length; k++) {
    const by = { x: at.x + k * copyOffset, y: at.y + k * copyOffset };
    if (!corners.some((corner) => hides({ x: corner.x + by.x, y: corner.y + by.y }))) return by;
  }
  return at;
}

/**
 * Adds a clip to a level under new ids, its upper left corner at `at`, or beside it where cards of the same
 * places are. Ports of a block stay out of the document's own level, where they would mean nothing. Gives the
 * new nodes.
 */
export function insertClip(
  document: GraphDocument,
  { block, graph }: OpenLevel,
  clip: Clip,
  wanted: Point,
): Selection {
  const nodes = Object.entries(clip.nodes).filter(([, node]) => block !== undefined || !isBlockPort(node));
  const places = nodes.map(([id]) => entry(clip.layout.nodes, id) ?? { x: 0, y: 0 });
  const left = Math.min(...places.map((p) => p.x));
  const top = Math.min(...places.map((p) => p.y));
  const corners = places.map(({ x, y }) => ({ x: x - left, y: y - top }));
  const at = besideCopies(graph, corners, wanted);

  const blocks = bringBlocks(document, clip.blocks);
  const renamed = new Map<string, string>();
  const nodeId = freshIds((id) => Object.hasOwn(graph.nodes, id));
  const edgeId = freshIds((id) => Object.hasOwn(graph.edges, id));
  for (const [id, node] of nodes) {
    const name = Object.hasOwn(graph.nodes, id) ? nodeId(baseOf(id)) : id;
    renamed.set(id, name);
    graph.nodes[name] = withBlocks(node, blocks);
    const place = entry(clip.layout.nodes, id) ?? { x: left, y: top };
    graph.layout.nodes[name] = {
      ...place,
      x: Math.round(at.x + place.x - left),
      y: Math.round(at.y + place.y - top),
    };
  }
  const edges: string[] = [];
  for (const edge of Object.values(clip.edges)) {
    const from = renamed.get(edge.from.node);
    const to = renamed.get(edge.to.node);
    if (from === undefined || to === undefined) continue;
    const id = edgeId(EDGE);
    graph.edges[id] = { ...edge, from: { ...edge.from, node: from }, to: { ...edge.to, node: to } };
    edges.push(id);
  }
  return { nodes: [...renamed.values()], edges };
}

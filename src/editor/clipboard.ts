/**
 * The clipboard's text: `{"format":"tensorloom","clip":{nodes,edges,layout}}`, a piece of a document as
 * JSON, so that it goes through the system's clipboard from tab to tab and into mails and issues.
 * Text that is pasted is hostile: it passes the same gate as a file.
 */

import { FORMAT, type GraphDocument, VERSION } from '../../graph-schema/document.ts';
import { readJson } from '../../graph-schema/read-json.ts';
import type { Outcome } from '../base/diagnostic.ts';
import { baseOf, freshId } from '../base/ids.ts';
import { readDocument } from '../compiler/read-document.ts';
import type { Point, Selection } from './types.ts';

export type Clip = Pick<GraphDocument, 'nodes' | 'edges' | 'layout'>;

const pick = <T>(record: Readonly<Record<string, T>>, ids: Iterable<string>): Record<string, T> =>
  Object.fromEntries([...ids].flatMap((id) => (Object.hasOwn(record, id) ? [[id, record[id] as T]] : [])));

/** The selected nodes and the wires among them. */
export function clipOf(document: GraphDocument, selection: Selection): Clip {
  const chosen = new Set(selection.nodes);
  const inside = Object.keys(document.edges).filter((id) => {
    const edge = document.edges[id];
    return edge !== undefined && chosen.has(edge.from.node) && chosen.has(edge.to.node);
  });
  return {
    nodes: pick(document.nodes, chosen),
    edges: pick(document.edges, inside),
    layout: { nodes: pick(document.layout.nodes, chosen) },
  };
}

export const writeClip = (clip: Clip): string => JSON.stringify({ format: FORMAT, clip }, null, 2);

/** A clip out of any text; a whole document is taken as a clip of all its nodes. */
export function readClip(text: string): Outcome<Clip> {
  const { value: outer, diagnostics } = readJson(text);
  if (diagnostics.length > 0) return { diagnostics };
  const clip = typeof outer === 'object' && outer !== null && 'clip' in outer ? outer.clip : undefined;
  if (typeof clip !== 'object' || clip === null || Array.isArray(clip)) return readDocument(text);
  return readDocument(JSON.stringify({ ...clip, format: FORMAT, version: VERSION, name: '' }));
}

/** Adds a clip to a document under new ids, its upper left corner at `at`. Gives the new nodes. */
export function insertClip(document: GraphDocument, clip: Clip, at: Point): Selection {
  const places = Object.keys(clip.nodes).map((id) => clip.layout.nodes[id] ?? { x: 0, y: 0 });
  const left = Math.min(...places.map((p) => p.x));
  const top = Math.min(...places.map((p) => p.y));

  const renamed = new Map<string, string>();
  for (const [id, node] of Object.entries(clip.nodes)) {
    const name = Object.hasOwn(document.nodes, id)
      ? freshId(baseOf(id), (n) => Object.hasOwn(document.nodes, n))
      : id;
    renamed.set(id, name);
    document.nodes[name] = node;
    const place = clip.layout.nodes[id] ?? { x: left, y: top };
    document.layout.nodes[name] = {
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
    const id = freshId('e', (e) => Object.hasOwn(document.edges, e));
    document.edges[id] = { ...edge, from: { ...edge.from, node: from }, to: { ...edge.to, node: to } };
    edges.push(id);
  }
  return { nodes: [...renamed.values()], edges };
}

/**
 * One colour for each index name on the whole canvas. Names get the six hues in the order in which
 * they first appear in the document, so that names that stand together differ; from the seventh on
 * the hues come again, dashed. A name keeps its hue for as long as it is there.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import { escapeId } from '../../base/path.ts';
import type { Checked, CheckedNode, ShownType } from '../../compiler/types.ts';
import type { Editor, EditorState } from '../../editor/index.ts';
import { isBatch } from './ribbon-threads.ts';

export type Hues = ReadonlyMap<string, number>;

export const hueCount = 6;
const dashes = [undefined, '9 3', '3 2.5', '9 3 2 3'] as const;

/** Names of indices, batch aside, in the order of the document's nodes; those inside blocks follow. */
function namesIn(document: GraphDocument, checked: Checked): Set<string> {
  const names = new Set<string>();
  const paths = new Set([...Object.keys(document.nodes).map(escapeId), ...Object.keys(checked.nodes)]);
  for (const path of paths) {
    const node = checked.nodes[path];
    if (node) for (const name of namesAt(node)) names.add(name);
  }
  return names;
}

const known = new WeakMap<CheckedNode, readonly string[]>();

/** Names at one node; gathered once for as long as the checker gives the same object. */
function namesAt(node: CheckedNode): readonly string[] {
  let names = known.get(node);
  if (!names) {
    const types = [...Object.values(node.inputTypes), ...Object.values(node.outputTypes)];
    names = types.flatMap(({ axes }) => axes.flatMap((axis) => (isBatch(axis) ? [] : [axis.name])));
    known.set(node, names);
  }
  return names;
}

/** The hues of a document; the previous map itself when no name came or went. */
export function assignHues(document: GraphDocument, checked: Checked, previous: Hues = new Map()): Hues {
  const names = namesIn(document, checked);
  if (names.size === previous.size && [...names].every((name) => previous.has(name))) return previous;
  const hues = new Map([...previous].filter(([name]) => names.has(name)));
  const taken = new Set(hues.values());
  let next = 0;
  for (const name of names) {
    if (hues.has(name)) continue;
    while (taken.has(next)) next++;
    hues.set(name, next);
    taken.add(next);
  }
  return hues;
}

type Types = CheckedNode['inputTypes'];

/** The names of a type in one text. */
const texts = new WeakMap<ShownType, string>();
function textOf(type: ShownType): string {
  let text = texts.get(type);
  if (text === undefined) {
    text = type.axes.map((axis) => axis.name).join(' ');
    texts.set(type, text);
  }
  return text;
}

function sameTypes(now: Types, old: Types): boolean {
  if (now === old) return true;
  for (const port in now) {
    const [a, b] = [now[port] as ShownType, old[port]];
    if (a !== b && (!b || textOf(a) !== textOf(b))) return false;
  }
  for (const port in old) if (!(port in now)) return false;
  return true;
}

/** Whether each node has the names that it had: most edits change none. */
function sameNames({ nodes }: Checked, { nodes: before }: Checked): boolean {
  for (const id in nodes) {
    const [now, old] = [nodes[id] as CheckedNode, before[id]];
    if (now === old) continue;
    if (!old || !sameTypes(now.inputTypes, old.inputTypes) || !sameTypes(now.outputTypes, old.outputTypes))
      return false;
  }
  for (const id in before) if (!(id in nodes)) return false;
  return true;
}

const remembered = new WeakMap<Editor, { readonly checked: Checked; readonly hues: Hues }>();

/** The hues of an editor's document, the same for the canvas and all that stands beside it. */
export function huesOf(editor: Editor, { document, checked }: EditorState): Hues {
  const last = remembered.get(editor);
  if (last?.checked === checked) return last.hues;
  const hues =
    last && sameNames(checked, last.checked) ? last.hues : assignHues(document, checked, last?.hues);
  remembered.set(editor, { checked, hues });
  return hues;
}

/** How to paint an index: a CSS colour, and the dash pattern that tells equal hues apart. */
export function paintOf(
  hues: Hues,
  name: string,
): { readonly color: string; readonly dash: string | undefined } {
  const hue = hues.get(name);
  if (hue === undefined) return { color: 'var(--tl-quiet)', dash: undefined };
  return { color: `var(--tl-hue-${hue % hueCount})`, dash: dashOf(hue) };
}

/** The dash pattern that tells hues apart that have the same colour. */
export const dashOf = (hue: number): string | undefined => dashes[Math.floor(hue / hueCount) % dashes.length];

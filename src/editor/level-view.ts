/** One level as it is drawn and edited: a drawing, and what the check of the whole document says of it. */
import { type GraphDocument, type GraphLevel, levelOf } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { PortRef } from '../base/edit.ts';
import { escapeId, type NodePath, type PathText, portKey, readPath, showPath } from '../base/path.ts';
import { BLOCK_INPUT } from '../catalogue/block.ts';
import type { Checked, CheckedNode, ShownType } from '../compiler/types.ts';
import { blockOf, elaboratedPath, entry, levelAt, locate, repeatOf } from '../document/levels.ts';

export interface LevelView {
  /** Ids of the instances on the way to it; empty for the document's own level. */
  readonly way: NodePath;
  /** The block whose drawing it is. */
  readonly block: string | undefined;
  readonly graph: GraphLevel;
  /** What is known of a node of the level; the same object as long as that is the same. */
  node(id: string): CheckedNode | undefined;
  /** The type on a wire of the level. */
  edge(id: string): ShownType | undefined;
  /** Nodes of the level in an order in which every node follows what it reads. */
  readonly order: readonly string[];
  /** Of the whole document; their places are paths. */
  readonly diagnostics: readonly Diagnostic[];
  /** The node of the level that a path leads to, or into; undefined where it leads elsewhere. */
  nodeOf(path: PathText): string | undefined;
  /** The wire of the level that a path leads to. */
  edgeOf(path: PathText): string | undefined;
  /** The path of a node of the level. */
  pathOf(id: string): PathText;
  /** The key under which the value of an output is known; undefined where nothing gives it. */
  valueKey(output: PortRef): string | undefined;
}

/** A port somewhere in the document. */
interface Giver {
  readonly way: NodePath;
  readonly ref: PortRef;
}

const sources = new WeakMap<GraphLevel['edges'], ReadonlyMap<string, PortRef>>();
const inputKey = ({ node, port }: PortRef): string => `${node}\u0000${port}`;

/** What feeds each input of a drawing; of two wires into one input the later counts. */
function sourcesIn({ edges }: GraphLevel): ReadonlyMap<string, PortRef> {
  const known = sources.get(edges);
  if (known) return known;
  const made = new Map(Object.values(edges).map(({ from, to }) => [inputKey(to), from]));
  sources.set(edges, made);
  return made;
}

/** Steps from level to level before a wire is taken to run in circles. */
const patience = 200;

/** The output of an ordinary node, or of a repeat, that gives what this output carries. */
function giverOf(document: GraphDocument, way: NodePath, ref: PortRef): Giver | undefined {
  let at: Giver = { way, ref };
  for (let step = 0; step < patience; step++) {
    const level = levelAt(document, at.way);
    const node = level && entry(level.graph.nodes, at.ref.node);
    if (!level || !node) return undefined;
    const block = blockOf(node);
    let next: PortRef | undefined;
    let inside: NodePath;
    // What a repeat gives is what its last turn gave: no node inside holds it under one name.
    if (block !== undefined && repeatOf(node) > 1) return at;
    if (block !== undefined) {
      const inner = levelOf(document, block);
      next = inner && sourcesIn(inner).get(inputKey({ node: at.ref.port, port: 'x' }));
      inside = [...at.way, at.ref.node];
    } else if (node.type === BLOCK_INPUT) {
      inside = at.way.slice(0, -1);
      const outer = levelAt(document, inside);
      const instance = at.way.at(-1);
      next =
        outer && instance !== undefined
          ? sourcesIn(outer.graph).get(inputKey({ node: instance, port: at.ref.node }))
          : undefined;
    } else return at;
    if (!next) return undefined;
    at = { way: inside, ref: next };
  }
  return undefined;
}

/** A document without blocks is what the checker says of it, with nothing to follow. */
function plainView(document: GraphDocument, checked: Checked): LevelView {
  const idOf = (path: PathText): string => (/[~/]/.test(path) ? readPath(path).join('/') : path);
  return {
    way: [],
    block: undefined,
    graph: document,
    node: (id) => entry(checked.nodes, escapeId(id)),
    edge: (id) => entry(checked.edges, escapeId(id)),
    get order() {
      return checked.order.some((path) => path.includes('~')) ? checked.order.map(idOf) : checked.order;
    },
    diagnostics: checked.diagnostics,
    nodeOf: (path) => (Object.hasOwn(document.nodes, idOf(path)) ? idOf(path) : undefined),
    edgeOf: (path) => (Object.hasOwn(document.edges, idOf(path)) ? idOf(path) : undefined),
    pathOf: escapeId,
    valueKey: ({ node, port }) => portKey(escapeId(node), port),
  };
}

export function viewOf(document: GraphDocument, checked: Checked, way: NodePath): LevelView {
  if (way.length === 0 && Object.keys(document.blocks).length === 0) return plainView(document, checked);
  const { graph, block } = levelAt(document, way) ?? { graph: document, block: undefined };
  const prefix = elaboratedPath(document, way);
  const pathOf = (id: string): PathText => showPath([...prefix, id]);
  const nodeOf = (path: PathText): string | undefined => {
    const { way: whole, id } = locate(document, path);
    if (!way.every((step, i) => step === whole[i])) return undefined;
    const here = whole.length > way.length ? (whole[way.length] as string) : id;
    return Object.hasOwn(graph.nodes, here) ? here : undefined;
  };
  let order: readonly string[] | undefined;
  return {
    way,
    block,
    graph,
    node: (id) => entry(checked.nodes, pathOf(id)),
    edge: (id) => entry(checked.edges, pathOf(id)),
    get order() {
      const inside = checked.order.flatMap((path) => nodeOf(path) ?? []);
      order ??= [...new Set([...inside, ...Object.keys(graph.nodes)])];
      return order;
    },
    diagnostics: checked.diagnostics,
    nodeOf,
    edgeOf(path) {
      const { way: whole, id } = locate(document, path);
      const here = whole.length === way.length && way.every((step, i) => step === whole[i]);
      return here && Object.hasOwn(graph.edges, id) ? id : undefined;
    },
    pathOf,
    valueKey(output) {
      const giver = giverOf(document, way, output);
      return (
        giver && portKey(showPath([...elaboratedPath(document, giver.way), giver.ref.node]), giver.ref.port)
      );
    },
  };
}

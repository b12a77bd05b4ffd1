/**
 * Applies edits to a document. Nodes and wires are named by their paths after elaboration, as diagnostics
 * name them: an edit of a node inside a block changes the block, and so each of its instances. Edits that
 * name what is not there change nothing.
 */
import type {
  GraphDocument,
  GraphEdge,
  GraphLevel,
  GraphNode,
  Placement,
} from '../../graph-schema/document.ts';
import type { Edit, PortRef } from '../base/edit.ts';
import { baseOf, freshId } from '../base/ids.ts';
import type { NodePath, PathText } from '../base/path.ts';
import { recordWith } from '../base/record.ts';
import { registryOf } from '../catalogue/index.ts';
import { ungroup } from './blocks/ungroup.ts';
import { entry, levelAt, locate } from './levels.ts';
import { removeNode, setDim, setEdge } from './mutate.ts';

/** An id that came from outside may be taken by now: the edits of one fix then share a new one. */
class Names {
  readonly #given = new Map<PathText, string>();

  claim(path: PathText, id: string, taken: Readonly<Record<string, unknown>>): string {
    const name = Object.hasOwn(taken, id) ? freshId(baseOf(id), (other) => Object.hasOwn(taken, other)) : id;
    this.#given.set(path, name);
    return name;
  }

  of(path: PathText, id: string): string {
    return this.#given.get(path) ?? id;
  }
}

/** A node that an edit has added, to be placed by who draws: the compiler sees no places. */
export interface Added {
  /** The drawing that it is in. */
  readonly graph: GraphLevel;
  readonly id: string;
  /** What it belongs near: a node with its place before the edits, or the wire that ran there. */
  readonly near: string | undefined;
  readonly place: Placement | undefined;
  readonly wire: GraphEdge | undefined;
}

/** A drawing and an id in it. */
interface Found {
  readonly graph: GraphLevel;
  readonly id: string;
}

/**
 * Changes the drawings' records and nothing inside their entries, which are replaced: a draft will do,
 * and so will a copy of the records (see `edited`). Gives the nodes that are new, which lie nowhere yet.
 */
export function applyEdits(document: GraphDocument, edits: readonly Edit[]): readonly Added[] {
  const names = new Names();
  const find = (path: PathText): Found => {
    const { way, id } = locate(document, path);
    return { graph: levelAt(document, way)?.graph ?? document, id: names.of(path, id) };
  };
  const replace = (path: PathText, change: (node: GraphNode) => GraphNode): void => {
    const { graph, id } = find(path);
    const node = entry(graph.nodes, id);
    if (node) graph.nodes[id] = change(node);
  };
  const portAt = ({ node, port }: PortRef): PortRef => ({ node: find(node).id, port });
  // Where a wire ran is asked for after it has gone, so places are looked up before the first edit.
  const neighbours = edits.map((edit) => {
    if (edit.edit !== 'addNode' || edit.near === undefined) return undefined;
    const { graph } = find(edit.node);
    const { id } = find(edit.near);
    const wire = entry(graph.edges, id);
    const place = entry(graph.layout.nodes, id);
    return {
      near: id,
      place: place && { ...place },
      wire: wire && { from: { ...wire.from }, to: { ...wire.to } },
    };
  });
  const added: Added[] = [];

  edits.forEach((edit, i) => {
    switch (edit.edit) {
      case 'setParam':
        replace(edit.node, (node) => ({ ...node, params: { ...node.params, [edit.key]: edit.value } }));
        return;
      case 'removeParam':
        replace(edit.node, (node) => {
          const { [edit.key]: _, ...params } = node.params;
          return { ...node, params };
        });
        return;
      case 'addNode': {
        const { graph, id } = find(edit.node);
        const name = names.claim(edit.node, id, graph.nodes);
        graph.nodes[name] = { type: edit.type, params: { ...edit.params } satisfies GraphNode['params'] };
        added.push({
          ...(neighbours[i] ?? { near: undefined, place: undefined, wire: undefined }),
          graph,
          id: name,
        });
        return;
      }
      case 'setType':
        replace(edit.node, (node) => ({ ...node, type: edit.type }));
        return;
      case 'removeNode': {
        const { graph, id } = find(edit.node);
        removeNode(graph, id);
        return;
      }
      case 'addEdge': {
        // A wire lies where it ends and never leads into another level; its name may be any that is free there.
        const { graph } = find(edit.to.node);
        if (find(edit.from.node).graph !== graph) return;
        const { id } = locate(document, edit.edge);
        setEdge(graph, names.claim(edit.edge, id, graph.edges), portAt(edit.from), portAt(edit.to));
        return;
      }
      case 'removeEdge': {
        const { graph, id } = find(edit.edge);
        delete graph.edges[id];
        return;
      }
      case 'writeOut': {
        const { way, id } = locate(document, edit.node);
        const level = levelAt(document, way);
        if (level) ungroup(document, level, id, registryOf(document));
        return;
      }
      case 'setDim':
        setDim(document, edit.name, edit.size);
        return;
    }
  });
  return added;
}

/** The levels that edits reach, by the blocks whose drawings they are. */
function blocksTouched(document: GraphDocument, edits: readonly Edit[]): Set<string> {
  const ways = edits.flatMap((edit): NodePath[] => {
    switch (edit.edit) {
      case 'setDim':
        return [];
      case 'addEdge':
        return [locate(document, edit.to.node).way];
      case 'removeEdge':
        return [locate(document, edit.edge).way];
      default:
        return [locate(document, edit.node).way];
    }
  });
  return new Set(ways.flatMap((way) => levelAt(document, way)?.block ?? []));
}

const copyOf = <T extends GraphLevel>(graph: T): T => ({
  ...graph,
  dims: recordWith(graph.dims),
  nodes: recordWith(graph.nodes),
  edges: recordWith(graph.edges),
  layout: { ...graph.layout, nodes: recordWith(graph.layout.nodes) },
});

/** The document with these edits made; every node, wire and place that they leave alone is the same object. */
export const edited = (document: GraphDocument, edits: readonly Edit[]): GraphDocument =>
  withEdits(document, edits).document;

/** The same, and what of it is new. */
export function withEdits(
  document: GraphDocument,
  edits: readonly Edit[],
): { readonly document: GraphDocument; readonly added: readonly Added[] } {
  const copy = copyOf(document);
  const blocks = blocksTouched(document, edits);
  // A block that nothing uses any more goes.
  if (blocks.size > 0 || edits.some(({ edit }) => edit === 'writeOut')) {
    copy.blocks = recordWith(document.blocks);
    for (const id of blocks) {
      const block = entry(document.blocks, id);
      if (block) copy.blocks[id] = copyOf(block);
    }
  }
  return { document: copy, added: applyEdits(copy, edits) };
}

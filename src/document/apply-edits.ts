/**
 * Applies edits to a document. Nodes and wires are named by their paths after elaboration, as diagnostics
 * name them: an edit of a node inside a block changes the block, and so each of its instances. Edits that
 * name what is not there change nothing.
 */
import type { GraphDocument, GraphLevel, GraphNode } from '../../graph-schema/document.ts';
import type { Edit, PortRef } from '../base/edit.ts';
import { baseOf, freshId } from '../base/ids.ts';
import type { NodePath, PathText } from '../base/path.ts';
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

/** Where a new node is drawn; the compiler, which sees no places, leaves it out. */
export type Spot = (
  graph: GraphLevel,
  near: string | undefined,
) => { readonly x: number; readonly y: number };

/** A drawing and an id in it. */
interface Found {
  readonly graph: GraphLevel;
  readonly id: string;
}

/**
 * Changes the drawings' records and nothing inside their entries, which are replaced: a draft will do,
 * and so will a copy of the records (see `edited`).
 */
export function applyEdits(document: GraphDocument, edits: readonly Edit[], spotNear?: Spot): void {
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
  const places = edits.map((edit) => {
    if (edit.edit !== 'addNode') return undefined;
    return spotNear?.(find(edit.node).graph, edit.near === undefined ? undefined : find(edit.near).id);
  });

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
        const place = places[i];
        if (place) graph.layout.nodes[name] = { ...place };
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
      case 'setDim':
        setDim(document, edit.name, edit.size);
        return;
    }
  });
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
  dims: { ...graph.dims },
  nodes: { ...graph.nodes },
  edges: { ...graph.edges },
  layout: { ...graph.layout, nodes: { ...graph.layout.nodes } },
});

/** The document with these edits made; every node, wire and place that they leave alone is the same object. */
export function edited(document: GraphDocument, edits: readonly Edit[], spotNear?: Spot): GraphDocument {
  const copy = copyOf(document);
  const blocks = blocksTouched(document, edits);
  if (blocks.size > 0) {
    copy.blocks = { ...document.blocks };
    for (const id of blocks) {
      const block = entry(document.blocks, id);
      if (block) copy.blocks[id] = copyOf(block);
    }
  }
  applyEdits(copy, edits, spotNear);
  return copy;
}

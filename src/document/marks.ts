/** What a node is marked with, and the instances of blocks that it lies in: frozen, and by tags. */
import type { GraphDocument, GraphNode } from '../../graph-schema/document.ts';
import type { PathText } from '../base/path.ts';
import { entry, levelAt, locate } from './levels.ts';

export interface Marks {
  /** Whether what it learns stays as it is. */
  readonly isFrozen: boolean;
  readonly tags: readonly string[];
}

/** Marks of the node at a path after elaboration: its own and those of all that it lies in. */
export function marksOf(document: GraphDocument, path: PathText): Marks {
  const { way, id } = locate(document, path);
  const nodes = [...way, id].flatMap((name, i): readonly GraphNode[] => {
    const node = entry(levelAt(document, way.slice(0, i))?.graph.nodes ?? {}, name);
    return node ? [node] : [];
  });
  return {
    isFrozen: nodes.some(({ frozen }) => frozen === true),
    tags: nodes.flatMap(({ tags = [] }) => tags),
  };
}

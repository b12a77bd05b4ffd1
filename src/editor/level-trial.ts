/** Trials: the document with another drawing for the level that is shown, checked and seen from that level. */
import { type GraphDocument, type GraphLevel, levelOf } from '../../graph-schema/document.ts';
import { recordWith } from '../base/record.ts';
import type { Check, EditorState, Trial } from './editor-types.ts';
import { viewOf } from './level-view.ts';

/** The document with this drawing in the place of its own, or of that of a block. */
export function withGraph(
  document: GraphDocument,
  block: string | undefined,
  graph: GraphLevel,
): GraphDocument {
  const old = levelOf(document, block);
  if (!old || old === graph) return document;
  const { nodes, edges, dims, layout } = graph;
  if (block === undefined) return { ...document, nodes, edges, dims, layout };
  return {
    ...document,
    blocks: recordWith(document.blocks, {
      [block]: { ...document.blocks[block]!, nodes, edges, dims, layout },
    }),
  };
}

export const trialWith =
  (check: Check, { document, view }: Pick<EditorState, 'document' | 'view'>): Trial =>
  (graph) => {
    const trial = withGraph(document, view.block, graph);
    return viewOf(trial, check(trial), view.way);
  };

/**
 * Edits are the smallest changes to a graph document, as plain data. A diagnostic's fix is a list of
 * them, so that the checker (pure, far from any editor) can propose what the editor applies as one
 * undoable command.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface PortRef {
  readonly node: string;
  readonly port: string;
}

export type Edit =
  | { readonly edit: 'setParam'; readonly node: string; readonly key: string; readonly value: Json }
  | { readonly edit: 'removeParam'; readonly node: string; readonly key: string }
  | {
      readonly edit: 'addNode';
      readonly node: string;
      readonly type: string;
      readonly params: Readonly<Record<string, Json>>;
      /** Where to draw it: between the ends of this (soon to be removed) edge, or beside this node. */
      readonly near?: string;
    }
  | { readonly edit: 'setType'; readonly node: string; readonly type: string }
  | { readonly edit: 'removeNode'; readonly node: string }
  | { readonly edit: 'addEdge'; readonly edge: string; readonly from: PortRef; readonly to: PortRef }
  | { readonly edit: 'removeEdge'; readonly edge: string }
  /** Puts what a use of a block stands for in its place, one copy for each repeat (document/blocks/ungroup.ts). */
  | { readonly edit: 'writeOut'; readonly node: string }
  | { readonly edit: 'setDim'; readonly name: string; readonly size: number };

/** A chain of three nodes in an editor whose checker finds nothing wrong. */
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import type { CheckedNode } from '../../src/compiler/types.ts';
import { createEditorWith } from '../../src/editor/editor.ts';
import type { Check, Editor } from '../../src/editor/editor-types.ts';

const ports: CheckedNode = {
  inputs: [{ name: 'x' }, { name: 'z' }],
  outputs: [{ name: 'y' }],
  inputTypes: {},
  outputTypes: {},
  summary: '',
};

/** Every node has inputs x, z and output y, and nothing is ever wrong. */
export const check: Check = (document) => ({
  nodes: Object.fromEntries(Object.keys(document.nodes).map((id) => [id, { ...ports }])),
  edges: {},
  diagnostics: [],
  order: Object.keys(document.nodes),
});

export const chainEdge = (from: string, to: string, port = 'x') => ({
  from: { node: from, port: 'y' },
  to: { node: to, port },
});

/** a → b → c, with a place each. */
export const chain = (): GraphDocument => ({
  ...emptyDocument('chain'),
  dims: { B: 64, d: { size: 3, free: false } },
  nodes: {
    a: { type: 'tensor', params: {} },
    b: { type: 'linear', params: { units: 4, bias: true } },
    c: { type: 'probe', params: {} },
  },
  edges: { e1: chainEdge('a', 'b'), e2: chainEdge('b', 'c') },
  layout: { nodes: { a: { x: 0, y: 0 }, b: { x: 300, y: 0 }, c: { x: 600, y: 0, color: 'red' } } },
});

export const openChain = (document = chain()): Editor => createEditorWith(check, document);
export const documentOf = (editor: Editor) => editor.getState().document;

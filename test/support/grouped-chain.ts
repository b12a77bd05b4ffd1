/** A small document whose nodes tests group into blocks. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { createEditor, type Editor } from '../../src/editor/index.ts';
import { graph } from './graphs.ts';

export const axes = (...pairs: [string, number | string][]) => pairs.map(([name, size]) => ({ name, size }));

/** x → linear → activation → second → probe, and x → second probe. */
export const chain = (): GraphDocument => ({
  ...graph(
    {
      x: { type: 'tensor', params: { axes: axes(['batch', 'B'], ['p', 3]), fill: 'normal' } },
      first: { type: 'linear', params: { units: 'h', name: 'h' } },
      relu: { type: 'activation', params: { function: 'relu' } },
      second: { type: 'linear', params: { units: 2, name: 'c' } },
      out: { type: 'probe' },
      seen: { type: 'probe' },
    },
    ['x.out > first.x', 'first.y > relu.x', 'relu.y > second.x', 'second.y > out.x', 'relu.y > seen.x'],
    { B: 4, h: 5 },
  ),
  layout: {
    nodes: {
      x: { x: 0, y: 0 },
      first: { x: 300, y: 0 },
      relu: { x: 600, y: 0 },
      second: { x: 900, y: 0 },
      out: { x: 1200, y: 0 },
      seen: { x: 1200, y: 200 },
    },
  },
});

export const nodes = (...ids: string[]) => ({ nodes: ids, edges: [] });
export const documentOf = (editor: Editor) => editor.getState().document;
export const grouped = (...ids: string[]) => {
  const editor = createEditor(chain());
  editor.dispatch({ type: 'group', selection: nodes(...ids), name: 'Hidden' });
  return editor;
};
export const shape = ({ nodes, edges }: Pick<GraphDocument, 'nodes' | 'edges'>) => ({
  nodes: Object.fromEntries(Object.entries(nodes).sort()),
  edges: Object.fromEntries(Object.entries(edges).sort()),
});
export const sizes = (editor: Editor, edge: string) =>
  editor
    .getState()
    .view.edge(edge)
    ?.axes.map(({ size }) => size);

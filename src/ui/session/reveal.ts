/** Going to a place in the graph: selects it, and brings it to the middle of the canvas. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Editor } from '../../editor/index.ts';
import { app, canvas, setApp } from '../store.ts';

interface Place {
  readonly nodes?: readonly string[];
  readonly edges?: readonly string[];
}

export function reveal(editor: Editor, { nodes = [], edges = [] }: Place): void {
  const { document } = editor.getState();
  const place = {
    nodes: nodes.filter((id) => Object.hasOwn(document.nodes, id)),
    edges: edges.filter((id) => Object.hasOwn(document.edges, id)),
  };
  editor.dispatch({ type: 'select', selection: place });
  // On a narrow screen a sheet lies over the canvas.
  if (app().sheet !== 'none') setApp({ sheet: 'none' });
  canvas.current?.reveal(place);
}

export function revealDiagnostic(editor: Editor, { node, edge }: Diagnostic): void {
  reveal(editor, { nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
}

/** Going to a place in the graph: selects it, and brings it to the middle of the canvas. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { app, setApp } from '../store.ts';
import type { DocumentSession } from './document-session.ts';

interface Place {
  readonly nodes?: readonly string[];
  readonly edges?: readonly string[];
}

export function reveal({ editor, canvas }: DocumentSession, { nodes = [], edges = [] }: Place): void {
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

export function revealDiagnostic(session: DocumentSession, { node, edge }: Diagnostic): void {
  reveal(session, { nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
}

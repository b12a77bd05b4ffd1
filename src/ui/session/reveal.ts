/** Going to a place in the document: enters the level where it is, selects it, and brings it into view. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { PathText } from '../../base/path.ts';
import { levelAt, locate } from '../../document/levels.ts';
import { app, setApp } from '../store.ts';
import type { DocumentSession } from './document-session.ts';

/** Nodes and wires by their paths; the level is that of the first. */
interface Place {
  readonly nodes?: readonly PathText[];
  readonly edges?: readonly PathText[];
}

export function reveal({ editor, canvas }: DocumentSession, { nodes = [], edges = [] }: Place): void {
  const { document, view } = editor.getState();
  const [first] = [...nodes, ...edges];
  const way = first === undefined ? view.way : locate(document, first).way;
  const graph = levelAt(document, way)?.graph;
  if (!graph) return;
  const here = (paths: readonly PathText[], among: Readonly<Record<string, unknown>>) =>
    paths
      .map((path) => locate(document, path))
      .filter((place) => place.way.join() === way.join() && Object.hasOwn(among, place.id))
      .map(({ id }) => id);
  const place = { nodes: here(nodes, graph.nodes), edges: here(edges, graph.edges) };
  const stays = way.join() === view.way.join();
  editor.dispatch(stays ? { type: 'select', selection: place } : { type: 'enter', way, select: place });
  // On a narrow screen a sheet lies over the canvas.
  if (app().sheet !== 'none') setApp({ sheet: 'none' });
  // Another level has a canvas of its own, which is there a frame later.
  if (stays) canvas.current?.reveal(place);
  else requestAnimationFrame(() => requestAnimationFrame(() => canvas.current?.reveal(place)));
}

export function revealDiagnostic(session: DocumentSession, { node, edge }: Diagnostic): void {
  reveal(session, { nodes: node === undefined ? [] : [node], edges: edge === undefined ? [] : [edge] });
}

/** Changes of a lesson's document: what a student does in a step, or what is wrong with a broken twin. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Json } from '../../src/base/edit.ts';

export type Change = (draft: GraphDocument) => void;

export const set =
  (node: string, param: string, value: Json): Change =>
  ({ nodes }) => {
    const found = nodes[node];
    if (!found) throw new Error(`there is no node ${node}`);
    found.params[param] = value;
  };

/** How many members an ensemble has: a parameter with one axis. */
export const members = (node: string, count: number): Change =>
  set(node, 'axes', [{ name: 'chain', size: count }]);

export const steps =
  (count: number): Change =>
  ({ run }) => {
    if (!run) throw new Error('the document does not say how long it runs');
    run.steps = count;
  };

export const all =
  (...changes: readonly Change[]): Change =>
  (draft) => {
    for (const change of changes) change(draft);
  };

const wireTo = ({ edges }: GraphDocument, node: string, port: string) => {
  const [id, wire] = Object.entries(edges).find(([, { to }]) => to.node === node && to.port === port) ?? [];
  if (id === undefined || !wire) throw new Error(`nothing is wired to ${node}.${port}`);
  return { id, wire };
};

export const cut =
  (node: string, port: string): Change =>
  (draft) => {
    delete draft.edges[wireTo(draft, node, port).id];
  };

/** What is wired to a port comes through a factor. */
export const scaled =
  (node: string, port: string, factor: number): Change =>
  (draft) => {
    const { id, wire } = wireTo(draft, node, port);
    draft.nodes.factor = { type: 'scale', params: { factor } };
    draft.edges.factor = { from: wire.from, to: { node: 'factor', port: 'x' } };
    draft.edges[id] = { from: { node: 'factor', port: 'out' }, to: wire.to };
  };

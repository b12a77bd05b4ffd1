/** Tells a loop as the loop itself: node after node, wire after wire. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import { text } from '../../base/text.ts';
import { isDrawn } from '../elaborate/level.ts';
import type { NodeState } from './node-state.ts';
import { wayRound } from './order.ts';
import { nameOf } from './resolve.ts';

const byId = (a: NodeState, b: NodeState): number => (a.id < b.id ? -1 : 1);

export function tellLoops(loops: readonly (readonly NodeState[])[], document: GraphDocument): Diagnostic[] {
  const sorted = loops.map((loop) => [...loop].sort(byId));
  sorted.sort((a, b) => byId(a[0] as NodeState, b[0] as NodeState));
  return sorted.map((loop) =>
    tell(
      wayRound(loop, (state) => state.readers),
      document,
    ),
  );
}

function tell(loop: readonly NodeState[], document: GraphDocument): Diagnostic {
  const names = [...loop, loop[0] as NodeState].map(({ id }) => nameOf(document, id));
  const round = text(names.map(({ en }) => en).join(' → '), names.map(({ zh }) => zh).join(' → '));
  const related = loop.map((state, i): Place => {
    const source = loop[(i + loop.length - 1) % loop.length]?.id;
    const [port, wire] = Object.entries(state.wires).find(([, w]) => w.from.node === source) ?? [];
    const isShown = wire !== undefined && isDrawn(wire.edge);
    return {
      node: state.id,
      ...(port !== undefined && isShown && { port }),
      ...(isShown && { edge: wire.edge }),
    };
  });
  // The wire back to the first node closes the loop.
  const closing: Place = related.find(({ edge }) => edge !== undefined) ?? related[0] ?? {};
  const title = text('Delete the wire that closes the loop', '删除闭合循环的连线');
  const fixes =
    closing.edge === undefined
      ? []
      : [{ title, edits: [{ edit: 'removeEdge', edge: closing.edge } as const] }];
  return diagnose('cycle', closing, { loop: round }, { related, fixes });
}

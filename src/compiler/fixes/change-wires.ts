/** Remedies by other wires: operands swapped, an end plugged elsewhere, a wire taken away, an input fed. */

import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { Edit, PortRef } from '../../base/edit.ts';
import { freshId } from '../../base/ids.ts';
import { fill, text } from '../../base/text.ts';
import { nameOf } from '../check/resolve.ts';
import { edgeOf, type FixCandidate, type FixContext, faultyNode, nodesInvolved } from './fix-context.ts';

const titles = {
  swap: text('Swap {a} and {b} of {node}', '交换{node}的 {a} 与 {b}'),
  plug: text('Plug the wire into “{port}” of {node}', '把连线改接到{node}的“{port}”'),
  take: text('Take the wire from “{port}” of {node}', '让连线改从{node}的“{port}”引出'),
  remove: text('Delete the wire from {from} to {to}', '删除从{from}到{to}的连线'),
  feed: text('Feed {to} from {from} instead', '让{to}改由{from}供给'),
  feedBoth: text(
    'Feed {to} from {from}, and what read it from {last}',
    '让{to}改由{from}供给，原先读它的改读{last}',
  ),
  bypass: text('Bypass {node}: wire {from} straight to “{port}”', '绕过{node}：把{from}直接接到“{port}”'),
};

export const newEdge = ({ graph }: FixContext): string =>
  freshId(`${graph.prefix}e`, (path) => Object.hasOwn(graph.edges, path));
export const addEdge = (edge: string, from: PortRef, to: PortRef): Edit => ({
  edit: 'addEdge',
  edge,
  from,
  to,
});

/** Two inputs of one node exchange what is wired to them: of the faulty node, or of one that takes part. */
export function* swapOperands(context: FixContext): Generator<FixCandidate> {
  const node = faultyNode(context);
  if (node === undefined) return;
  for (const id of new Set([node, ...nodesInvolved(context)])) yield* swapInputs(context, id);
}

function* swapInputs(context: FixContext, node: string): Generator<FixCandidate> {
  const wires = [...context.wiresInto(node)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [i, [a, first]] of wires.entries())
    for (const [b, second] of wires.slice(i + 1)) {
      const [x, y] = [edgeOf(context, first)?.from, edgeOf(context, second)?.from];
      if (!x || !y) continue;
      const id = newEdge(context);
      const title = fill(titles.swap, { a, b, node: nameOf(context.document, node) });
      yield {
        kind: 'swap',
        edits: [
          { edit: 'removeEdge', edge: first },
          { edit: 'removeEdge', edge: second },
          addEdge(id, y, { node, port: a }),
          addEdge(id, x, { node, port: b }),
        ],
        title: () => title,
      };
    }
}

/** The end that is at fault goes to another port of the same node. */
export function* plugElsewhere(context: FixContext): Generator<FixCandidate> {
  const { document, checked, diagnostic } = context;
  const wire = diagnostic.edge === undefined ? undefined : edgeOf(context, diagnostic.edge);
  if (diagnostic.edge === undefined || !wire) return;
  const { from, to } = wire;
  for (const { name: port } of checked.nodes[to.node]?.inputs ?? []) {
    if (context.wiresInto(to.node).has(port)) continue;
    const title = fill(titles.plug, { port, node: nameOf(document, to.node) });
    yield {
      kind: 'plug',
      edits: [
        { edit: 'removeEdge', edge: diagnostic.edge },
        addEdge(newEdge(context), from, { node: to.node, port }),
      ],
      title: () => title,
    };
  }
  for (const { name: port } of checked.nodes[from.node]?.outputs ?? []) {
    if (port === from.port) continue;
    const title = fill(titles.take, { port, node: nameOf(document, from.node) });
    yield {
      kind: 'plug',
      edits: [
        { edit: 'removeEdge', edge: diagnostic.edge },
        addEdge(newEdge(context), { node: from.node, port }, to),
      ],
      title: () => title,
    };
  }
}

/**
 * What reads the end of a wire outside the loop should read its beginning, where nothing else does: a sum
 * after a block is what goes on from there, not the block.
 */
function handedOver(
  { graph }: FixContext,
  { from, to }: GraphEdge,
  loop: ReadonlySet<string | undefined>,
): PortRef[] {
  const wires = Object.values(graph.edges);
  if (wires.filter((wire) => wire.from.node === from.node).length > 1) return [];
  return wires.filter((wire) => wire.from.node === to.node && !loop.has(wire.to.node)).map((wire) => wire.to);
}

/** A node of a loop reads what comes into the loop from outside, not what goes round. */
export function* leaveLoop(context: FixContext): Generator<FixCandidate> {
  const { diagnostic, document } = context;
  if (diagnostic.code !== 'cycle') return;
  const loop = new Set((diagnostic.related ?? []).map((place) => place.node));
  for (const { edge } of diagnostic.related ?? []) {
    const wire = edge === undefined ? undefined : edgeOf(context, edge);
    if (!wire) continue;
    for (const outer of context.wiresInto(wire.from.node).values()) {
      const source = edgeOf(context, outer)?.from;
      if (!source || loop.has(source.node)) continue;
      const handed = handedOver(context, wire, loop);
      const title = fill(handed.length > 0 ? titles.feedBoth : titles.feed, {
        to: nameOf(document, wire.to.node),
        from: nameOf(document, source.node),
        last: nameOf(document, wire.from.node),
      });
      const edge = newEdge(context);
      const edits = [addEdge(edge, source, wire.to), ...handed.map((to) => addEdge(edge, wire.from, to))];
      yield { kind: 'feed', edits, title: () => title };
    }
  }
}

/** The wire comes from what the node before it reads; that node goes where nothing else reads it. */
export function* bypass(context: FixContext): Generator<FixCandidate> {
  const { diagnostic, document, graph } = context;
  const wire = diagnostic.edge === undefined ? undefined : edgeOf(context, diagnostic.edge);
  if (diagnostic.code === 'continuous-as-indices' && wire) yield* bypassTable(context, wire);
  if (diagnostic.code !== 'probabilities-for-scores' || !wire) return;
  const { node } = wire.from;
  const readers = Object.values(graph.edges).filter(({ from }) => from.node === node).length;
  for (const edge of context.wiresInto(node).values()) {
    const source = edgeOf(context, edge)?.from;
    if (!source) continue;
    const title = fill(titles.bypass, {
      node: nameOf(document, node),
      from: nameOf(document, source.node),
      port: wire.to.port,
    });
    const edits: Edit[] = [addEdge(newEdge(context), source, wire.to)];
    if (readers === 1) edits.push({ edit: 'removeNode', node });
    yield { kind: 'bypass', edits, title: () => title };
  }
}

/** Numbers that need no table go straight to what reads it. */
function* bypassTable(context: FixContext, { from, to }: GraphEdge): Generator<FixCandidate> {
  const { document, graph } = context;
  const readers = Object.values(graph.edges).filter((wire) => wire.from.node === to.node);
  const [first] = readers;
  if (!first) return;
  const title = fill(titles.bypass, {
    node: nameOf(document, to.node),
    from: nameOf(document, from.node),
    port: first.to.port,
  });
  const edge = newEdge(context);
  const edits: Edit[] = readers.map((wire) => addEdge(edge, from, wire.to));
  yield { kind: 'bypass', edits: [...edits, { edit: 'removeNode', node: to.node }], title: () => title };
}

/** Every wire that the diagnostic names; the one at its place first. */
export function* removeWires(context: FixContext): Generator<FixCandidate> {
  const { diagnostic, document } = context;
  const edges = new Set(
    [diagnostic, ...(diagnostic.related ?? [])].flatMap(({ edge, node, port }) => {
      const there = edge ?? (node !== undefined && port !== undefined && context.wiresInto(node).get(port));
      return there ? [there] : [];
    }),
  );
  for (const edge of edges) {
    const wire = edgeOf(context, edge);
    if (!wire) continue;
    const title = fill(titles.remove, {
      from: nameOf(document, wire.from.node),
      to: nameOf(document, wire.to.node),
    });
    yield { kind: 'remove', edits: [{ edit: 'removeEdge', edge }], title: () => title, opens: [wire.to] };
  }
}

/** Which wire goes where, kept up to date as a document changes, and what is wrong with wires by themselves. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix } from '../../base/diagnostic.ts';
import type { PortRef } from '../../base/edit.ts';
import { type PathText, portKey } from '../../base/path.ts';
import { text } from '../../base/text.ts';
import type { Inside } from '../elaborate/flat.ts';
import type { Wires } from './resolve.ts';

export const deleteWire = (...edges: readonly string[]): Fix => ({
  title:
    edges.length === 1
      ? text('Delete the wire', '删除连线')
      : text(`Delete the ${edges.length} wires`, `删除这 ${edges.length} 条连线`),
  edits: edges.map((edge) => ({ edit: 'removeEdge', edge })),
});

/** The input that a person sees: that of the use, where a node inside stands for it. */
export const drawnInput = (node: PathText, port: string, inside: Inside | undefined): PortRef =>
  inside?.port?.kind === 'input' && port === 'in'
    ? { node: inside.port.use, port: inside.port.name }
    : { node, port };

/** Nodes at which other wires end, or start, than before an edit. */
export interface Rewired {
  readonly targets: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
}

/** A wire of the document. It hangs while one of its ends is at no node. */
interface Wire {
  readonly id: string;
  readonly edge: GraphEdge;
  hangs: boolean;
}

/** Wires at one node. */
interface Ends {
  readonly into: Wire[];
  readonly from: Wire[];
}

export class WireIndex {
  readonly #wires = new Map<string, Wire>();
  readonly #ends = new Map<string, Ends>();
  readonly #hanging = new Set<Wire>();

  /** `changed`: the wires that came, went or lead elsewhere. */
  update(
    changed: ReadonlySet<string>,
    edgeAt: (key: string) => GraphEdge | undefined,
    isNode: (id: string) => boolean,
    appearedOrGone: readonly string[],
  ): Rewired {
    const [targets, sources] = [new Set<string>(), new Set<string>()];
    const touch = ({ from, to }: GraphEdge) => {
      targets.add(to.node);
      sources.add(from.node);
    };
    const settle = (wire: Wire) => {
      const { from, to } = wire.edge;
      touch(wire.edge);
      wire.hangs = !(isNode(from.node) && isNode(to.node));
      if (wire.hangs) this.#hanging.add(wire);
      else this.#hanging.delete(wire);
    };
    for (const id of changed) {
      const before = this.#wires.get(id);
      if (before) {
        touch(before.edge);
        this.#remove(before);
      }
    }
    for (const id of changed) {
      const edge = edgeAt(id);
      if (edge) settle(this.#add(id, edge));
    }
    // A wire hangs or holds as its ends come and go.
    for (const node of appearedOrGone) {
      const ends = this.#ends.get(node);
      for (const wire of ends?.into ?? none) settle(wire);
      for (const wire of ends?.from ?? none) settle(wire);
    }
    return { targets, sources };
  }

  #add(id: string, edge: GraphEdge): Wire {
    const wire = { id, edge, hangs: false };
    this.#wires.set(id, wire);
    this.#endsAt(edge.to.node).into.push(wire);
    this.#endsAt(edge.from.node).from.push(wire);
    return wire;
  }

  #remove(wire: Wire): void {
    const { id, edge } = wire;
    this.#wires.delete(id);
    this.#hanging.delete(wire);
    takeOut(this.#endsAt(edge.to.node).into, wire);
    takeOut(this.#endsAt(edge.from.node).from, wire);
  }

  #endsAt(node: string): Ends {
    let ends = this.#ends.get(node);
    if (!ends) {
      ends = { into: [], from: [] };
      this.#ends.set(node, ends);
    }
    return ends;
  }

  /**
   * Wires whose other end is not in the graph. `gonePort`: what is told where it is a port that a block lost,
   * once for all wires at it.
   */
  dangling(
    isNode: (id: string) => boolean,
    gonePort: (
      edges: readonly string[],
      end: PortRef,
      direction: 'input' | 'output',
    ) => Diagnostic | undefined,
  ): Diagnostic[] {
    if (this.#hanging.size === 0) return [];
    const lost = new Map<string, { end: PortRef; direction: 'input' | 'output'; edges: string[] }>();
    for (const { id, edge } of byId([...this.#hanging])) {
      const direction = isNode(edge.from.node) ? 'input' : 'output';
      const end = direction === 'input' ? edge.to : edge.from;
      const key = `${direction} ${portKey(end.node, end.port)}`;
      const known = lost.get(key);
      if (known) known.edges.push(id);
      else lost.set(key, { end, direction, edges: [id] });
    }
    return [...lost.values()].flatMap(({ end, direction, edges }) => {
      const gone = gonePort(edges, end, direction);
      const dangles = (edge: string) =>
        diagnose('dangling-edge', { edge }, { node: end.node }, { fixes: [deleteWire(edge)] });
      return gone ? [gone] : edges.map(dangles);
    });
  }

  /** Whether a wire that comes from nowhere ends at an input: it is what is told, and not that there is none. */
  hangsAt(node: string, port: string): boolean {
    return this.#ends.get(node)?.into.some(({ edge, hangs }) => hangs && edge.to.port === port) ?? false;
  }

  /** The wire on each input of a node: where two claim one input, the one with the smaller id has it. */
  into(node: string, inside?: Inside): { wires: Wires; diagnostics: readonly Diagnostic[] } {
    // Without a prototype: port names come from the user, and one may be `__proto__`.
    const wires: Record<string, { edge: string; from: PortRef }> = Object.create(null);
    let diagnostics: readonly Diagnostic[] = none;
    for (const { id, edge, hangs } of byId(this.#ends.get(node)?.into ?? none)) {
      if (hangs) continue;
      const { from, to } = edge;
      if (to.port in wires) {
        const end = drawnInput(node, to.port, inside);
        const fixes = [deleteWire(id)];
        const taken = diagnose('port-taken', { ...end, edge: id }, { port: end.port }, { fixes });
        diagnostics = [...diagnostics, taken];
      } else wires[to.port] = { edge: id, from };
    }
    return { wires, diagnostics };
  }

  /** Nodes that read some output of a node, by id: the order must not tell how the document came about. */
  readersOf(node: string): readonly string[] {
    return distinct(this.#ends.get(node)?.from ?? none, ({ edge }) => edge.to.node);
  }

  /** Nodes that a node reads, by id. */
  sourcesOf(node: string): readonly string[] {
    return distinct(this.#ends.get(node)?.into ?? none, ({ edge }) => edge.from.node);
  }
}

const none: readonly never[] = [];

const byId = (wires: readonly Wire[]): readonly Wire[] =>
  wires.length < 2 ? wires : wires.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** The order of the others is not kept. */
function takeOut<T>(list: T[], item: T): void {
  const at = list.indexOf(item);
  const last = list.pop() as T;
  if (at < list.length) list[at] = last;
}

function distinct(wires: readonly Wire[], end: (wire: Wire) => string): readonly string[] {
  const nodes = wires.filter((wire) => !wire.hangs).map(end);
  return nodes.length < 2 ? nodes : nodes.sort().filter((node, i) => node !== nodes[i - 1]);
}

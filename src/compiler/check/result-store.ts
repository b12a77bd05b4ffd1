/**
 * The results of a check as they are handed out. Of each node only its interface and the types of its outputs
 * are stored, version by version; the rest (types on wires and inputs, the record that the page reads) follows
 * from these, and is made when it is read.
 */
import type { PortSpec } from '../../catalogue/index.ts';
import { isDrawn } from '../elaborate/level.ts';
import type { Checked, CheckedNode, ShownType } from '../types.ts';
import type { Incoming, NodeState } from './node-state.ts';
import { noPorts, type ShownPorts } from './shown-types.ts';
import { Slots, type Version, Versions } from './versions.ts';

/** What a node shows, types apart: its ports, its formula line and its wires. */
export interface NodeInterface {
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
  readonly summary: string;
  readonly incoming: readonly Incoming[];
  /** For a use of a block: where its outputs are made. */
  readonly results?: readonly Incoming[];
}

export class ResultStore {
  readonly #nodeSlots = new Slots();
  readonly #edgeSlots = new Slots();
  readonly #interfaces = new Versions<NodeInterface>();
  readonly #outputs = new Versions<ShownPorts>();
  readonly #wires = new Versions<Incoming>();
  /** Nodes as they were last read: what looks as before stays one object from version to version. */
  readonly #read: (CheckedNode | undefined)[] = [];
  #nodes:
    | { interfaces: Version<NodeInterface>; outputs: Version<ShownPorts>; record: Checked['nodes'] }
    | undefined;
  #edges: { wires: Version<Incoming>; outputs: Version<ShownPorts>; record: Checked['edges'] } | undefined;

  /** The slot of a node, new or known. */
  slotOf = (id: string): number => this.#nodeSlots.of(id);

  setInterface({ slot }: Pick<NodeState, 'slot'>, own: NodeInterface | undefined): void {
    this.#interfaces.set(slot, own);
  }

  /** Takes in what a node shows on its outputs now. */
  setOutputs(state: NodeState): void {
    this.#outputs.set(state.slot, state.isInferred ? state.shownOutputs : undefined);
  }

  addWires(wires: readonly Incoming[]): void {
    for (const wire of wires) if (isDrawn(wire.edge)) this.#wires.set(this.#edgeSlots.of(wire.edge), wire);
  }

  removeWires(wires: readonly Incoming[]): void {
    for (const { edge } of wires) if (isDrawn(edge)) this.#wires.set(this.#edgeSlots.of(edge), undefined);
  }

  forget({ slot, incoming }: NodeState): void {
    this.removeWires(incoming);
    this.#interfaces.set(slot, undefined);
    this.#outputs.set(slot, undefined);
  }

  /** What stands now; it stays as it is, and what has not changed since the last version is the same object. */
  version(): Pick<Checked, 'nodes' | 'edges'> {
    const [interfaces, outputs, wires] = [
      this.#interfaces.version(),
      this.#outputs.version(),
      this.#wires.version(),
    ];
    if (this.#nodes?.interfaces !== interfaces || this.#nodes.outputs !== outputs) {
      const record = this.#nodeSlots.asRecord(this.#nodesOf(interfaces, outputs));
      this.#nodes = { interfaces, outputs, record };
    }
    if (this.#edges?.wires !== wires || this.#edges.outputs !== outputs) {
      const typeAt: Version<ShownType> = (slot) => {
        const wire = wires(slot);
        return wire && typeOn(wire, outputs);
      };
      this.#edges = { wires, outputs, record: this.#edgeSlots.asRecord(typeAt) };
    }
    return { nodes: this.#nodes.record, edges: this.#edges.record };
  }

  #nodesOf(interfaces: Version<NodeInterface>, outputs: Version<ShownPorts>): Version<CheckedNode> {
    const made = new Map<number, CheckedNode>();
    return (slot) => {
      const own = interfaces(slot);
      if (!own) return undefined;
      let node = made.get(slot);
      if (!node) {
        node = showNode(own, outputs(slot) ?? noPorts, outputs, this.#read[slot]);
        made.set(slot, node);
        if (this.#nodes?.interfaces === interfaces && this.#nodes.outputs === outputs)
          this.#read[slot] = node;
      }
      return node;
    };
  }
}

const typeOn = ({ source, output }: Incoming, outputs: Version<ShownPorts>): ShownType | undefined =>
  outputs(source.slot)?.[output];

function showNode(
  { inputs, outputs, summary, incoming, results }: NodeInterface,
  ownTypes: ShownPorts,
  shown: Version<ShownPorts>,
  before: CheckedNode | undefined,
): CheckedNode {
  const inputTypes = showTypes(incoming, shown, before?.inputTypes);
  const outputTypes = results ? showTypes(results, shown, before?.outputTypes) : ownTypes;
  if (
    before &&
    before.inputTypes === inputTypes &&
    before.outputTypes === outputTypes &&
    before.inputs === inputs &&
    before.outputs === outputs &&
    before.summary === summary
  )
    return before;
  return { inputs, outputs, inputTypes, outputTypes, summary };
}

/** The type on each wire, as its source shows it. */
function showTypes(
  incoming: readonly Incoming[],
  shown: Version<ShownPorts>,
  before: ShownPorts | undefined,
): ShownPorts {
  const types: Record<string, ShownType> = {};
  let isSame = before !== undefined;
  let count = 0;
  for (const wire of incoming) {
    const type = typeOn(wire, shown);
    if (!type) continue;
    types[wire.port] = type;
    isSame &&= before?.[wire.port] === type;
    count++;
  }
  return before && isSame && Object.keys(before).length === count ? before : types;
}

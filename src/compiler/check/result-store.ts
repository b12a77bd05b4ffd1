/**
 * The results of a check as they are handed out. Of each node only its interface and the types of its outputs
 * are stored, version by version, and of a version the numbers of its symbols; the rest (types as people see
 * them, on wires and inputs, the record that the page reads) follows from these, and is made when it is read.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { recordOf } from '../../base/record.ts';
import type { PortSpec } from '../../catalogue/index.ts';
import { isDrawn } from '../elaborate/level.ts';
import type { Checked, CheckedNode, ShownType } from '../types.ts';
import type { PortTypes } from './inferred.ts';
import type { Incoming, NodeState } from './node-state.ts';
import type { SizeBinding } from './shown-types.ts';
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

/** Types by port. */
type ShownPorts = Readonly<Record<string, ShownType>>;

/** The outputs of all nodes in one version. */
interface Outputs {
  readonly types: Version<PortTypes>;
  readonly binding: SizeBinding;
}

/** What is handed out. The order of nodes is found when it is asked for. */
export class CheckResult implements Checked {
  readonly nodes: Checked['nodes'];
  readonly edges: Checked['edges'];
  readonly diagnostics: readonly Diagnostic[];
  readonly #order: () => readonly string[];

  constructor(
    nodes: Checked['nodes'],
    edges: Checked['edges'],
    diagnostics: readonly Diagnostic[],
    order: () => readonly string[],
  ) {
    this.nodes = nodes;
    this.edges = edges;
    this.diagnostics = diagnostics;
    this.#order = order;
  }

  get order(): readonly string[] {
    return this.#order();
  }
}

export class ResultStore {
  readonly #nodeSlots = new Slots();
  readonly #edgeSlots = new Slots();
  readonly #interfaces = new Versions<NodeInterface>();
  readonly #types = new Versions<PortTypes>();
  readonly #wires = new Versions<Incoming>();
  /** Nodes as they were last read: what looks as before stays one object from version to version. */
  readonly #read: (CheckedNode | undefined)[] = [];
  #outputs: Outputs | undefined;
  #nodes: { interfaces: Version<NodeInterface>; outputs: Outputs; record: Checked['nodes'] } | undefined;
  #edges: { wires: Version<Incoming>; outputs: Outputs; record: Checked['edges'] } | undefined;

  /** The slot of a node, new or known. */
  slotOf = (id: string): number => this.#nodeSlots.of(id);

  setInterface({ slot }: Pick<NodeState, 'slot'>, own: NodeInterface | undefined): void {
    this.#interfaces.set(slot, own);
  }

  /** Takes in what a node gives now. */
  setOutputs(state: NodeState): void {
    this.#types.set(state.slot, state.isInferred ? state.solvedOutputs : undefined);
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
    this.#types.set(slot, undefined);
  }

  /**
   * What stands now, under these numbers of symbols; it stays as it is, and what has not changed since the
   * last version is the same object.
   */
  version(binding: SizeBinding): Pick<Checked, 'nodes' | 'edges'> {
    const [interfaces, types, wires] = [
      this.#interfaces.version(),
      this.#types.version(),
      this.#wires.version(),
    ];
    if (this.#outputs?.types !== types || this.#outputs.binding !== binding)
      this.#outputs = { types, binding };
    const outputs = this.#outputs;
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

  #nodesOf(interfaces: Version<NodeInterface>, outputs: Outputs): Version<CheckedNode> {
    const made = new Map<number, CheckedNode>();
    return (slot) => {
      const own = interfaces(slot);
      if (!own) return undefined;
      let node = made.get(slot);
      if (!node) {
        node = showNode(own, outputs.types(slot), outputs, this.#read[slot]);
        made.set(slot, node);
        if (this.#nodes?.interfaces === interfaces && this.#nodes.outputs === outputs)
          this.#read[slot] = node;
      }
      return node;
    };
  }
}

const typeOn = ({ source, output }: Incoming, { types, binding }: Outputs): ShownType | undefined => {
  const type = types(source.slot)?.[output];
  return type && binding.see(type).shown;
};

function showNode(
  { inputs, outputs, summary, incoming, results }: NodeInterface,
  ownTypes: PortTypes | undefined,
  given: Outputs,
  before: CheckedNode | undefined,
): CheckedNode {
  const typesOn = (wires: readonly Incoming[], old: ShownPorts | undefined) =>
    record(
      wires.map((wire) => [wire.port, typeOn(wire, given)]),
      old,
    );
  const inputTypes = typesOn(incoming, before?.inputTypes);
  const own = Object.entries(ownTypes ?? {}).map(
    ([port, type]) => [port, given.binding.see(type).shown] as const,
  );
  const outputTypes = results ? typesOn(results, before?.outputTypes) : record(own, before?.outputTypes);
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

/** Types by port; `before` where it holds the same. */
function record(
  ports: readonly (readonly [port: string, type: ShownType | undefined])[],
  before: ShownPorts | undefined,
): ShownPorts {
  // A port of a block may have a name that every object has; other records are left with a prototype, which is faster.
  const isOdd = ports.some(([port]) => port in Object.prototype);
  const types: Record<string, ShownType> = isOdd ? recordOf() : {};
  let isSame = before !== undefined;
  let count = 0;
  for (const [port, type] of ports) {
    if (!type) continue;
    types[port] = type;
    isSame &&= before?.[port] === type;
    count++;
  }
  return before && isSame && Object.keys(before).length === count ? before : types;
}

/** What the checker keeps of one node between checks. */
import type { GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Statement } from '../../tensor/unify.ts';
import type { Inferred, PortTypes } from './inferred.ts';
import type { Memo } from './node-kinds.ts';
import type { ResolvedNode, Wires } from './resolve.ts';
import type { SizeFault } from './sizes.ts';

/** A wire that ends at a node: its input, and the output that it comes from. */
export interface Incoming {
  readonly port: string;
  readonly edge: string;
  readonly source: NodeState;
  readonly output: string;
}

const none: readonly never[] = [];
const noTypes: PortTypes = {};

export class NodeState {
  readonly id: string;
  /** Where it lies in what is handed out. */
  readonly slot: number;
  node: GraphNode;
  /** Greater than that of every node it reads, where there are no loops. */
  rank = 0;
  isLooped = false;
  /** Whether it waits in a worklist. */
  isQueued = false;
  /** Left by the last walk that came by. */
  mark: object | undefined;

  wires: Wires = Object.create(null);
  incoming: readonly Incoming[] = none;
  sources: readonly NodeState[] = none;
  readers: readonly NodeState[] = none;
  wireDiagnostics: readonly Diagnostic[] = none;

  resolved: ResolvedNode | undefined;
  resolveDiagnostics: readonly Diagnostic[] = none;
  portDiagnostics: readonly Diagnostic[] = none;
  /** Whether training may change something in it. */
  learns = false;
  /** What inference reads; undefined while a required input has no wire. */
  reads: readonly Incoming[] | undefined;
  /** What has been inferred of nodes like it. */
  memo: Memo | undefined;

  /** The last inference, kept while inputs are away: they often come back as they were. */
  lastInferred: Inferred | undefined;
  /** The types it gave, of the type table; the object it was before where they came out the same. */
  lastOutputs: PortTypes = noTypes;
  /** Whether the inputs that it was inferred from are there. */
  isInferred = false;
  /** What the solver has been told of it. */
  stated: readonly Statement[] = none;

  /** `lastOutputs` with all that is known of unknowns put in. */
  solvedOutputs: PortTypes = noTypes;
  /** Whether these, or what is wrong with their sizes, must be looked at anew. */
  isSolvedStale = false;
  /** Whether nothing is wrong with the sizes of outputs. */
  isSound = true;
  sizeFaults: readonly SizeFault[] = none;
  /** Unknowns that the outputs are written with. */
  unknowns: readonly string[] = none;

  constructor(id: string, slot: number, node: GraphNode) {
    this.id = id;
    this.slot = slot;
    this.node = node;
  }

  get inferred(): Inferred | undefined {
    return this.isInferred ? this.lastInferred : undefined;
  }

  /** The type that an output has, if it has one. */
  output(port: string): TensorType | undefined {
    return this.isInferred ? this.lastOutputs[port] : undefined;
  }

  /** What is wrong with the node, apart from loops and from sizes that contradict each other. */
  get diagnostics(): readonly Diagnostic[] {
    return [
      ...this.wireDiagnostics,
      ...this.resolveDiagnostics,
      ...this.portDiagnostics,
      ...(this.inferred?.diagnostics ?? none),
    ];
  }

  /** Whether the node cannot be computed. A size fault counts even where another node's has been told for both. */
  get hasError(): boolean {
    return this.openFaults.length > 0 || this.diagnostics.some(isError);
  }

  get openFaults(): readonly SizeFault[] {
    return this.isInferred ? this.sizeFaults : none;
  }

  get isFaulty(): boolean {
    return (
      this.wireDiagnostics.length > 0 ||
      this.resolveDiagnostics.length > 0 ||
      this.portDiagnostics.length > 0 ||
      (this.isInferred && (this.sizeFaults.length > 0 || (this.lastInferred?.diagnostics.length ?? 0) > 0))
    );
  }
}

/** The inputs that inference reads; undefined when a required one is not wired. */
export function readsOf({ incoming }: NodeState, { inputs }: ResolvedNode): readonly Incoming[] | undefined {
  const wires = inputs.map(({ name }) => incoming.find(({ port }) => port === name));
  for (let i = 0; i < wires.length; i++) if (!wires[i] && !inputs[i]?.optional) return undefined;
  return wires.includes(undefined) ? wires.filter((wire) => wire !== undefined) : (wires as Incoming[]);
}

/** Types of the inputs that are read; undefined when one has none. */
export function inputTypes(reads: readonly Incoming[]): PortTypes | undefined {
  const types: Record<string, TensorType> = {};
  for (const { port, source, output } of reads) {
    const type = source.output(output);
    if (!type) return undefined;
    types[port] = type;
  }
  return types;
}

/** Whether these types are those that a node was inferred from. */
export function sameTypes(now: PortTypes, before: PortTypes): boolean {
  if (now === before) return true;
  for (const port in now) if (now[port] !== before[port]) return false;
  for (const port in before) if (!now[port]) return false;
  return true;
}

/** All that the checker remembers of one node. */
import type { GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Statement } from '../../tensor/unify.ts';
import type { ShownType } from '../types.ts';
import type { ShownPorts } from './answer.ts';
import { type Inferred, type PortTypes, sameType } from './infer-node.ts';
import type { ResolvedNode, Wires } from './resolve.ts';
import type { SizeFault } from './sizes.ts';

/** A wire that ends at a node: its input, and the output that it comes from. */
export interface Incoming {
  readonly port: string;
  readonly edge: string;
  readonly source: Entry;
  readonly output: string;
}

const none: readonly never[] = [];

export class Entry {
  readonly id: string;
  /** Where it lies in what is handed out. */
  readonly slot: number;
  node: GraphNode;
  /** Greater than that of every node it reads, where there are no loops. */
  rank = 0;
  isLooped = false;
  /** Whether it waits in a worklist. */
  isQueued = false;

  wires: Wires = Object.create(null);
  incoming: readonly Incoming[] = none;
  sources: readonly Entry[] = none;
  readers: readonly Entry[] = none;
  wireDiagnostics: readonly Diagnostic[] = none;

  resolved: ResolvedNode | undefined;
  resolveDiagnostics: readonly Diagnostic[] = none;
  portDiagnostics: readonly Diagnostic[] = none;
  summary = '';
  /** Whether training may change something in it. */
  learns = false;
  /** What inference reads; undefined while a required input has no wire. */
  reads: readonly Incoming[] | undefined;

  /** The last inference, kept while inputs are away: they often come back as they were. */
  lastInferred: Inferred | undefined;
  /** The types it gave, each the object it was before wherever it came out the same. */
  lastOutputs: PortTypes = {};
  /** Whether the inputs that it was inferred from are there. */
  isInferred = false;
  /** What the solver has been told of it. */
  stated: readonly Statement[] = none;

  /** Types as people see them, one for each of `lastOutputs`. */
  shownOutputs: ShownPorts | undefined;
  isShownStale = false;
  sizeFaults: readonly SizeFault[] = none;
  /** Symbols and unknowns that the shown outputs are written with. */
  atoms: readonly string[] = none;

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

  shownOutput(port: string): ShownType | undefined {
    return this.isInferred ? this.shownOutputs?.[port] : undefined;
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

/** The new types, but the old object wherever a type came out the same: what reads it need not look again. */
export function keepSame(fresh: PortTypes, old: PortTypes): PortTypes {
  let isSame = true;
  const kept: Record<string, TensorType> = {};
  for (const port in fresh) {
    const type = fresh[port] as TensorType;
    const before = old[port];
    const isKept = before !== undefined && sameType(before, type);
    kept[port] = isKept ? before : type;
    isSame &&= isKept;
  }
  for (const port in old) isSame &&= fresh[port] !== undefined;
  return isSame ? old : kept;
}

/** The inputs that inference reads; undefined when a required one is not wired. */
export function readsOf({ incoming }: Entry, { inputs }: ResolvedNode): Incoming[] | undefined {
  const found: Incoming[] = [];
  for (const { name, optional } of inputs) {
    const wire = incoming.find(({ port }) => port === name);
    if (wire) found.push(wire);
    else if (!optional) return undefined;
  }
  return found;
}

/** Types of the wired inputs, `before` where they are the same; undefined when one that is read has none. */
export function inputTypes({ reads }: Entry, before: PortTypes | undefined): PortTypes | undefined {
  if (!reads) return undefined;
  let isSame = before !== undefined;
  for (const { port, source, output } of reads) {
    const type = source.output(output);
    if (!type) return undefined;
    isSame &&= before?.[port] === type;
  }
  let count = reads.length;
  for (const _ in before) count--;
  if (before && isSame && count === 0) return before;
  const types: Record<string, TensorType> = {};
  for (const { port, source, output } of reads) types[port] = source.output(output) as TensorType;
  return types;
}

/** All that the checker remembers of one node, and how it is shown. */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { CheckedNode, ShownType } from '../types.ts';
import type { Inferred, PortTypes } from './infer-node.ts';
import { sameType } from './infer-node.ts';
import type { ResolvedNode, Wires } from './resolve.ts';
import { checkOutput, type SizeFault, type Sizes } from './sizes.ts';

export interface Entry {
  node: GraphNode;
  wires: Wires;
  wireDiagnostics: readonly Diagnostic[];
  resolved?: ResolvedNode;
  resolveDiagnostics: readonly Diagnostic[];
  portDiagnostics: readonly Diagnostic[];
  inferred?: Inferred;
  shown?: CheckedNode;
  /** Wires whose types were shown with the node. */
  shownWires: readonly string[];
  sizeFaults: readonly SizeFault[];
}

export const newEntry = (node: GraphNode): Entry => ({
  node,
  wires: Object.create(null),
  wireDiagnostics: [],
  resolveDiagnostics: [],
  portDiagnostics: [],
  shownWires: [],
  sizeFaults: [],
});

/** What is wrong with the node, apart from loops and from sizes that contradict each other. */
export const diagnosticsOf = (entry: Entry): readonly Diagnostic[] => [
  ...entry.wireDiagnostics,
  ...entry.resolveDiagnostics,
  ...entry.portDiagnostics,
  ...(entry.inferred?.diagnostics ?? []),
];

/** Whether the node cannot be computed. A size fault counts even where another node's has been told for both. */
export const hasError = (entry: Entry): boolean =>
  entry.sizeFaults.length > 0 || diagnosticsOf(entry).some(isError);

export const isFaulty = (entry: Entry): boolean =>
  entry.sizeFaults.length > 0 || diagnosticsOf(entry).length > 0;

/** The type that an output has, if it has one. Port names come from the user, so only own properties count. */
export function outputType(entry: Entry | undefined, port: string): TensorType | undefined {
  const outputs = entry?.inferred?.outputs;
  return outputs && Object.hasOwn(outputs, port) ? outputs[port] : undefined;
}

/** Whether anything of what is shown at the node depends on a symbol or an unknown. */
export function isSymbolic(entry: Entry, entryAt: (id: string) => Entry | undefined): boolean {
  // What is wired counts even where it goes no further: to a port that is not there, to a node that fails.
  const wired = Object.values(entry.wires).map(({ from }) => outputType(entryAt(from.node), from.port));
  const types = [...wired, ...Object.values(entry.inferred?.outputs ?? {})];
  return types.some((type) => type?.axes.some((axis) => axis.size.terms.some((t) => t.atoms.length > 0)));
}

/** Shows the node anew; what looks as before stays the same object. */
export function showEntry(
  id: string,
  entry: Entry,
  entryAt: (id: string) => Entry | undefined,
  document: GraphDocument,
  sizes: Sizes,
): void {
  const { resolved, inferred, shown: before } = entry;
  entry.sizeFaults = [];
  if (!resolved) {
    entry.shown = undefined;
    return;
  }
  const inputTypes: Record<string, ShownType> = {};
  for (const [port, { from }] of Object.entries(resolved.wires)) {
    const type = outputType(entryAt(from.node), from.port);
    if (type) inputTypes[port] = sizes.show(type);
  }
  const outputTypes: Record<string, ShownType> = {};
  const faults: SizeFault[] = [];
  for (const [port, type] of Object.entries(inferred?.outputs ?? {})) {
    outputTypes[port] = sizes.show(type);
    faults.push(...checkOutput(document, { node: id, port }, type, sizes));
  }
  entry.sizeFaults = faults;
  const summary = resolved.definition.summary?.(resolved.params) ?? '';
  const shown = { inputs: resolved.inputs, outputs: resolved.outputs, inputTypes, outputTypes, summary };
  entry.shown = before && looksSame(before, shown) ? before : shown;
}

function looksSame(a: CheckedNode, b: CheckedNode): boolean {
  const same = (x: Readonly<Record<string, unknown>>, y: Readonly<Record<string, unknown>>) =>
    Object.keys(x).length === Object.keys(y).length && Object.keys(x).every((k) => x[k] === y[k]);
  return (
    a.inputs === b.inputs &&
    a.outputs === b.outputs &&
    a.summary === b.summary &&
    same(a.inputTypes, b.inputTypes) &&
    same(a.outputTypes, b.outputTypes)
  );
}

export function sameTypes(a: PortTypes, b: PortTypes): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((k) => b[k] !== undefined && sameType(a[k] as TensorType, b[k]))
  );
}

/** The new types, but the old object wherever a type came out the same: what reads it need not look again. */
export const keepSame = (fresh: PortTypes, old: PortTypes): PortTypes =>
  Object.fromEntries(
    Object.entries(fresh).map(([port, type]) => {
      const before = old[port];
      return [port, before && sameType(before, type) ? before : type];
    }),
  );

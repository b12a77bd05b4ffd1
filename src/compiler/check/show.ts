/** A node as it is shown: its ports, its types as people see them, and what is wrong with its sizes. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Size } from '../../tensor/size.ts';
import type { CheckedNode, ShownType } from '../types.ts';
import type { Entry } from './entry.ts';
import type { PortTypes } from './infer-node.ts';
import { checkOutput, isSound, type SizeFault, type Sizes } from './sizes.ts';

type ShownPorts = Readonly<Record<string, ShownType>>;

const noPorts: ShownPorts = {};
const noFaults: readonly SizeFault[] = [];

/** Shows an entry's outputs anew; true when one looks different. */
export function showOutputs(entry: Entry, document: GraphDocument, sizes: Sizes): boolean {
  const before = entry.shownOutputs ?? noPorts;
  const shown: Record<string, ShownType> = {};
  let faults: SizeFault[] | undefined;
  let isSame = true;
  let count = 0;
  for (const port in entry.lastOutputs) {
    const type = entry.lastOutputs[port] as TensorType;
    const old = before[port];
    const now = sizes.show(type, old);
    shown[port] = now;
    isSame &&= now === old;
    count++;
    if (isSound(now)) continue;
    const written = entry.lastInferred?.outputs[port] ?? type;
    const place = { node: entry.id, port };
    const found = checkOutput(document, place, written, now, sizes, (size) => isPassedOn(entry, size));
    if (found.length > 0) faults = [...(faults ?? []), ...found];
  }
  entry.sizeFaults = faults ?? noFaults;
  for (const _ in before) count--;
  if (isSame && entry.shownOutputs && count === 0) return false;
  entry.shownOutputs = shown;
  return true;
}

const isPassedOn = (entry: Entry, size: Size): boolean => holds(entry.lastInferred?.inputs ?? {}, size);

const holds = (types: PortTypes, size: Size): boolean =>
  Object.values(types).some((type) => type.axes.some((axis) => axis.size === size));

/** Symbols and unknowns that types are written with; unknowns are marked by a `?`. */
export function atomsIn(types: PortTypes): readonly string[] {
  let found: string[] | undefined;
  const visit = (size: Size) => {
    for (const { atoms } of size.terms)
      for (const atom of atoms) {
        if (atom.kind === 'floor' || atom.kind === 'max') {
          visit(atom.a);
          visit(atom.b);
          continue;
        }
        const name = atom.kind === 'symbol' ? atom.name : `?${atom.id}`;
        if (found?.includes(name)) continue;
        found ??= [];
        found.push(name);
      }
  };
  for (const port in types) for (const axis of (types[port] as TensorType).axes) visit(axis.size);
  return found ?? noAtoms;
}

const noAtoms: readonly string[] = [];

/** Shows the node anew; what looks as before stays the same object. */
export function showNode(entry: Entry): CheckedNode | undefined {
  const { resolved, shown: before } = entry;
  if (!resolved) return undefined;
  const outputTypes = (entry.isInferred && entry.shownOutputs) || noPorts;
  const inputTypes = showInputs(entry, before?.inputTypes);
  const { inputs, outputs } = resolved;
  if (
    before &&
    before.inputTypes === inputTypes &&
    before.outputTypes === outputTypes &&
    before.inputs === inputs &&
    before.outputs === outputs &&
    before.summary === entry.summary
  )
    return before;
  return { inputs, outputs, inputTypes, outputTypes, summary: entry.summary };
}

/** The type on each wired input, as its source shows it. */
function showInputs({ incoming }: Entry, before: ShownPorts | undefined): ShownPorts {
  let isSame = before !== undefined;
  let count = 0;
  for (const { port, source, output } of incoming) {
    const type = source.shownOutput(output);
    if (!type) continue;
    isSame &&= before?.[port] === type;
    count++;
  }
  for (const _ in before) count--;
  if (before && isSame && count === 0) return before;
  const types: Record<string, ShownType> = {};
  for (const { port, source, output } of incoming) {
    const type = source.shownOutput(output);
    if (type) types[port] = type;
  }
  return types;
}

/** A node's outputs as they are shown, and what is wrong with their sizes. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Size } from '../../tensor/size.ts';
import type { ShownType } from '../types.ts';
import type { Entry } from './entry.ts';
import { checkOutput, type SizeFault, type Sizes, sameShown } from './sizes.ts';

const none: readonly never[] = [];

/**
 * Shows an entry's outputs anew; what looks as before stays the same object. Gives the symbols and
 * unknowns that the outputs are written with.
 */
export function showOutputs(entry: Entry, document: GraphDocument, sizes: Sizes): readonly string[] {
  const before = entry.shownOutputs;
  const shown: Record<string, ShownType> = {};
  let faults: readonly SizeFault[] = none;
  let atoms: readonly string[] = none;
  let isSame = before !== undefined;
  let count = 0;
  for (const port in entry.lastOutputs) {
    const type = entry.lastOutputs[port] as TensorType;
    const old = before?.[port];
    const seen = sizes.see(type, old);
    const now = old && sameShown(old, seen.shown) ? old : seen.shown;
    shown[port] = now;
    isSame &&= now === old;
    atoms = count++ === 0 ? seen.atoms : union(atoms, seen.atoms);
    if (seen.isSound) continue;
    const written = entry.lastInferred?.outputs[port] ?? type;
    const place = { node: entry.id, port };
    const found = checkOutput(document, place, written, now, sizes, (size) => isPassedOn(entry, size));
    if (found.length > 0) faults = [...faults, ...found];
  }
  entry.sizeFaults = faults;
  for (const _ in before) count--;
  if (!isSame || count !== 0) entry.shownOutputs = shown;
  return atoms;
}

const union = (a: readonly string[], b: readonly string[]): readonly string[] =>
  b.length === 0 ? a : [...new Set([...a, ...b])];

const isPassedOn = ({ lastInferred }: Entry, size: Size): boolean =>
  Object.values(lastInferred?.inputs ?? {}).some((type) => type.axes.some((axis) => axis.size === size));

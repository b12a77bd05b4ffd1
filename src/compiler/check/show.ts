/** A node's outputs as they are shown, and what is wrong with their sizes. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Size } from '../../tensor/size.ts';
import type { ShownType } from '../types.ts';
import type { PortTypes } from './infer-node.ts';
import { keepSame, type NodeState } from './node-state.ts';
import { noPorts, sameShown } from './shown-types.ts';
import { checkOutput, type SizeFault, type Sizes } from './sizes.ts';

const none: readonly never[] = [];

/** Shows a node's outputs anew; what looks as before stays the same object. */
export function showOutputs(state: NodeState, document: GraphDocument, sizes: Sizes): void {
  const { lastOutputs, shownOutputs: before } = state;
  let shown = noPorts;
  let isSound = true;
  for (const port in lastOutputs) {
    const seen = sizes.see(lastOutputs[port] as TensorType);
    isSound &&= seen.isSound;
    shown = shown === noPorts ? seen.aloneOn(port) : { ...shown, [port]: seen.shown };
  }
  state.isSound = isSound;
  state.shownOutputs = keepSame(shown, before, sameShown);
  state.sizeFaults = isSound ? none : faultsIn(state, document, sizes);
}

function faultsIn(state: NodeState, document: GraphDocument, sizes: Sizes): readonly SizeFault[] {
  const { id, lastOutputs, lastInferred, shownOutputs } = state;
  const passed = Object.values(lastInferred?.inputs ?? {}).flatMap(({ axes }) => axes);
  const isPassedOn = (size: Size) => passed.some((axis) => axis.size === size);
  return Object.keys(lastOutputs).flatMap((port) => {
    const written = (lastInferred?.outputs ?? lastOutputs)[port] as TensorType;
    const shown = shownOutputs[port] as ShownType;
    return checkOutput(document, { node: id, port }, written, shown, sizes, isPassedOn);
  });
}

/** Symbols and unknowns that types are written with; unknowns are marked by a `?`. */
export function atomsIn(types: PortTypes): readonly string[] {
  let found: readonly string[] = none;
  for (const port in types)
    for (const axis of (types[port] as TensorType).axes) found = withAtoms(found, axis.size);
  return found;
}

function withAtoms(found: readonly string[], size: Size): readonly string[] {
  let all = found;
  for (const { atoms } of size.terms)
    for (const atom of atoms)
      if (atom.kind === 'floor' || atom.kind === 'max') all = withAtoms(withAtoms(all, atom.a), atom.b);
      else {
        const name = atom.kind === 'symbol' ? atom.name : `?${atom.id}`;
        if (!all.includes(name)) all = all.concat(name);
      }
  return all;
}

/** What is wrong with the sizes of a node's outputs. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { NodeState } from './node-state.ts';
import type { Provenance } from './provenance.ts';
import { checkOutput, type Sizes } from './sizes.ts';

const none: readonly never[] = [];

/** Brings up to date what is known of a node's outputs. `provenance` is asked where something is wrong with them. */
export function solveOutputs(
  state: NodeState,
  document: GraphDocument,
  sizes: Sizes,
  provenance: (state: NodeState) => Provenance | undefined,
): void {
  const { id, lastOutputs, unknowns } = state;
  state.solvedOutputs = unknowns.length > 0 ? sizes.solveAll(lastOutputs) : lastOutputs;
  state.isSound = sizes.binding.areSound(state.solvedOutputs);
  state.sizeFaults = none;
  if (state.isSound) return;
  state.sizeFaults = Object.entries(state.solvedOutputs).flatMap(([port, type]) => {
    const from = () => provenance(state)?.outputs[port] ?? none;
    return checkOutput(document, { node: id, port }, type, sizes.binding.see(type).shown, from);
  });
}

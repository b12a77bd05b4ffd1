/** What is wrong with the sizes of a node's outputs. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import type { Provenance } from './inferred.ts';
import type { NodeState } from './node-state.ts';
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
  const misplaced = windowFault(state, sizes);
  if (misplaced) {
    state.sizeFaults = [{ diagnostic: misplaced, question: JSON.stringify([id, 'window']) }];
    return;
  }
  state.sizeFaults = Object.entries(state.solvedOutputs).flatMap(([port, type]) => {
    const from = () => provenance(state)?.outputs[port] ?? none;
    return checkOutput(document, { node: id, port }, type, sizes.binding.see(type).shown, from);
  });
}

/** A size below 1 is told by the numbers that it comes of, where the node's type can say which. */
function windowFault(state: NodeState, sizes: Sizes): Diagnostic | undefined {
  const { id, resolved, incoming } = state;
  const { misfit } = resolved?.definition ?? {};
  if (!misfit || !resolved) return undefined;
  const inputs = Object.fromEntries(
    incoming.flatMap(({ port, source, output }) => {
      const type = source.solvedOutputs[output];
      return type ? [[port, sizes.binding.see(type).shown.axes]] : [];
    }),
  );
  const found = misfit(resolved.params, inputs);
  const edge = resolved.wires.x?.edge;
  const place = { node: id, port: 'x', axis: found?.axis, ...(edge !== undefined && { edge }) };
  return found && diagnose('window-too-large', { ...place, axis: found.axis }, found.values);
}

/** Walks against the wires of a flat graph: what values are computed from, and along which ways gradients pass. */
import type { Wired } from '../needed-by.ts';
import type { Incoming, NodeState } from './node-state.ts';

/** What a walk needs to know beside the wires: where repeats begin and end. */
export interface Reach {
  readonly flat: Wired['flat'];
  readonly state: (path: string) => NodeState | undefined;
}

/** Whether a gradient passes along a wire. */
export function passesGradient({ resolved, inferred }: NodeState, { port }: Incoming): boolean {
  const detached = resolved?.definition.detached;
  const ports = typeof detached === 'function' ? detached(inferred?.inputs ?? {}) : detached;
  return !ports?.includes(port);
}

/**
 * Walks to everything that nodes are computed from, themselves included, along the wires that are
 * followed. Gives whether a node was found, to be asked before the next walk: each leaves its own mark.
 */
export function above(
  starts: readonly NodeState[],
  follows: (reader: NodeState, wire: Incoming) => boolean,
  reach: Reach,
): (state: NodeState) => boolean {
  const mark = {};
  const found = [...starts];
  const find = (state: NodeState | undefined) => {
    if (!state || state.mark === mark) return;
    state.mark = mark;
    found.push(state);
  };
  for (const state of found) state.mark = mark;
  for (const reader of found) {
    for (const wire of reader.incoming) if (follows(reader, wire)) find(wire.source);
    for (const path of carriedTo(reader, reach)) find(reach.state(path));
  }
  return (state) => state.mark === mark;
}

/** What the iterations of a repeat give to the next: an input of its body is, but for the first, an output of it. */
function carriedTo({ id }: NodeState, { flat }: Reach): readonly string[] {
  const { port, region } = flat.inside(id) ?? {};
  const isInput = port?.kind === 'input' && region?.path === port.use && region.count > 1;
  return isInput ? region.outputs.slice(0, region.inputs.length).map(({ node }) => node) : [];
}

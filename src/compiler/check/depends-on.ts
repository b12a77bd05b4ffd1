/** Which wires carry one value, and whether one is computed from others. */
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import type { Incoming, NodeState } from './node-state.ts';
import { isHandedOn } from './order.ts';
import { above, type Reach } from './reach.ts';

export const definitionOf = (state: NodeState): AnyNodeDefinition | undefined => state.resolved?.definition;

export const wireAt = (state: NodeState, port: string | undefined): Incoming | undefined =>
  state.incoming.find((wire) => wire.port === port);

/** The wire on which a value was made that nodes have handed on unchanged. */
function maker(wire: Incoming): Incoming {
  let made = wire;
  for (const passed = new Set<NodeState>(); definitionOf(made.source)?.transparent; ) {
    const [given] = made.source.incoming.filter(({ port }) => isHandedOn(port));
    if (!given || passed.has(made.source)) break;
    passed.add(made.source);
    made = given;
  }
  return made;
}

/** Whether a wire carries what one of these carries. */
export function isOneOf(wires: readonly Incoming[]): (wire: Incoming) => boolean {
  const made = wires.map(maker);
  return (wire) => {
    const { source, output } = maker(wire);
    return made.some((one) => source === one.source && output === one.output);
  };
}

/** Whether what comes along one wire is computed from what comes along others, by ways that are followed. */
export function dependsOn(
  of: Incoming,
  by: readonly Incoming[],
  follows: (reader: NodeState, wire: Incoming) => boolean,
  context: Reach,
): boolean {
  const isBy = isOneOf(by);
  let depends = isBy(of);
  above(
    [of.source],
    (reader, wire) => {
      const isFollowed = follows(reader, wire);
      depends ||= isFollowed && isBy(wire);
      return isFollowed && !depends;
    },
    context,
  );
  return depends;
}

/** What nodes of the flat graph are computed from. */
import type { PathText } from '../base/path.ts';
import type { ResolvedNode } from './check/resolve.ts';
import type { Inside } from './elaborate/flat.ts';

/** The wires and repeats of a flat graph. */
export interface Wired {
  node(path: PathText): Pick<ResolvedNode, 'wires'> | undefined;
  readonly flat: { inside(path: PathText): Inside | undefined };
}

/** All nodes that some nodes are computed from, themselves included; nothing beyond those that are `given`. */
export function neededBy(
  { node, flat }: Wired,
  starts: Iterable<PathText>,
  given?: { has(path: PathText): boolean },
): Set<PathText> {
  const needed = new Set<PathText>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    if (given?.has(id)) continue;
    for (const { from } of Object.values(node(id)?.wires ?? {}))
      if (!needed.has(from.node)) open.push(from.node);
    // What a repeat gives to its next iteration is needed with anything in it.
    const region = flat.inside(id)?.region;
    for (const port of [...(region?.inputs ?? []), ...(region?.outputs ?? [])])
      if (!needed.has(port.node)) open.push(port.node);
  }
  return needed;
}

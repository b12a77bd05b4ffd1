/** Which outputs are read: a forward program shows the others. */
import type { PortRef } from '../../base/edit.ts';
import { portKey } from '../../base/path.ts';
import type { Analysis } from '../analyse.ts';
import { isHandedOn } from '../check/order.ts';
import type { ResolvedNode } from '../check/resolve.ts';
import { isPortOfRepeat } from './units.ts';

/** Outputs that some computed node reads, or a repeat hands on; those of nodes that hand on are seen through. */
export function portsRead(analysis: Analysis): ReadonlySet<string> {
  const { flat, node, sound } = analysis;
  const found = new Set<string>();
  for (const { from, to } of Object.values(flat.records.edges)) {
    const isRead = sound.has(to.node) || isPortOfRepeat(analysis, to.node);
    for (let ref: PortRef | undefined = isRead ? from : undefined; ref; ) {
      const key = portKey(ref.node, ref.port);
      // What it hands on was followed before; blocks that are wired in a circle hand on for ever.
      if (found.has(key)) break;
      found.add(key);
      const given: ResolvedNode['wires'][string] | undefined = flat.inside(ref.node)?.port
        ? Object.entries(node(ref.node)?.wires ?? {}).find(([port]) => isHandedOn(port))?.[1]
        : undefined;
      ref = given?.from;
    }
  }
  return found;
}

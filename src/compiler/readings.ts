/**
 * Optimizers and the checks about them: a check that follows the optimizer of its loss, and what is read off an
 * optimizer unasked. Both are analyses in which a node stands for another, to be lowered as they are.
 */

import type { PortRef } from '../base/edit.ts';
import type { PathText } from '../base/path.ts';
import { registryOf } from '../catalogue/index.ts';
import { type Analysis, soundNodes } from './analyse.ts';
import { isHandedOn } from './check/order.ts';
import type { ResolvedNode } from './check/resolve.ts';

/** The input that optimizers have their loss from. */
const LOSS = 'loss';

/** Where a value was made that nodes have handed on unchanged. */
function madeAt({ node }: Analysis, from: PortRef): PortRef {
  let at = from;
  for (const passed = new Set<PathText>(); node(at.node)?.definition.transparent && !passed.has(at.node); ) {
    passed.add(at.node);
    const given = Object.entries(node(at.node)?.wires ?? {}).find(([port]) => isHandedOn(port));
    if (!given) break;
    at = given[1].from;
  }
  return at;
}

/** An analysis with other nodes in the place of some. */
const replacing = (analysis: Analysis, nodes: ReadonlyMap<PathText, ResolvedNode>): Analysis =>
  nodes.size === 0 ? analysis : { ...analysis, node: (id) => nodes.get(id) ?? analysis.node(id) };

/** The wires of an optimizer to inputs that a check has too. */
const sharedWires = (check: Pick<ResolvedNode, 'inputs'>, { wires }: ResolvedNode): ResolvedNode['wires'] =>
  Object.fromEntries(
    Object.entries(wires).filter(([port]) => check.inputs.some(({ name }) => name === port)),
  );

/** Each check that follows an optimizer gets what it is to know of it. */
export function withFollowed(analysis: Analysis): Analysis {
  const all = soundNodes(analysis);
  const optimizers = all.filter(({ definition }) => definition.reading);
  const nodes = new Map<PathText, ResolvedNode>();
  for (const check of all) {
    const wire = check.wires[check.definition.followsOptimizer?.(check.params) ?? ''];
    // In a repeat it would be about each iteration, and an optimizer is about all.
    if (!wire || analysis.flat.inside(check.id)?.region) continue;
    const of = madeAt(analysis, wire.from);
    const followed = optimizers.find(({ wires }) => {
      const loss = wires[LOSS] && madeAt(analysis, wires[LOSS].from);
      return loss?.node === of.node && loss.port === of.port;
    });
    if (!followed) continue;
    const known = followed.definition.reading?.params(followed.params) ?? {};
    const own = Object.entries(check.wires).filter(([port]) => !Object.hasOwn(known, port));
    nodes.set(check.id, {
      ...check,
      params: { ...(check.params as object), ...known },
      wires: { ...Object.fromEntries(own), ...sharedWires(check, followed) },
    });
  }
  return replacing(analysis, nodes);
}

/** The checks that are read off optimizers, in their places; those whose types are not there are left out. */
export function withReadings(analysis: Analysis): { analysis: Analysis; optimizers: readonly PathText[] } {
  const registry = registryOf(analysis.document);
  const nodes = new Map<PathText, ResolvedNode>();
  for (const optimizer of soundNodes(analysis)) {
    const { reading } = optimizer.definition;
    const definition = reading && registry.find(reading.check);
    if (!definition) continue;
    const params = definition.params.parse({ ...definition.preset, ...reading.params(optimizer.params) });
    const port = definition.followsOptimizer?.(params);
    const loss = optimizer.wires[LOSS];
    if (port === undefined || !loss) continue;
    const inputs = definition.inputs as ResolvedNode['inputs'];
    const wires = { [port]: loss, ...sharedWires({ inputs }, optimizer) };
    nodes.set(optimizer.id, { ...optimizer, definition, params, inputs, outputs: [], wires });
  }
  return { analysis: replacing(analysis, nodes), optimizers: [...nodes.keys()] };
}

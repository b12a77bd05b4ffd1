/** Labels of a level, and those that copies get. */
import type { GraphLevel } from '../../graph-schema/document.ts';
import { isOfSeries, newLabels } from '../catalogue/new-labels.ts';
import type { Registry } from '../catalogue/registry.ts';
import type { Selection } from './editor-types.ts';

export const labelsOf = ({ nodes }: GraphLevel): string[] =>
  Object.values(nodes).flatMap(({ label }) => label ?? []);

/** A copy of A gets a letter of its own; a label that somebody wrote is copied as it is. */
export function giveOwnLabels(
  { nodes }: GraphLevel,
  added: Selection,
  there: readonly string[],
  registry: Registry,
): void {
  const taken = new Set(there);
  const next = newLabels([...there, ...added.nodes.flatMap((id) => nodes[id]?.label ?? [])]);
  for (const id of added.nodes) {
    const node = nodes[id];
    const series = node && registry.of(node)?.labels;
    if (node?.label !== undefined && series && isOfSeries(node.label) && taken.has(node.label))
      node.label = next(series);
  }
}

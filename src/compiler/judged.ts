/**
 * What a document classifies: the scores that a loss or a metric compares with labels of a data set, and the columns
 * that the scores are computed from. This is what somebody who uses the trained model gives and gets.
 */

import type { PortRef } from '../base/edit.ts';
import { type PathText, portKey } from '../base/path.ts';
import type { PortMeaning } from '../catalogue/define.ts';
import { type Analysis, soundNodes } from './analyse.ts';
import { isHandedOn } from './check/order.ts';
import type { ResolvedNode } from './check/resolve.ts';
import { neededBy } from './needed-by.ts';

/** A column of a data set. */
export interface DataColumn {
  /** Its port, `data.x`. */
  readonly key: string;
  readonly node: PathText;
  readonly port: string;
  /** Of one row. */
  readonly axes: readonly { readonly name: string; readonly size: number }[];
}

export interface Judged {
  /** The port with a score for each class along its last axis, and one row for each row of the batch. */
  readonly scores: string;
  readonly labels: DataColumn;
  readonly classes: number;
  readonly features: readonly DataColumn[];
}

/** The first that there is: losses before metrics. Undefined where nothing of the kind is drawn. */
export function judgedIn(analysis: Analysis): Judged | undefined {
  const found = comparedIn(analysis).find(
    ({ scoreAxes, labels }) => scoreAxes === 2 && labels.axes.length === 0,
  );
  return found && { ...found, scores: portKey(found.scores.node, found.scores.port) };
}

/** Scores that a loss or a metric compares with classes of a data set. */
export interface Compared extends Pick<Judged, 'labels' | 'classes' | 'features'> {
  /** The node that compares. */
  readonly by: PathText;
  readonly scores: PortRef;
  readonly scoreAxes: number;
}

/** Losses before metrics. */
export function comparedIn(analysis: Analysis): readonly Compared[] {
  const nodes = soundNodes(analysis);
  const by = (category: string) => nodes.filter(({ definition }) => definition.category === category);
  return [...by('loss'), ...by('metric')].flatMap((node) => comparedBy(analysis, node) ?? []);
}

function comparedBy(analysis: Analysis, node: ResolvedNode): Compared | undefined {
  if (analysis.flat.inside(node.id)?.region) return undefined;
  const source = (meaning: PortMeaning) => {
    const port = node.inputs.find((input) => input.meaning === meaning)?.name;
    const from = port === undefined ? undefined : node.wires[port]?.from;
    return from && madeBy(analysis, from);
  };
  const [scores, target] = [source('scores'), source('labels')];
  if (!scores || !target || analysis.flat.inside(scores.node)?.region) return undefined;
  const labels = columnOf(analysis, target);
  const kind = analysis.inferred(target.node)?.outputs[target.port]?.valueKind;
  if (!labels || kind?.kind !== 'classes') return undefined;
  const type = analysis.inferred(scores.node)?.outputs[scores.port];
  if (!type) return undefined;
  const features = columnsAbove(analysis, scores.node);
  if (features.length === 0 || features.some(({ key }) => key === labels.key)) return undefined;
  return { by: node.id, scores, scoreAxes: type.axes.length, labels, classes: kind.classes, features };
}

/** Where a value is made that others hand on. */
function madeBy(analysis: Analysis, port: PortRef): PortRef | undefined {
  let at = port;
  for (let node = analysis.node(at.node); node?.definition.transparent; node = analysis.node(at.node)) {
    const given = Object.entries(node.wires).find(([name]) => isHandedOn(name))?.[1].from;
    if (!given) return undefined;
    at = given;
  }
  return at;
}

function columnOf(analysis: Analysis, { node, port }: PortRef): DataColumn | undefined {
  if (!analysis.node(node)?.definition.dataset) return undefined;
  const type = analysis.inferred(node)?.outputs[port];
  if (!type) return undefined;
  const axes = analysis.sizes.see(type).axes.slice(1);
  const known = axes.flatMap(({ name, size }) => (size === undefined ? [] : [{ name, size }]));
  return known.length === axes.length ? { key: portKey(node, port), node, port, axes: known } : undefined;
}

/** Columns of data sets that a node is computed from. */
function columnsAbove(analysis: Analysis, node: PathText): DataColumn[] {
  const found = new Map<string, DataColumn>();
  for (const id of neededBy(analysis, [node]))
    for (const { from } of Object.values(analysis.node(id)?.wires ?? {})) {
      const column = columnOf(analysis, from);
      if (column) found.set(column.key, column);
    }
  return [...found.values()];
}

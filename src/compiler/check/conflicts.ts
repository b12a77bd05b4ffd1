/**
 * Tells a size conflict as a story: where it shows, where each size came from, the wires between, and
 * the cures. The wires are one way from each origin to the place of the conflict, so what is lit is a
 * smallest set that cannot hold together: without any one of them the two sizes never meet.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix, type Place } from '../../base/diagnostic.ts';
import type { Json } from '../../base/edit.ts';
import { type Text, text } from '../../base/text.ts';
import { asNumber, format } from '../../tensor/size.ts';
import type { Statement } from '../../tensor/unify.ts';
import type { Inferred } from './infer-node.ts';
import { nameOf, type ResolvedNode } from './resolve.ts';
import type { Sizes } from './sizes.ts';

/** What a story is told from. */
export interface Scene {
  readonly document: GraphDocument;
  readonly sizes: Sizes;
  node(id: string): ResolvedNode | undefined;
  inferred(id: string): Inferred | undefined;
}

/** Nodes that the search for wires may visit in all: a graph full of conflicts is told without its later ways. */
const patience = 20_000;

export function tellConflicts(conflicts: readonly Statement[], scene: Scene): Diagnostic[] {
  const budget = { left: patience };
  return conflicts.map((conflict) => tell(conflict, scene, budget));
}

interface Budget {
  left: number;
}

function tell({ left, right, where }: Statement, scene: Scene, budget: Budget): Diagnostic {
  const { document, sizes } = scene;
  const [a, b] = [left, right].map((axis) => ({
    origin: sizes.unifier.originOf(axis) ?? where,
    size: format(sizes.resolve(axis)),
    number: asNumber(sizes.resolve(axis)),
  })) as [Side, Side];
  const values = {
    axis: where.axis ?? left.name,
    left: a.size,
    right: b.size,
    leftOrigin: originName(document, a.origin),
    rightOrigin: originName(document, b.origin),
  };
  const related = [a, b].flatMap((side) => carriers(side.origin, where, scene, budget));
  const fixes = [changeSize(a, b, scene), changeSize(b, a, scene)].filter((fix) => fix !== undefined);
  return diagnose('size-conflict', where, values, { related, fixes });
}

interface Side {
  readonly origin: Place;
  readonly size: string;
  readonly number: number | undefined;
}

const originName = (document: GraphDocument, place: Place): Text =>
  place.node === undefined ? text('the document', '文档') : nameOf(document, place.node);

/** The origin, and the wires on a shortest way from it to the conflict that carry its axis. */
function carriers(origin: Place, where: Place, scene: Scene, budget: Budget): Place[] {
  if (origin.node === undefined || where.node === undefined || origin.node === where.node) return [];
  const cameFrom = new Map<string, { edge: string; axis: string; below: string }>();
  const queue = [where.node];
  for (const below of queue) {
    if (below === origin.node || budget.left-- <= 0) break;
    for (const { edge, from } of Object.values(scene.node(below)?.wires ?? {})) {
      const outputs = scene.inferred(from.node)?.outputs;
      const type = outputs && Object.hasOwn(outputs, from.port) ? outputs[from.port] : undefined;
      const axis = type?.axes.find((x) => samePlace(scene.sizes.unifier.originOf(x), origin));
      if (!axis || cameFrom.has(from.node)) continue;
      cameFrom.set(from.node, { edge, axis: axis.name, below });
      queue.push(from.node);
    }
  }
  const way: Place[] = [{ node: origin.node }];
  for (let at = origin.node; at !== where.node; ) {
    const step = cameFrom.get(at);
    if (!step) return way.slice(0, 1);
    way.push({ edge: step.edge, axis: step.axis });
    at = step.below;
  }
  return way;
}

const samePlace = (a: Place | undefined, b: Place): boolean =>
  a?.node === b.node && a?.port === b.port && a?.axis === b.axis;

/** A fix that gives one side's origin the other side's size; undefined where it is not written as one plain number. */
function changeSize(side: Side, other: Side, { document, inferred }: Scene): Fix | undefined {
  const { node, axis } = side.origin;
  if (node === undefined || other.number === undefined || other.number < 1) return undefined;
  const params = new Set(
    (inferred(node)?.written ?? []).filter((w) => w.size === side.number).map((w) => w.param),
  );
  const [param] = params;
  if (param === undefined || params.size !== 1) return undefined;
  const value = replaceSize(document.nodes[node]?.params[param], side.number as number, other.number, axis);
  if (value === undefined) return undefined;
  const name = nameOf(document, node);
  const title = text(`Make ${name.en} ${other.number}`, `把${name.zh}改为 ${other.number}`);
  return { title, edits: [{ edit: 'setParam', node, key: param, value }] };
}

/** The parameter with its size replaced: a number itself, or a list of `{name, size}`. */
function replaceSize(param: unknown, from: number, to: number, axis: string | undefined): Json | undefined {
  if (param === from) return to;
  if (!Array.isArray(param)) return undefined;
  const index = param.findIndex((x) => x?.size === from && (axis === undefined || x?.name === axis));
  return index < 0 ? undefined : (param.map((x, i) => (i === index ? { ...x, size: to } : x)) as Json);
}

/** Tells a size conflict as a story: where it shows, where each size came from, the wires between, and the cures. */
import { type Diagnostic, diagnose, type Fix, type Place } from '../base/diagnostic.ts';
import type { Json } from '../base/edit.ts';
import { type Text, text } from '../base/text.ts';
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Axis } from '../tensor/axis.ts';
import { asNumber, constant, format, substitute } from '../tensor/size.ts';
import type { Conflict } from '../tensor/unify.ts';
import { type Inference, typeAt } from './infer.ts';
import { nameOf, type Structure } from './structure.ts';

export function tellConflicts(
  document: GraphDocument,
  structure: Structure,
  inference: Inference,
): Diagnostic[] {
  return inference.unifier.conflicts.map((conflict) => tell(conflict, document, structure, inference));
}

function tell(
  { left, right, where }: Conflict,
  document: GraphDocument,
  structure: Structure,
  inference: Inference,
): Diagnostic {
  const { unifier } = inference;
  const sides = [left, right].map((axis) => ({
    axis,
    origin: unifier.originOf(axis),
    size: shownSize(axis, inference),
  }));
  const [a, b] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const origin = (place: Place | undefined): Text =>
    place?.node === undefined ? text('this node', '此节点') : nameOf(document, place.node);
  const related = sides.flatMap((side) => carriers(side.origin, where, structure, inference));
  const fixes = [
    changeSize(a.origin, a.size, b.size, document, inference),
    changeSize(b.origin, b.size, a.size, document, inference),
  ];
  return diagnose(
    'size-conflict',
    where,
    {
      axis: where.axis ?? left.name,
      left: a.size,
      right: b.size,
      leftOrigin: origin(a.origin),
      rightOrigin: origin(b.origin),
    },
    { related, fixes: fixes.filter((fix) => fix !== undefined) },
  );
}

/** The number where there is one, else the expression: a batch size stays `B`. */
function shownSize(axis: Axis, { unifier }: Inference): string {
  return format(unifier.resolve(axis.size));
}

/** The origin, and every wire on the way from it to the place of the conflict that carries its axis. */
function carriers(
  origin: Place | undefined,
  where: Place,
  structure: Structure,
  inference: Inference,
): Place[] {
  if (origin?.node === undefined) return [];
  const found: Place[] = origin.node === where.node ? [] : [{ node: origin.node }];
  const visited = new Set<string>();
  const visit = (id: string) => {
    if (visited.has(id)) return;
    visited.add(id);
    for (const { edge, from } of Object.values(structure.nodes.get(id)?.wires ?? {})) {
      const type = typeAt(inference.outputs, from);
      const axis = type?.axes.find((x) => sameOrigin(inference.unifier.originOf(x), origin));
      if (!axis) continue;
      found.push({ edge, axis: axis.name });
      visit(from.node);
    }
  };
  if (where.node !== undefined) visit(where.node);
  return found;
}

const sameOrigin = (a: Place | undefined, b: Place): boolean =>
  a?.node === b.node && a?.port === b.port && a?.axis === b.axis;

/** A fix that makes the origin's written size the other one; undefined where it is not written as a plain number. */
function changeSize(
  origin: Place | undefined,
  from: string,
  to: string,
  document: GraphDocument,
  inference: Inference,
): Fix | undefined {
  const node = origin?.node;
  const size = Number(to);
  if (node === undefined || !Number.isInteger(size) || size < 1) return undefined;
  const candidates = (inference.written.get(node) ?? []).filter((w) => w.size === Number(from));
  const [candidate] = candidates;
  if (!candidate || new Set(candidates.map((c) => c.param)).size !== 1) return undefined;
  const old = document.nodes[node]?.params[candidate.param];
  const value = replaceSize(old, Number(from), size, origin?.axis);
  if (value === undefined) return undefined;
  const name = nameOf(document, node);
  const title = text(`Make ${name.en} ${size}`, `把${name.zh}改为 ${size}`);
  return { title, edits: [{ edit: 'setParam', node, key: candidate.param, value }] };
}

/** The parameter with its size replaced: a number itself, or a list of `{name, size}`. */
function replaceSize(param: unknown, from: number, to: number, axis: string | undefined): Json | undefined {
  if (param === from) return to;
  if (!Array.isArray(param)) return undefined;
  const index = param.findIndex((x) => x?.size === from && (axis === undefined || x?.name === axis));
  return index < 0 ? undefined : (param.map((x, i) => (i === index ? { ...x, size: to } : x)) as Json);
}

/** The integer a size is once document symbols are bound; undefined while it is open. */
export function boundSize(
  axis: Axis,
  inference: Inference,
  dims: ReadonlyMap<string, number>,
): number | undefined {
  const resolved = inference.unifier.resolve(axis.size);
  return asNumber(
    substitute(resolved, (atom) => {
      const size = atom.kind === 'symbol' ? dims.get(atom.name) : undefined;
      return size === undefined ? undefined : constant(size);
    }),
  );
}

/**
 * Diagnostics of size conflicts: where one shows, where each size came from, the wires between, and the
 * fixes. What takes part is a smallest set of statements that cannot hold together, and for each
 * of them one way along which its sizes came: without any one of these nodes and wires, the sizes
 * never meet.
 */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix, type Place } from '../../base/diagnostic.ts';
import type { Json } from '../../base/edit.ts';
import { type Text, text } from '../../base/text.ts';
import { multipleOf } from '../../catalogue/divisibility.ts';
import { nodeAt } from '../../document/levels.ts';
import { asNumber, evaluate, format, hasUnknown, type Size } from '../../tensor/size.ts';
import type { Statement } from '../../tensor/unify.ts';
import { isDrawn } from '../elaborate/level.ts';
import type { Provenance } from './inferred.ts';
import type { NodeState } from './node-state.ts';
import { type Origin, type Side as StatedSide, trace } from './origin.ts';
import { nameOf } from './resolve.ts';
import type { Conflict, Solver } from './solver.ts';

/** What a conflict is described with. */
export interface ConflictContext {
  readonly document: GraphDocument;
  readonly solver: Solver;
  readonly state: (id: string) => NodeState | undefined;
  readonly provenance: (state: NodeState) => Provenance | undefined;
}

export const tellConflicts = (conflicts: readonly Conflict[], context: ConflictContext): Diagnostic[] =>
  conflicts.map((conflict) => tell(conflict, context)).filter(isNew);

/** A width that several inputs have is told once not to be a multiple. */
const isNew = (told: Diagnostic, i: number, all: readonly Diagnostic[]): boolean =>
  told.code !== 'not-a-multiple' ||
  all.findIndex(({ node, message }) => node === told.node && message.en === told.message.en) === i;

interface Side {
  readonly origin: Origin;
  readonly resolved: Size;
  readonly size: string;
  readonly number: number | undefined;
}

function tell(conflict: Conflict, context: ConflictContext): Diagnostic {
  const { document } = context;
  const { core } = conflict;
  const { statement, solver } = lowest(conflict, context);
  const { left, right, where } = statement;
  const { state, provenance } = context;
  const graph = { solver, state, provenance };
  const originsOf = (part: Statement) => ({
    left: trace(part, 'left', graph),
    right: trace(part, 'right', graph),
  });
  const origins = originsOf(statement);
  const side = (which: StatedSide): Side => {
    const size = solver.resolve(statement[which].size);
    return { origin: origins[which], resolved: size, size: format(size), number: asNumber(size) };
  };
  const [a, b] = [side('left'), side('right')];
  const values = {
    axis: where.axis ?? left.name,
    leftAxis: a.origin.place.axis ?? left.name,
    rightAxis: b.origin.place.axis ?? right.name,
    left: a.size,
    right: b.size,
    leftOrigin: originName(document, a.origin.place),
    rightOrigin: originName(document, b.origin.place),
  };
  const uneven = unevenParts(a, b, document) ?? unevenParts(b, a, document);
  const fixes = uneven
    ? []
    : [changeSize(a, b, context), changeSize(b, a, context)].filter((fix) => fix !== undefined);
  const ways = core.flatMap((part) => {
    const { left: one, right: other } = part === statement ? origins : originsOf(part);
    return [one, other].map((origin) => ({ at: part.where, origin }));
  });
  const unit = state(where.node ?? '')?.resolved?.definition.parts;
  const more = { related: related(where, ways), fixes };
  return uneven
    ? diagnose('not-a-multiple', where, multipleOf(values.axis, uneven.size, uneven.factor, unit), more)
    : diagnose('size-conflict', where, values, more);
}

/** A known size that is to be a multiple of a number, and is none. */
function unevenParts(
  known: Side,
  parts: Side,
  { dims }: GraphDocument,
): { size: number; factor: number } | undefined {
  const size = evaluate(known.resolved, (atom) => {
    const dim = atom.kind === 'symbol' && Object.hasOwn(dims, atom.name) ? dims[atom.name] : undefined;
    return dim === undefined ? undefined : dimSize(dim);
  });
  const [term, ...others] = parts.resolved.terms;
  const isProduct = others.length === 0 && term?.atoms.length === 1 && term.atoms[0]?.kind === 'unknown';
  const factor = term?.coefficient ?? 1;
  if (size === undefined || !isProduct || factor < 2 || size % factor === 0) return undefined;
  return { size, factor };
}

/** Any statement of a core contradicts the others; it shows best where the wires of all have come together. */
function lowest(
  { statement: last, core }: Conflict,
  { solver, state }: ConflictContext,
): { statement: Statement; solver: Pick<Solver, 'resolve' | 'told'> } {
  const at = ({ where }: Statement) => state(where.node ?? '');
  const low = core.reduce((below, other) => (isBelow(at(other), at(below)) ? other : below), last);
  // What other statements tell is no part of this conflict.
  for (const statement of [low, last]) {
    const others = solver.alone(core.filter((other) => other !== statement));
    const isOpen = [statement.left, statement.right].some(({ size }) => hasUnknown(others.resolve(size)));
    if (!isOpen) return { statement, solver: others };
  }
  return { statement: last, solver };
}

/** Whether a node depends on another. Ranks differ with the history of edits: they only spare part of the walk. */
function isBelow(node: NodeState | undefined, other: NodeState | undefined): boolean {
  if (!node || !other) return false;
  const seen = new Set([node]);
  for (const state of seen)
    for (const source of state.sources) {
      if (source === other) return true;
      if (source.rank > other.rank) seen.add(source);
    }
  return false;
}

/** Every node and wire that takes part, once, besides the place itself. */
function related(where: Place, ways: readonly { at: Place; origin: Origin }[]): Place[] {
  const found: Place[] = [];
  const [nodes, edges] = [new Set(), new Set()];
  const put = (place: Place) => {
    const isWire = place.edge !== undefined;
    if (isWire && !isDrawn(place.edge)) return;
    const [known, id] = isWire ? [edges, place.edge] : [nodes, place.node];
    if (known.has(id)) return;
    known.add(id);
    found.push(place);
  };
  for (const { at, origin } of ways) {
    if (at.node !== undefined && at.node !== where.node) put({ node: at.node });
    if (origin.place.node !== undefined && origin.place.node !== where.node) put({ node: origin.place.node });
    for (const step of origin.way) put(step);
  }
  return found;
}

const originName = (document: GraphDocument, place: Place): Text =>
  place.node === undefined ? text('the document', '文档') : nameOf(document, place.node);

/** A fix that gives one side's origin the other side's size; undefined where it is not written as one plain number. */
function changeSize(side: Side, other: Side, { document, state }: ConflictContext): Fix | undefined {
  const { node, axis } = side.origin.place;
  if (node === undefined || other.number === undefined || other.number < 1) return undefined;
  const params = new Set(
    (state(node)?.inferred?.written ?? []).filter((w) => w.size === side.number).map((w) => w.param),
  );
  const [param] = params;
  if (param === undefined || params.size !== 1) return undefined;
  const value = replaceSize(nodeAt(document, node)?.params[param], side.number as number, other.number, axis);
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

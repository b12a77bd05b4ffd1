/**
 * Whether a graph that is right in training is right as well when its metrics are evaluated on the rows that
 * data sets hold back: the symbol of a batch is another number there. What is learned must keep its shape,
 * sizes must come out whole and positive, and what is equal in training must be equal there.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Fix } from '../../base/diagnostic.ts';
import type { Edit, Json } from '../../base/edit.ts';
import type { PathText } from '../../base/path.ts';
import { type Text, text } from '../../base/text.ts';
import { nodeAt } from '../../document/levels.ts';
import type { Axis, TensorType } from '../../tensor/axis.ts';
import { asNumber, constant, evaluate, format, hasUnknown, key } from '../../tensor/size.ts';
import {
  evaluationsOf,
  type HeldBackEvaluation,
  type HeldBackRows,
  type RowsApart,
  type UnevenMetric,
} from '../evaluations.ts';
import type { Wired } from '../needed-by.ts';
import type { Provenance } from './inferred.ts';
import type { NodeState } from './node-state.ts';
import { nameOf } from './resolve.ts';
import { isWhole, type SizeBinding } from './shown-types.ts';
import type { Sizes } from './sizes.ts';

/** What the rule looks at. */
export interface HeldBackContext {
  readonly document: GraphDocument;
  readonly flat: Wired['flat'];
  readonly sizes: Sizes;
  readonly state: (path: PathText) => NodeState | undefined;
  readonly provenance: (state: NodeState) => Provenance | undefined;
}

type Dims = ReadonlyMap<string, number>;

/** What is wrong, with the size that it comes of: where that was stated is told, and not what follows. */
interface Fault {
  readonly diagnostic: Diagnostic;
  readonly size?: string;
  readonly isStated?: boolean;
}

/** An evaluation, and what was found in it so far. */
interface Looked {
  readonly evaluation: HeldBackEvaluation;
  /** Nodes with faults. */
  readonly faults: Map<PathText, readonly Fault[]>;
  /** Nodes that must be looked at. */
  readonly pending: Set<PathText>;
}

export class HeldBack {
  readonly #metrics = new Set<NodeState>();
  readonly #dataSets = new Set<NodeState>();
  readonly #stale = new Set<PathText>();
  /** Of the sizes that were looked at. */
  #revision = 0;
  #looked: readonly Looked[] = [];
  /** Something is wired otherwise: what is evaluated must be found anew. */
  #isRewired = true;
  #uneven: readonly UnevenMetric[] = [];
  #apart: readonly RowsApart[] = [];

  /** Takes in a node that is of another type than before, or has other wires. */
  note(state: NodeState): void {
    const { measures, dataset } = state.resolved?.definition ?? {};
    if (measures === undefined) this.#metrics.delete(state);
    else this.#metrics.add(state);
    if (dataset) this.#dataSets.add(state);
    else this.#dataSets.delete(state);
    this.#isRewired = true;
  }

  forget(state: NodeState): void {
    this.#metrics.delete(state);
    this.#dataSets.delete(state);
    this.#isRewired = true;
  }

  /** Takes in a node whose types were inferred anew. */
  touch(state: NodeState): void {
    if (this.#metrics.size > 0) this.#stale.add(state.id);
  }

  tell(context: HeldBackContext): readonly Diagnostic[] {
    if (this.#metrics.size === 0 || this.#dataSets.size === 0) return [];
    if (this.#isRewired) this.#regroup(context);
    const looked = this.#looked;
    const { revision } = context.sizes;
    for (const { evaluation, pending } of looked)
      for (const path of revision === this.#revision ? this.#stale : evaluation.nodes)
        if (evaluation.nodes.has(path)) pending.add(path);
    this.#revision = revision;
    this.#stale.clear();
    return [
      ...this.#apart.map((pair) => tellApart(pair, context.document)),
      ...this.#uneven.map((metric) => tellUneven(metric, context.document)),
      ...looked.flatMap((each) => (each.evaluation.data.length > 0 ? faultsOf(each, context) : [])),
    ];
  }

  /** Finds what is evaluated. What was found of nodes stays where they are evaluated under the same sizes. */
  #regroup({ flat, state }: HeldBackContext): void {
    const paths = [...this.#metrics].map(({ id }) => id).sort();
    const dataSets = [...this.#dataSets].map(({ id }) => id);
    const found = evaluationsOf({ flat, node: (path) => state(path)?.resolved }, paths, dataSets);
    this.#looked = found.evaluations.map((evaluation) => {
      const pending = new Set(evaluation.nodes);
      const before = this.#looked.find((other) => sameBatches(other.evaluation, evaluation));
      for (const path of before?.evaluation.nodes ?? []) if (!before?.pending.has(path)) pending.delete(path);
      const faults = [...(before?.faults ?? [])].filter(([path]) => evaluation.nodes.has(path));
      return { evaluation, faults: new Map(faults), pending };
    });
    this.#uneven = found.uneven;
    this.#apart = found.apart;
    this.#isRewired = false;
  }
}

const sameBatches = (a: HeldBackEvaluation, b: HeldBackEvaluation): boolean =>
  JSON.stringify([[...a.batches], a.data]) === JSON.stringify([[...b.batches], b.data]);

function faultsOf({ evaluation, faults, pending }: Looked, context: HeldBackContext): Diagnostic[] {
  const { sizes, state } = context;
  const rows = [...evaluation.batches].map(([name, side]) => [name, side.rows] as const);
  const dims = new Map([...sizes.dims, ...rows]);
  const look = new Look(evaluation, dims, context);
  for (const path of pending) {
    const node = state(path);
    const own = node ? look.at(node) : [];
    if (own.length > 0) faults.set(path, own);
    else faults.delete(path);
  }
  pending.clear();
  const all = [...faults.values()].flat();
  const stated = new Set(all.flatMap(({ size, isStated }) => (isStated ? size : [])));
  const found = all
    .filter(({ size, isStated }) => isStated || size === undefined || !stated.has(size))
    .map(({ diagnostic }) => diagnostic);
  const isAsked = ({ where }: { where: { node?: string } }) => evaluation.nodes.has(where.node ?? '');
  const numbers = new Map([...dims].map(([name, size]) => [name, constant(size)]));
  for (const statement of sizes.solver.conflictsUnder(numbers).filter(isAsked))
    found.push(look.conflict(statement.where.node as string, statement.left, statement.right));
  return found.sort((a, b) => ((a.node as string) < (b.node as string) ? -1 : 1));
}

/** A look at the nodes of one evaluation. */
class Look {
  readonly #evaluation: HeldBackEvaluation;
  readonly #dims: Dims;
  readonly #context: HeldBackContext;
  readonly #binding: SizeBinding;

  constructor(evaluation: HeldBackEvaluation, dims: Dims, context: HeldBackContext) {
    this.#evaluation = evaluation;
    this.#dims = dims;
    this.#context = context;
    this.#binding = context.sizes.binding.under(dims);
  }

  at(node: NodeState): readonly Fault[] {
    const { id, resolved, inferred } = node;
    const data = this.#evaluation.data.find((side) => side.data === id);
    if (!resolved || !inferred) return [];
    const { inputs, outputs } = inferred;
    if (data) return this.#dataset(data, outputs).map((diagnostic) => ({ diagnostic }));
    /** Whether an axis of an output has a size that the node made, not one that it was handed. */
    const isMade = (axis: Axis) =>
      Object.entries(outputs).some(([port, { axes }]) => {
        const from = this.#context.provenance(node)?.outputs[port];
        return axes.some((other, d) => other === axis && from?.[d] === undefined);
      });
    if (!this.#binding.areSound(node.solvedOutputs)) {
      const made = Object.values(outputs).flatMap(({ axes }) => axes);
      const wrong = made.find((axis) => !isWhole(this.#evaluated(axis)) && isMade(axis));
      if (wrong) return [{ diagnostic: this.#size(id, wrong) }];
    }
    const { definition, params } = resolved;
    if (!node.learns && !definition.keepsState) return [];
    const learned = definition.learnedAxes?.(params, inputs, outputs) ?? [];
    const isMoved = (axis: Axis) =>
      asNumber(axis.size) === undefined && this.#trained(axis) !== this.#evaluated(axis);
    const moved = learned.find(isMoved);
    if (!moved) return [];
    return [{ diagnostic: this.#learned(id, moved), size: key(moved.size), isStated: isMade(moved) }];
  }

  #trained = (axis: Axis): number | undefined => this.#context.sizes.boundBy(axis, this.#context.sizes.dims);
  #evaluated = (axis: Axis): number | undefined => this.#context.sizes.boundBy(axis, this.#dims);

  /** The batch that an axis is written with, or else the first: its size in training and when evaluated. */
  #batch(axis: Axis) {
    const { sizes, document } = this.#context;
    const batches = [...this.#evaluation.batches];
    const moves = (name: string) =>
      evaluate(sizes.resolve(axis.size), (atom) => {
        const known = atom.kind === 'symbol' ? sizes.dims.get(atom.name) : undefined;
        return atom.kind === 'symbol' && atom.name === name ? this.#dims.get(name) : known;
      }) !== this.#trained(axis);
    const found = batches.find(([name]) => moves(name)) ?? batches[0];
    const [symbol, { data, rows }] = found as (typeof batches)[number];
    return {
      symbol,
      batch: sizes.dims.get(symbol) ?? rows,
      held: rows,
      data: nameOf(document, data),
      path: data,
    };
  }

  #values(axis: Axis) {
    const { symbol, batch, held, data } = this.#batch(axis);
    const size = (number: number | undefined) => number ?? '?';
    return {
      ...{ axis: axis.name, symbol, batch, held, data },
      written: format(this.#context.sizes.resolve(axis.size)),
      trained: size(this.#trained(axis)),
      evaluated: size(this.#evaluated(axis)),
    };
  }

  #learned(node: PathText, axis: Axis): Diagnostic {
    const { document } = this.#context;
    const { path } = this.#batch(axis);
    const values = { ...this.#values(axis), node: nameOf(document, node) };
    const fixes = [writeNumber(document, node, axis.size, values), holdNothingBack(document, path)];
    return diagnose('learned-by-batch', { node, axis: axis.name }, values, {
      related: [{ node: path }],
      fixes: fixes.filter((fix) => fix !== undefined),
    });
  }

  #size(node: PathText, axis: Axis): Diagnostic {
    const { path } = this.#batch(axis);
    return diagnose('held-back-size', { node, axis: axis.name }, this.#values(axis), {
      related: [{ node: path }],
      fixes: [holdNothingBack(this.#context.document, path)],
    });
  }

  conflict(node: PathText, left: Axis, right: Axis): Diagnostic {
    const { path, ...batch } = this.#batch(left);
    const side = (axis: Axis): Text => {
      const size = this.#context.sizes.resolve(axis.size);
      const factor = size.terms.length === 1 && hasUnknown(size) ? size.terms[0]?.coefficient : undefined;
      if (factor !== undefined) return text(`a multiple of ${factor}`, `${factor} 的倍数`);
      return text(`${axis.name} = ${format(size)}`, `${axis.name} = ${format(size)}`);
    };
    const values = { ...batch, left: side(left), right: side(right) };
    return diagnose('held-back-conflict', { node }, values, {
      related: [{ node: path }],
      fixes: [holdNothingBack(this.#context.document, path)],
    });
  }

  /** The rows that are held back are taken at once: a batch of another size, which nothing can change, is in the way. */
  #dataset({ data, rows }: HeldBackRows, outputs: Readonly<Record<string, TensorType>>): Diagnostic[] {
    const [batch] = Object.values(outputs)[0]?.axes ?? [];
    const size = batch && this.#evaluated(batch);
    if (batch === undefined || size === rows) return [];
    const { document, sizes } = this.#context;
    const written = format(sizes.resolve(batch.size));
    const shown = written === String(size) ? written : `${written} = ${size ?? '?'}`;
    const values = { node: nameOf(document, data), held: rows, size: shown };
    return [
      diagnose('held-back-batch', { node: data }, values, { fixes: [holdNothingBack(document, data)] }),
    ];
  }
}

/** The number in the place of the symbol that stands in a parameter by itself. */
function writeNumber(
  document: GraphDocument,
  node: PathText,
  size: Axis['size'],
  { trained, node: name }: { readonly trained: number | string; readonly node: Text },
): Fix | undefined {
  const written = format(size);
  const params = Object.entries(nodeAt(document, node)?.params ?? {});
  if (typeof trained !== 'number') return undefined;
  for (const [key, value] of params) {
    const replaced = withNumber(value as Json, written, trained);
    if (replaced === undefined) continue;
    const title = text(
      `Write ${trained} for ${written} in ${name.en}`,
      `把${name.zh}中的 ${written} 写为 ${trained}`,
    );
    return { title, edits: [{ edit: 'setParam', node, key, value: replaced } as Edit] };
  }
  return undefined;
}

const isAxis = (value: unknown): value is { size: unknown } =>
  typeof value === 'object' && value !== null && 'size' in value;

function withNumber(value: Json, written: string, number: number): Json | undefined {
  if (value === written) return number;
  if (!Array.isArray(value) || !value.some((axis) => isAxis(axis) && axis.size === written)) return undefined;
  return value.map((axis) =>
    isAxis(axis) && axis.size === written ? { ...axis, size: number } : axis,
  ) as Json;
}

function holdNothingBack(document: GraphDocument, data: PathText): Fix {
  const name = nameOf(document, data);
  const title = text(`Hold back no rows of ${name.en}`, `${name.zh}不留出行`);
  return { title, edits: [{ edit: 'setParam', node: data, key: 'test', value: 0 }] };
}

const splits = {
  test: text('how much of it is held back', '留出的比例'),
  splitSeed: text('the seed of the split', '划分的种子'),
  splitBy: text('how its rows are split', '划分行的方式'),
  replacement: text('whether rows are drawn with replacement', '是否有放回地抽取'),
};

function tellApart({ metric, nodes, param, value }: RowsApart, document: GraphDocument): Diagnostic {
  const [first, second] = nodes.map((node) => nameOf(document, node)) as [Text, Text];
  const values = { first, second, metric: nameOf(document, metric), what: splits[param] };
  const title = text(`Draw ${second.en} like ${first.en}`, `${second.zh}与${first.zh}取相同的行`);
  const edit = { edit: 'setParam', node: nodes[1], key: param, value } as const;
  return diagnose('rows-apart', { node: nodes[1], param }, values, {
    related: [{ node: nodes[0] }, { node: metric }],
    fixes: [{ title, edits: [edit] }],
  });
}

function holdBackAsMuch({ data }: HeldBackRows, { fraction }: HeldBackRows, document: GraphDocument): Fix {
  const name = nameOf(document, data);
  const title = text(`Hold back ${fraction} of ${name.en} too`, `${name.zh}也留出 ${fraction}`);
  return { title, edits: [{ edit: 'setParam', node: data, key: 'test', value: fraction }] };
}

function tellUneven({ metric, symbol, sides: [a, b] }: UnevenMetric, document: GraphDocument): Diagnostic {
  const values = {
    metric: nameOf(document, metric),
    symbol,
    held: a.rows,
    data: nameOf(document, a.data),
    otherHeld: b.rows,
    otherData: nameOf(document, b.data),
  };
  return diagnose('held-back-uneven', { node: metric }, values, {
    related: [{ node: a.data }, { node: b.data }],
    fixes: [holdBackAsMuch(b, a, document), holdBackAsMuch(a, b, document)],
  });
}

/**
 * Lowers a checked document to a program: each node adds its primitive operations, parameters become
 * named state, data sets become resident columns and a feed of row numbers.
 */

import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { portKey, stateName } from '../base/path.ts';
import { keyFrom } from '../base/random.ts';
import type { BoundType, LowerContext } from '../catalogue/define.ts';
import { testRows } from '../datasets/index.ts';
import { Builder } from '../ir/builder.ts';
import { sources } from '../ir/gradient.ts';
import { objective } from '../ir/objective.ts';
import { elements, type Op, type Program, type ValueId } from '../ir/program.ts';
import type { TensorType } from '../tensor/axis.ts';
import { parseSize } from '../tensor/size-parser.ts';
import { type Analysis, bind } from './analyse.ts';
import type { Inferred, PortTypes } from './check/infer-node.ts';
import { nameOf, type ResolvedNode } from './check/resolve.ts';
import { type DataSpec, type ProgramKind, randomKeyInput, type StateSpec, stepInput } from './types.ts';

export interface Lowered {
  readonly kind: ProgramKind;
  readonly program: Program;
  /** What only lowering can see. */
  readonly diagnostics: readonly Diagnostic[];
  readonly state: readonly StateSpec[];
  readonly data: readonly DataSpec[];
  /** Names of the program's outputs: metrics by name, values by `node.port`. */
  readonly metrics: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  /** Axis names of each of `values`. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
}

/** What a kind of program is for decides what is left out of it and what it exposes. */
const kinds: Record<ProgramKind, { trains: boolean; values: boolean; heldBack: boolean }> = {
  train: { trains: true, values: false, heldBack: false },
  evaluate: { trains: false, values: false, heldBack: true },
  forward: { trains: false, values: true, heldBack: false },
};

/** Which ports a forward program exposes: those that nothing reads on, or every one. */
export type Expose = 'ends' | 'all';

/** `literal`: see Builder. */
export interface LowerOptions {
  readonly expose?: Expose | undefined;
  readonly literal?: boolean | undefined;
}

export function lower(analysis: Analysis, kind: ProgramKind, options: LowerOptions = {}): Lowered {
  const lowering = new Lowering(analysis, kind, options);
  for (const node of soundNodes(analysis))
    if (kinds[kind].trains || !node.definition.trains) lowering.node(node);
  return lowering.finish();
}

export const soundNodes = ({ order, sound, node }: Analysis): ResolvedNode[] =>
  order.filter((id) => sound.has(id)).map((id) => node(id) as ResolvedNode);

/** Zeros, ones and deltas leave no trace in what is computed of them. */
const isTakenIn = (op: Op): boolean => op.kind === 'contract' && op.args.length === 0;

/** The sizes of the document's symbols in a program: an evaluation takes all held-back rows at once. */
function bindDims(analysis: Analysis, kind: ProgramKind): ReadonlyMap<string, number> {
  if (!kinds[kind].heldBack) return analysis.sizes.dims;
  const dims = new Map(analysis.sizes.dims);
  for (const { definition, params } of soundNodes(analysis)) {
    const data = definition.dataset?.(params);
    if (data) dims.set(data.batch, Math.max(1, testRows(data.rows, data.testFraction)));
  }
  return dims;
}

class Lowering {
  readonly #analysis: Analysis;
  readonly #kind: ProgramKind;
  readonly #expose: Expose;
  readonly #dims: ReadonlyMap<string, number>;
  readonly #bound = new Map<TensorType, BoundType>();
  readonly #ir: Builder;
  /** Value of each output, by node and port. */
  readonly #values = new Map<string, Readonly<Record<string, ValueId>>>();
  /** Outputs that another computed node reads. */
  readonly #read: ReadonlySet<string>;
  readonly #taken = new Set<ValueId>();
  readonly #state = new Map<string, StateSpec & { value: ValueId }>();
  readonly #data: DataSpec[] = [];
  readonly #metrics = new Map<string, ValueId>();
  readonly #shown = new Map<string, ValueId>();
  readonly #axes: Record<string, readonly string[]> = {};
  #randomKey: ValueId | undefined;
  #step: ValueId | undefined;
  readonly #updates: { state: string; value: ValueId; by: string }[] = [];
  readonly diagnostics: Diagnostic[] = [];

  constructor(analysis: Analysis, kind: ProgramKind, { expose = 'ends', literal = false }: LowerOptions) {
    this.#ir = new Builder({ literal });
    this.#analysis = analysis;
    this.#kind = kind;
    this.#expose = expose;
    this.#dims = bindDims(analysis, kind);
    const wires = Object.values(analysis.document.edges).filter(({ to }) => analysis.sound.has(to.node));
    this.#read = new Set(wires.map(({ from }) => portKey(from.node, from.port)));
  }

  node(node: ResolvedNode): void {
    const ir = this.#ir;
    ir.source = node.id;
    const inputs: Record<string, ValueId> = {};
    for (const [port, { from }] of Object.entries(node.wires))
      inputs[port] = this.#values.get(from.node)?.[from.port] as ValueId;
    const outputs: Record<string, ValueId> = {};
    for (const [port, value] of Object.entries(node.definition.lower(this.#context(node, inputs)))) {
      // Each port is a value of its own, so that a gradient by one wire does not see another, and one by a
      // tensor of zeros sees what became of it although the builder would take it in.
      outputs[port] = this.#taken.has(value) || isTakenIn(ir.op(value)) ? ir.copy(value) : value;
      this.#taken.add(outputs[port]);
    }
    this.#values.set(node.id, outputs);
    // A node without outputs shows what comes in: that is what a probe is for.
    const { inputs: inputTypes, outputs: outputTypes } = this.#analysis.inferred(node.id) as Inferred;
    const shown = node.outputs.length > 0 ? outputs : inputs;
    const shownTypes = node.outputs.length > 0 ? outputTypes : inputTypes;
    for (const [port, value] of Object.entries(shown)) {
      if (this.#expose === 'ends' && node.outputs.length > 0 && this.#read.has(portKey(node.id, port)))
        continue;
      this.#shown.set(portKey(node.id, port), value);
      this.#axes[portKey(node.id, port)] = shownTypes[port]?.axes.map((a) => a.name) ?? [];
    }
  }

  /** A type is bound once, on however many wires it runs. */
  #bind(type: TensorType): BoundType {
    let bound = this.#bound.get(type);
    if (!bound) {
      bound = bind(type, this.#analysis, this.#dims);
      this.#bound.set(type, bound);
    }
    return bound;
  }

  #size(written: number | string): number {
    const read = parseSize(String(written));
    if ('error' in read) throw new Error(`internal: the size "${written}" passed the check`);
    return bind({ axes: [{ name: String(written), size: read.size }] }, this.#analysis, this.#dims).axes[0]
      ?.size as number;
  }

  #context(node: ResolvedNode, inputs: Readonly<Record<string, ValueId>>): LowerContext<unknown> {
    const types = this.#analysis.inferred(node.id) as Inferred;
    const boundAll = (ports: PortTypes) =>
      Object.fromEntries(Object.entries(ports).map(([port, type]) => [port, this.#bind(type)]));
    const outputTypes = boundAll(types.outputs);
    let draws = 0;
    const declare =
      (trainable: boolean) =>
      (name: string, shape: readonly number[], init: StateSpec['init'] = { kind: 'zeros' }) => {
        const full = stateName(node.id, name);
        const value = this.#ir.input(full, shape, 'state');
        const optimizer = node.definition.trains && !trainable ? { optimizer: node.definition.type } : {};
        this.#state.set(full, { name: full, shape, trainable, ...optimizer, init, value });
        return value;
      };
    const trainable = (value: ValueId) => {
      const needed = sources(this.#ir.ops, value);
      const parameters = [...this.#state.values()].filter((s) => s.trainable && needed.has(s.value));
      return parameters.map((s) => s.value);
    };
    return {
      params: node.params,
      inputs,
      inputTypes: boundAll(types.inputs),
      outputTypes,
      ir: this.#ir,
      size: (written) => this.#size(written),
      parameter: declare(true),
      state: declare(false),
      update: (state, value) => this.#update(node, state, value),
      trainable,
      objective: () => objective(this.#ir, inputs.loss as ValueId, trainable(inputs.loss as ValueId)),
      step: () => {
        this.#step ??= this.#ir.input(stepInput, [], 'feed');
        return this.#step;
      },
      data: (column) => this.#rows(node, column, outputTypes[column]?.axes.map((a) => a.size) ?? []),
      random: (shape) => this.#random(node, draws++, shape),
      training: this.#kind === 'train',
      metric: (name, value) => this.#metric(node, name, value),
    };
  }

  /** A state has one new value: a second optimizer on the same parameter is refused, and the first keeps it. */
  #update(node: ResolvedNode, state: ValueId, value: ValueId): void {
    const op = this.#ir.op(state);
    if (op.kind !== 'input') throw new Error('internal: only state can be updated');
    const other = this.#updates.find((u) => u.state === op.name);
    if (!other) {
      this.#updates.push({ state: op.name, value, by: node.id });
      return;
    }
    const { document } = this.#analysis;
    const names = {
      first: nameOf(document, other.by),
      second: nameOf(document, node.id),
      parameter: op.name,
    };
    this.diagnostics.push(
      diagnose('two-optimizers', { node: node.id }, names, { related: [{ node: other.by }] }),
    );
  }

  /** This step's rows of a column: the whole column is resident, the row numbers are fed. */
  #rows(node: ResolvedNode, column: string, shape: readonly number[]): ValueId {
    const declared = node.definition.dataset?.(node.params);
    if (!declared) throw new Error(`internal: ${node.id} reads data it does not declare`);
    const [batch = 1, ...row] = shape;
    const name = portKey(node.id, column);
    const indices = portKey(node.id, 'indices');
    let spec = this.#data.find((d) => d.node === node.id);
    if (!spec) {
      const { name: dataset, batch: _, ...known } = declared;
      spec = { ...known, node: node.id, dataset, batch, columns: {}, widths: {}, indices };
      this.#data.push(spec);
      this.#taken.add(this.#ir.input(indices, [batch], 'feed'));
    }
    (spec.columns as Record<string, string>)[column] = name;
    (spec.widths as Record<string, number>)[column] = elements(row);
    const feed = this.#ir.ops.findIndex((op) => op.kind === 'input' && op.name === indices);
    return this.#ir.gather(this.#ir.input(name, [declared.rows, ...row], 'data'), feed);
  }

  /** A node's draws are streams of its own: what other nodes draw does not change them. */
  #random(node: ResolvedNode, draw: number, shape: readonly number[]): ValueId {
    this.#randomKey ??= this.#ir.input(randomKeyInput, [4], 'feed');
    return this.#ir.random(this.#randomKey, keyFrom(0, node.id, draw)[0], shape);
  }

  /** Two nodes that measure the same kind of thing are told apart by their ids. */
  #metric(node: ResolvedNode, name: string, value: ValueId): void {
    const known = this.#metrics.get(name);
    if (known === undefined) this.#metrics.set(name, value);
    else if (known !== value) this.#metrics.set(`${name}:${node.id}`, value);
  }

  finish(): Lowered {
    const outputs: { name: string; value: ValueId }[] = [];
    const expose = (prefix: string, values: ReadonlyMap<string, ValueId>) =>
      Object.fromEntries(
        [...values].map(([name, value]) => {
          outputs.push({ name: `${prefix}:${name}`, value });
          return [name, `${prefix}:${name}`];
        }),
      );
    const metrics = expose('metric', this.#metrics);
    const values = kinds[this.#kind].values ? expose('value', this.#shown) : {};
    const state = [...this.#state.values()].map(({ value: _, ...spec }) => spec);
    return {
      kind: this.#kind,
      diagnostics: this.diagnostics,
      program: this.#ir.finish(
        outputs,
        this.#updates.map(({ state, value }) => ({ state, value })),
      ),
      state,
      data: this.#data,
      metrics,
      values,
      axes: kinds[this.#kind].values ? this.#axes : {},
    };
  }
}

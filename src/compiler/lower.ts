/**
 * Lowers a checked document to a program: each node adds its primitive operations, parameters become
 * named state, data sets become resident columns and a feed of row numbers.
 */

import type { PortRef } from '../base/edit.ts';
import { type PathText, portKey } from '../base/path.ts';
import { keyFrom } from '../base/random.ts';
import type { BoundType } from '../catalogue/bound.ts';
import type { LowerContext } from '../catalogue/define.ts';
import { averageNames } from '../catalogue/weight-averages.ts';
import { marksOf } from '../document/marks.ts';
import type { BuilderOptions } from '../ir/builder.ts';
import { objective } from '../ir/objective.ts';
import type { ValueId } from '../ir/program.ts';
import { verifyUpdates } from '../ir/verify.ts';
import type { TensorType } from '../tensor/axis.ts';
import { parseSize } from '../tensor/size-parser.ts';
import { type Analysis, bind } from './analyse.ts';
import type { Inferred, PortTypes } from './check/inferred.ts';
import { isHandedOn } from './check/order.ts';
import type { ResolvedNode } from './check/resolve.ts';
import { DataInputs } from './data-inputs.ts';
import type { Region, RepeatIteration } from './elaborate/flat.ts';
import { flatSize, type Scope } from './elaborate/scope.ts';
import type { IndexChoice } from './index-choices.ts';
import { kinds, type Lowered, type LowerOptions } from './lowered.ts';
import { isCheck, MeasuredChecks } from './measured-checks.ts';
import { addAliases } from './repeat/aliases.ts';
import { everyIteration, Frame, leavesNoTrace, valueInRepeats } from './repeat/frame.ts';
import { functionAt, withFunctionHere } from './repeat/function-here.ts';
import { portsRead } from './repeat/ports-read.ts';
import { noneShown, ShownValues } from './repeat/shown-values.ts';
import { namesOfKept, namesOfState, streamPath } from './repeat/state-names.ts';
import { StateUpdates } from './repeat/state-updates.ts';
import { isPortOfRepeat, isWanted, type Unit, unitsOf } from './repeat/units.ts';
import { type DeclaredState, gradientsBy, trainedBy } from './trained-by.ts';
import { type DrawnSpec, type ProgramKind, randomKeyInput, type StateSpec, stepInput } from './types.ts';

export function lower(analysis: Analysis, kind: ProgramKind, options: LowerOptions = {}): Lowered {
  const lowering = new Lowering(analysis, kind, options);
  lowering.units(unitsOf(analysis));
  return lowering.finish();
}

const noTurns: readonly RepeatIteration[] = [];

class Lowering {
  readonly #analysis: Analysis;
  readonly #kind: ProgramKind;
  readonly #options: BuilderOptions;
  readonly #dims: ReadonlyMap<string, number>;
  readonly #bound = new Map<TensorType, BoundType>();
  /** The program itself. */
  readonly #root: Frame;
  /** Value of each output, by node and port, and where it was computed. */
  readonly #values = new Map<PathText, { frame: Frame; outputs: Readonly<Record<string, ValueId>> }>();
  /** Outputs that another computed node reads. */
  readonly #read: ReadonlySet<string>;
  readonly #state = new Map<string, DeclaredState>();
  readonly #inputs: DataInputs;
  readonly #cut: Pick<LowerOptions, 'only' | 'fed' | 'metricNames'>;
  readonly #metrics = new Map<string, ValueId>();
  readonly #checks = new MeasuredChecks();
  /** Of a program that shows values. */
  readonly #shown: ShownValues | undefined;
  /** Of the loss that trains it, by the name of each parameter. */
  readonly #gradients = new Map<string, ValueId>();
  #randomKey: ValueId | undefined;
  #step: ValueId | undefined;
  readonly #stateUpdates = new StateUpdates();
  readonly #choices: IndexChoice[] = [];

  constructor(
    analysis: Analysis,
    kind: ProgramKind,
    { expose, literal, checkpoints, dims = analysis.sizes.dims, ...cut }: LowerOptions,
  ) {
    this.#options = { ...(literal && { literal }), ...(checkpoints && { checkpoints }) };
    this.#root = new Frame(undefined, this.#options);
    this.#analysis = analysis;
    this.#kind = kind;
    if (kinds[kind].values || cut.ports) this.#shown = new ShownValues({ expose, show: cut.show });
    this.#cut = cut;
    this.#inputs = new DataInputs(this.#root.ir, cut.fed);
    this.#dims = dims;
    this.#read = portsRead(analysis);
  }

  units(units: readonly Unit[], frame = this.#root): void {
    for (const unit of units) {
      if (!isWanted(unit, this.#cut.only)) continue;
      if (typeof unit !== 'string') this.#repeat(unit.region, unit.body, frame);
      else if (!isPortOfRepeat(this.#analysis, unit)) {
        const node = this.#analysis.node(unit) as ResolvedNode;
        if (isCheck(node) && !kinds[this.#kind].checks) continue;
        if (kinds[this.#kind].trains || !node.definition.trains) this.#node(node, frame);
        else if (this.#kind === 'gradients') this.#differentiate(node);
      }
    }
  }

  /** The value on a wire, in a frame: nodes that only hand on are seen through, up to the ports of repeats. */
  #valueOf({ node, port }: PortRef, frame: Frame): ValueId {
    const made = this.#values.get(node);
    if (made) return frame.bring(made.outputs[port] as ValueId, made.frame);
    return this.#valueOf(this.#given(node), frame);
  }

  /** What is wired to a node that hands it on. */
  #given(node: PathText): PortRef {
    const wires = Object.entries(this.#analysis.node(node)?.wires ?? {});
    const given = wires.find(([port]) => isHandedOn(port))?.[1].from;
    if (!given) throw new Error(`internal: ${node} is computed before what it reads`);
    return given;
  }

  /** A repeat becomes a loop; a single iteration is written out where it stands. */
  #repeat(region: Region, body: readonly Unit[], around: Frame): void {
    const { inputs, outputs, count } = region;
    const carried = count > 1 ? Math.min(inputs.length, outputs.length) : 0;
    const frame = count > 1 ? new Frame(around, this.#options, carried) : around;
    const given = inputs.map(({ node }) => this.#valueOf(this.#given(node), around));
    const inits = given.slice(0, carried);
    for (const [k, { node }] of inputs.entries()) {
      const outer = given[k] as ValueId;
      const out =
        k < carried
          ? frame.ir.input(`carry ${k}`, around.ir.shape(outer), 'feed')
          : frame.bring(outer, around);
      frame.taken.add(out);
      this.#values.set(node, { frame, outputs: { out } });
    }
    this.units(body, frame);
    const results = outputs.map(({ node }) => this.#valueOf(this.#given(node), frame));
    around.ir.source = region.path;
    const last = count === 1 ? results : frame.close(region, inits, results);
    for (const [k, port] of outputs.entries())
      this.#values.set(port.node, { frame: around, outputs: { out: last[k] as ValueId } });
    if (region.writtenOut?.isLast ?? true) this.#showResults(region, around);
  }

  /** What a repeat gives in the end, where nothing reads it or everything is shown. */
  #showResults({ path: own, outputs, writtenOut }: Region, frame: Frame): void {
    const path = writtenOut?.of ?? own;
    for (const { name, node } of outputs) {
      const isRead = this.#read.has(portKey(node, 'out'));
      const type = this.#analysis.inferred(node)?.outputs.out;
      const iterations = this.#iterationsOf(node).slice(0, -1);
      const shown = { path, port: name, isRead, type, iterations };
      if (this.#shown?.wants(shown))
        this.#shown.add(shown, this.#valueOf({ node, port: 'out' }, frame), frame);
    }
  }

  #node(node: ResolvedNode, frame: Frame): void {
    const { ir, taken } = frame;
    ir.source = node.id;
    const drawn = this.#inputs.drawnInstead(node, this.#analysis, (type) => this.#bind(type));
    const given: Record<string, ValueId> = {};
    for (const [port, { from }] of drawn ? [] : Object.entries(node.wires))
      given[port] = this.#valueOf(from, frame);
    const inputs = withFunctionHere(node.definition, given, frame);
    const outputs: Record<string, ValueId> = {};
    const made = drawn ?? node.definition.lower(this.#context(node, inputs, frame));
    for (const [port, value] of Object.entries(made)) {
      // Each port is a value of its own, so that a gradient by one wire does not see another, and one by a
      // tensor of zeros sees what became of it although the builder would take it in.
      outputs[port] = taken.has(value) || leavesNoTrace(ir.op(value)) ? ir.copy(value) : value;
      taken.add(outputs[port]);
    }
    this.#values.set(node.id, { frame, outputs });
    // A node without outputs shows what comes in: that is what a probe is for.
    const { inputs: inputTypes, outputs: outputTypes } = this.#analysis.inferred(node.id) as Inferred;
    const shown = node.outputs.length > 0 ? outputs : inputs;
    const shownTypes = node.outputs.length > 0 ? outputTypes : inputTypes;
    const iterations = this.#iterationsOf(node.id);
    for (const [port, value] of Object.entries(shown)) {
      const isRead = node.outputs.length > 0 && this.#read.has(portKey(node.id, port));
      const one = { path: node.id, port, isRead, type: shownTypes[port], iterations };
      if (this.#shown?.wants(one)) this.#shown.add(one, value, frame);
    }
  }

  /** The gradients that an optimizer would follow, instead of the optimizer; none stands in a repeat. */
  #differentiate({ wires }: ResolvedNode): void {
    const loss = wires.loss && this.#valueOf(wires.loss.from, this.#root);
    if (loss === undefined) return;
    for (const [name, by] of gradientsBy(this.#root.ir, loss, this.#state.values()))
      this.#gradients.set(name, by);
  }

  #iterationsOf(path: PathText): readonly RepeatIteration[] {
    return this.#analysis.flat.inside(path)?.iterations ?? noTurns;
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

  #size(written: number | string, scope: Scope | undefined): number {
    const read = parseSize(String(written));
    if ('error' in read) throw new Error(`internal: the size "${written}" passed the check`);
    const size = flatSize(read.size, scope);
    return bind({ axes: [{ name: String(written), size }] }, this.#analysis, this.#dims).axes[0]
      ?.size as number;
  }

  #context(
    node: ResolvedNode,
    inputs: Readonly<Record<string, ValueId>>,
    frame: Frame,
  ): LowerContext<unknown> {
    const { ir } = frame;
    const inside = this.#analysis.flat.inside(node.id);
    const types = this.#analysis.inferred(node.id) as Inferred;
    const boundAll = (ports: PortTypes) =>
      Object.fromEntries(Object.entries(ports).map(([port, type]) => [port, this.#bind(type)]));
    const outputTypes = boundAll(types.outputs);
    let draws = 0;
    const declare =
      (trainable: boolean) =>
      (name: string, shape: readonly number[], init: StateSpec['init'] = { kind: 'zeros' }) => {
        const { isFrozen, tags } = marksOf(this.#analysis.document, node.id);
        const about = {
          trainable: trainable && !isFrozen,
          init,
          tags: [...tags, name, node.definition.type],
        };
        return this.#declare(node, name, shape, about, frame);
      };
    const trainable = (value: ValueId) =>
      frame.parent ? [] : trainedBy(ir, value, this.#state.values()).map((s) => s.value);
    return {
      params: node.params,
      inputs,
      inputTypes: boundAll(types.inputs),
      outputTypes,
      ir,
      size: (written) => this.#size(written, inside?.scope),
      parameter: declare(true),
      state: declare(false),
      stateOf: (parameter, name, kind) => this.#stateOf(node, parameter, name, kind),
      tagsOf: (parameter) => this.#state.get(this.#root.nameOf(parameter))?.tags ?? [],
      feed: (port, shape, standIn) =>
        frame.bring(this.#inputs.feed(portKey(node.id, port), shape, standIn), this.#root),
      update: (state, value) => {
        if (kinds[this.#kind].trains) this.#stateUpdates.update(state, value, frame);
      },
      trainable,
      objective: () => objective(ir, inputs.loss as ValueId, trainable(inputs.loss as ValueId)),
      function: (of, by) => functionAt(ir, inputs, { of, by, trainable }),
      step: () => {
        this.#step ??= this.#root.ir.input(stepInput, [], 'feed');
        return frame.bring(this.#step, this.#root);
      },
      data: (column) => {
        const rows = this.#inputs.rows(node, column, outputTypes[column]?.axes.map((a) => a.size) ?? []);
        return frame.bring(rows, this.#root);
      },
      drawn: (fill, shape) => this.#drawn(node.id, fill, shape, frame),
      random: (shape) => this.#random(node, draws++, shape, frame),
      chooses: (port, count, ignored) => {
        // What stands in a repeat is not looked at from outside.
        if (frame === this.#root)
          this.#choices.push({ node: node.id, port, count, ignored, value: inputs[port] as ValueId });
      },
      training: this.#kind === 'train' || this.#kind === 'gradients',
      check: (measured) =>
        this.#checks.add(node.id, measured, frame, this.#root, this.#iterationsOf(node.id)),
      metric: (name, value) => this.#metric(node, this.#cut.metricNames?.get(node.id) ?? name, value, frame),
    };
  }

  /** State of a node, in its frame. In repeats it is stacked, and each iteration has its row. */
  #declare(
    { id: path, definition }: ResolvedNode,
    name: string,
    shape: readonly number[],
    about: Pick<DeclaredState, 'trainable' | 'init' | 'tags'>,
    frame: Frame,
  ): ValueId {
    const iterations = this.#iterationsOf(path);
    const named = namesOfState(path, name, iterations);
    const stacked = [...(named.repeats?.counts ?? []), ...shape];
    let value = this.#state.get(named.name)?.value;
    if (value === undefined) {
      const { ir } = this.#root;
      const { source } = ir;
      ir.source = path;
      value = ir.input(named.name, stacked, 'state');
      ir.source = source;
      this.#state.set(named.name, { ...named, shape: stacked, ...about, value });
    }
    if (kinds[this.#kind].trains && definition.keepsState && !about.trainable)
      return this.#stateUpdates.read(named.name, value, iterations, frame);
    const here = valueInRepeats(value, iterations, frame, 'state');
    frame.state.set(here, named.name);
    return here;
  }

  /** Optimizers stand in no repeat, so the program itself holds what they keep. */
  #stateOf(
    { id, definition }: ResolvedNode,
    parameter: ValueId,
    name: string,
    kind: 'like' | 'count' | 'average',
  ): ValueId {
    const { ir } = this.#root;
    const spec = this.#state.get(this.#root.nameOf(parameter)) as StateSpec;
    const shape = kind === 'count' ? (spec.repeats?.counts ?? []) : spec.shape;
    const names = namesOfKept(id, name, spec);
    const value = ir.input(names.name, shape, 'state');
    const kept = { trainable: false, optimizer: definition.type, init: { kind: 'zeros' } };
    const standsIn = kind === 'average' ? namesOfKept(id, averageNames.count, spec).name : undefined;
    const about = { ...kept, ...(standsIn !== undefined && { standsIn }) };
    this.#state.set(names.name, { ...names, shape, ...about, value });
    return value;
  }

  /**
   * A node's draws are streams of its own: what other nodes draw does not change them. All iterations of a
   * repeat draw from one stream, one after the other.
   */
  #random(node: ResolvedNode, draw: number, shape: readonly number[], frame: Frame): ValueId {
    const { ir } = this.#root;
    const iterations = this.#iterationsOf(node.id);
    this.#randomKey ??= ir.input(randomKeyInput, [4], 'feed');
    const stream = keyFrom(0, streamPath(node.id, iterations), draw)[0];
    const drawn = ir.random(this.#randomKey, stream, [...iterations.map(({ count }) => count), ...shape]);
    return valueInRepeats(drawn, iterations, frame, 'draw');
  }

  /** In repeats the numbers of all iterations are one stream, and each has its part. */
  #drawn(path: PathText, fill: DrawnSpec['fill'], shape: readonly number[], frame: Frame): ValueId {
    const iterations = this.#iterationsOf(path);
    const stacked = [...iterations.map(({ count }) => count), ...shape];
    const value = this.#inputs.drawn(streamPath(path, iterations), fill, stacked);
    return valueInRepeats(value, iterations, frame, 'draw');
  }

  /** Two nodes that measure the same kind of thing are told apart by their ids. */
  #metric(node: ResolvedNode, name: string, value: ValueId, frame: Frame): void {
    const iterations = this.#iterationsOf(node.id);
    if (iterations.length > 0) {
      frame.lift(value, (stacked) => {
        for (const { path, value: of } of everyIteration(this.#root.ir, node.id, stacked, iterations))
          this.#metrics.set(`${name}:${path}`, of);
      });
      return;
    }
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
    const { axes, parts, keys } = this.#shown ?? noneShown;
    const values: Record<string, string> = this.#shown
      ? expose('value', this.#shown.outputs)
      : expose('gradient', this.#gradients);
    for (const [key, of] of keys) values[key] = values[of] as string;
    if (this.#shown) addAliases(this.#analysis, values, parts, axes);
    const state = [...this.#state.values()].map(({ value: _, tags: __, ...spec }) => spec);
    const checks = this.#checks.finish(outputs);
    const program = this.#root.ir.finish(outputs, this.#stateUpdates.updates);
    verifyUpdates(program, kinds[this.#kind].trains);
    return {
      kind: this.#kind,
      program,
      state,
      feeds: this.#inputs.feeds,
      drawn: this.#inputs.drawnSpecs,
      data: this.#inputs.specs,
      choices: this.#choices,
      checks,
      metrics,
      values,
      parts,
      axes,
    };
  }
}

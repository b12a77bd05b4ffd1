/**
 * Inference for one node, as a function of its parameters and the types of its inputs alone. Sizes it
 * cannot know are unknowns; that two sizes are equal is stated, and solved later for the whole graph.
 * So the result can be kept for as long as the inputs stay the same, and where it says nothing of the
 * node itself, it is that of every such node.
 */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, type Place } from '../../base/diagnostic.ts';
import { text } from '../../base/text.ts';
import type { InferContext } from '../../catalogue/define.ts';
import { type Axis, type TensorType, withBatchOf } from '../../tensor/axis.ts';
import {
  asNumber,
  atomsOf,
  constant,
  equal,
  hasUnknown,
  type Size,
  substitute,
  symbol,
  unknown,
} from '../../tensor/size.ts';
import { parseSize } from '../../tensor/size-parser.ts';
import { met, type Statement } from '../../tensor/unify.ts';
import { flatSize, type Scope } from '../elaborate/scope.ts';
import type { Inferred, PortTypes, WrittenSize } from './inferred.ts';
import type { ResolvedNode } from './resolve.ts';

/** A size that two numbers claim. It is open, but no question: the conflict has been told. */
const disputed = (id: string): Size => unknown(`disputed ${id}`);
export const isDisputed = (size: Size): boolean =>
  hasUnknown(size) &&
  atomsOf(size).some((atom) => atom.kind === 'unknown' && atom.id.startsWith('disputed '));

export const freeSymbol = (name: string): Size => unknown(`dim ${name}`);

const none: readonly never[] = [];
const noSymbols: ReadonlySet<string> = new Set();

/** Runs `infer` of node after node; what a run says is gathered here. */
export class Inference implements InferContext<unknown> {
  params: unknown;
  inputs: PortTypes = {};
  #node!: ResolvedNode;
  #dims: GraphDocument['dims'] = {};
  #scope: Scope | undefined;
  #unknowns = 0;
  #isShared = true;
  #statements: Statement[] | undefined;
  #diagnostics: Diagnostic[] | undefined;
  #written: WrittenSize[] | undefined;
  #symbols: Set<string> | undefined;
  readonly #keep: (types: PortTypes) => PortTypes;

  /** `keep`: gives the objects that stand for the types of outputs. */
  constructor(keep = (types: PortTypes): PortTypes => types) {
    this.#keep = keep;
  }

  run(
    node: ResolvedNode,
    inputs: PortTypes,
    dims: GraphDocument['dims'],
    scope: Scope | undefined,
  ): Inferred {
    this.#node = node;
    this.#scope = scope;
    this.#dims = dims;
    this.#unknowns = 0;
    this.#isShared = true;
    this.#statements = this.#diagnostics = this.#written = this.#symbols = undefined;
    this.params = node.params;
    this.inputs = inputs;
    const given = node.definition.infer(this);
    const outputs = node.definition.transparent ? withoutGaps(given) : outputsOf(given, inputs);
    return {
      inputs,
      outputs: this.#keep(outputs),
      isShared: this.#isShared,
      statements: this.#statements ?? none,
      diagnostics: this.#diagnostics ?? none,
      written: this.#written ?? none,
      symbols: this.#symbols ?? noSymbols,
    };
  }

  readonly fresh = (): Size => {
    this.#isShared = false;
    return unknown(`size ${this.#node.id} ${this.#unknowns++}`);
  };

  readonly size = (written: number | string, param: string): Size => {
    if (typeof written === 'string') return this.#parse(written, param);
    const said = { param, size: written };
    if (this.#written) this.#written.push(said);
    else this.#written = [said];
    return constant(written);
  };

  readonly unify = (left: Axis, right: Axis, place: Place): Axis => {
    // What is disputed agrees with everything: its conflict has been told.
    if (equal(left.size, right.size) || isDisputed(right.size)) return withBatchOf(left, right);
    if (isDisputed(left.size)) return withBatchOf({ ...right, name: left.name }, left);
    this.#isShared = false;
    this.#statements ??= [];
    this.#statements.push({ left, right, where: this.#here(place) });
    // Two numbers that differ are one mistake: what is below takes either, and complains of neither.
    if (asNumber(left.size) === undefined || asNumber(right.size) === undefined) return met(left, right);
    return { ...withBatchOf(left, right), size: disputed(`${this.#node.id} ${this.#unknowns++}`) };
  };

  readonly report: InferContext<unknown>['report'] = (code, place, ...told) => {
    this.#say(diagnose(code, this.#here(place), ...told));
  };

  #say(diagnostic: Diagnostic): void {
    this.#isShared = false;
    this.#diagnostics ??= [];
    this.#diagnostics.push(diagnostic);
  }

  #here(place: Place): Place {
    const edge = place.port === undefined ? undefined : this.#node.wires[place.port]?.edge;
    return { node: this.#node.id, ...(edge !== undefined && { edge }), ...place };
  }

  /** Reads a size that was written as a symbol or an expression. */
  #parse(written: string, param: string): Size {
    const node = this.#node.id;
    const dims = this.#dims;
    const read = parseSize(written);
    if ('error' in read) {
      const { en, zh } = read.error;
      const detail = text(`"${written}": ${en}`, `“${written}”：${zh}`);
      this.#say(diagnose('bad-param', { node, param }, { param, detail }));
      return this.fresh();
    }
    // Inside a block a symbol is another one for each use.
    if (this.#scope) this.#isShared = false;
    this.#symbols ??= new Set();
    const undeclared = new Set<string>();
    const size = flatSize(read.size, this.#scope);
    for (const atom of atomsOf(size)) {
      if (atom.kind !== 'symbol') continue;
      this.#symbols.add(atom.name);
      if (!Object.hasOwn(dims, atom.name)) undeclared.add(atom.name);
    }
    for (const name of undeclared) this.#say(undeclaredDim(node, param, name));
    return substitute(size, (atom) => {
      if (atom.kind !== 'symbol') return undefined;
      const dim = Object.hasOwn(dims, atom.name) ? dims[atom.name] : undefined;
      return dim !== undefined && dimSize(dim) !== undefined ? symbol(atom.name) : freeSymbol(atom.name);
    });
  }
}

/**
 * What a node gives. Outputs that it leaves out have no type; and what is passed on as it came may have
 * been computed with: of what numbers mean, only what a node says of its own output counts.
 */
function outputsOf(given: Readonly<Record<string, TensorType | undefined>>, inputs: PortTypes): PortTypes {
  const outputs: Record<string, TensorType> = {};
  let isAsGiven = true;
  for (const port in given) {
    const type = given[port];
    if (type && !(isKnown(type) && isPassedOn(type, inputs))) continue;
    isAsGiven = false;
  }
  if (isAsGiven) return given as PortTypes;
  for (const port in given) {
    const type = given[port];
    if (type) outputs[port] = isKnown(type) && isPassedOn(type, inputs) ? { axes: type.axes } : type;
  }
  return outputs;
}

const isKnown = (type: TensorType): boolean => type.valueKind !== undefined || type.written !== undefined;

const withoutGaps = (given: Readonly<Record<string, TensorType | undefined>>): PortTypes =>
  Object.values(given).includes(undefined) ? {} : (given as PortTypes);

function isPassedOn(type: TensorType, inputs: PortTypes): boolean {
  for (const port in inputs) if (inputs[port] === type) return true;
  return false;
}

const suggestedSize = 32;

function undeclaredDim(node: string, param: string, name: string): Diagnostic {
  const title = text(`Declare ${name} = ${suggestedSize}`, `声明 ${name} = ${suggestedSize}`);
  const fixes = [{ title, edits: [{ edit: 'setDim', name, size: suggestedSize } as const] }];
  return diagnose('unknown-dim', { node, param }, { name }, { fixes });
}

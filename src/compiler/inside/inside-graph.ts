/**
 * What a node is made of: the operations that its own lowering adds to the unoptimised program, and those of its
 * derivative, as a small graph. Cards are operations, and what comes in and goes out; wires are values.
 */

import type { Expr } from '../../ir/expr.ts';
import { argsOf } from '../../ir/ops/index.ts';
import type { Op, Program, Shape, ValueId } from '../../ir/program.ts';
import { axisNames } from './axis-names.ts';
import { operandName, operationFormula } from './operation-formula.ts';

/** Forward: what the node computes; backward: its derivative, the last operation first. */
export type InsidePhase = 'forward' | 'backward';

export interface InsideCard {
  readonly id: string;
  /** An operation; what comes in, from other nodes, as a parameter, or to a derivative from `forward`; what goes out. */
  readonly kind: Op['kind'] | 'given' | 'parameter' | 'forward' | 'result' | 'gradient';
  readonly phase: InsidePhase;
  /** What it gives, or of a result what it takes. */
  readonly value: ValueId;
  readonly formula: string;
  /** Of what comes in and goes out: the port, or the parameter. */
  readonly name: string;
  /** The path of the node that it comes from or goes to, or whose derivative it is a part of. */
  readonly node: string | undefined;
  readonly inputs: readonly string[];
}

export interface InsideWire {
  readonly from: string;
  readonly to: string;
  readonly input: string;
  readonly value: ValueId;
}

export interface InsideValue {
  readonly shape: Shape;
  /** Empty where an axis has no name. */
  readonly axes: readonly string[];
}

export interface InsideGraph {
  readonly node: string;
  /** In the order in which they are computed: forward, then backward. */
  readonly cards: readonly InsideCard[];
  readonly wires: readonly InsideWire[];
  readonly values: Readonly<Record<ValueId, InsideValue>>;
  /** Whether the numbers of the values can be had: not in a repeat, which computes them many times. */
  readonly measurable: boolean;
}

export interface InsideQuestion {
  readonly node: string;
  /** Whether what it adds is all its own: an optimizer asks for derivatives of others. */
  readonly trains: boolean;
  /** Names of axes and of ports, by the value that a port of the document gives. */
  readonly ports: ReadonlyMap<ValueId, { readonly name: string; readonly axes: readonly string[] }>;
}

/** Undefined where nothing of the program comes from the node. */
export function insideGraph(program: Program, question: InsideQuestion): InsideGraph | undefined {
  const found = bodyOf(program, question.node);
  if (!found) return undefined;
  return new Drawing(found, question, found === program).draw();
}

/** The program that has operations of the node: the whole, or the body of a recurrence in it. */
function bodyOf(program: Program, node: string): Program | undefined {
  if (program.ops.some((op) => op.source === node && op.kind !== 'scan' && op.kind !== 'input'))
    return program;
  for (const op of program.ops) {
    const inner = op.kind === 'scan' ? bodyOf(op.body, node) : undefined;
    if (inner) return inner;
  }
  return program.ops.some((op) => op.source === node) ? program : undefined;
}

/** The operands that an operation reads; a softmax names one that its expression does not. */
function operandsOf(op: Op): readonly (readonly [number, ValueId])[] {
  const args = argsOf(op).map((arg, k) => [k, arg] as const);
  if (op.kind !== 'map') return args;
  const read = new Set<number>();
  visit(op.expr, read);
  return args.filter(([k]) => read.has(k));
}

function visit(expr: Expr, read: Set<number>): void {
  if (expr.op === 'arg') read.add(expr.index);
  for (const part of ['a', 'b', 'c'] as const) {
    const inner = (expr as { readonly [key in typeof part]?: Expr })[part];
    if (inner) visit(inner, read);
  }
}

/** A copy: a port gives a value of its own, which is the same. */
const isCopy = (op: Op): boolean =>
  op.kind === 'map' && op.args.length === 1 && op.expr.op === 'arg' && op.axes[0]?.length === op.shape.length;

class Drawing {
  readonly #program: Program;
  readonly #question: InsideQuestion;
  readonly #measurable: boolean;
  readonly #ports: InsideQuestion['ports'];
  /** The operations that read each value. */
  readonly #readers = new Map<ValueId, ValueId[]>();
  /** What is read when all is computed. */
  readonly #kept: ReadonlySet<ValueId>;
  readonly #forward: ReadonlySet<ValueId>;
  readonly #backward: ReadonlySet<ValueId>;
  readonly #names: readonly (readonly string[])[];
  readonly #cards = new Map<string, InsideCard>();
  readonly #wires: InsideWire[] = [];

  constructor(program: Program, question: InsideQuestion, measurable: boolean) {
    this.#program = program;
    this.#question = question;
    this.#measurable = measurable;
    // Values of a repeat's body are counted anew.
    this.#ports = measurable ? question.ports : new Map();
    const { ops } = program;
    const { node, trains } = question;
    for (const [id, op] of ops.entries())
      for (const arg of argsOf(op)) this.#readers.set(arg, [...(this.#readers.get(arg) ?? []), id]);
    this.#kept = new Set([...program.outputs, ...program.updates].map(({ value }) => value));
    this.#forward = this.#alive(
      (op) => op.source === node && op.derives !== node && (!trains || op.derives === undefined),
    );
    // Of several derivatives one is drawn: that which the first asks for.
    const asker = ops.find((op) => op.derives === node && op.source !== node)?.source;
    this.#backward = this.#alive((op) => op.derives === node && op.source === asker && asker !== node);
    const named = new Map([...this.#ports].map(([value, { axes }]) => [value, axes]));
    for (const [value, axes] of this.#cotangents()) named.set(value, axes);
    this.#names = axisNames(program, named);
  }

  draw(): InsideGraph {
    this.#phase(this.#forward, 'forward');
    this.#phase(this.#backward, 'backward');
    const used = new Set([...this.#wires, ...this.#cards.values()].map(({ value }) => value));
    return {
      node: this.#question.node,
      cards: [...this.#cards.values()],
      wires: this.#wires,
      values: Object.fromEntries(
        [...used].map((id) => [id, { shape: this.#op(id).shape, axes: this.#names[id] ?? [] }]),
      ),
      measurable: this.#measurable,
    };
  }

  #op = (id: ValueId): Op => this.#program.ops[id] as Op;

  /** Operations of which something comes: what was folded into others is still written, and read by nobody. */
  #alive(which: (op: Op) => boolean): ReadonlySet<ValueId> {
    const alive = new Set<ValueId>();
    const { ops } = this.#program;
    for (let id = ops.length - 1; id >= 0; id--) {
      const op = this.#op(id);
      if (op.kind === 'input' || !which(op)) continue;
      const readers = this.#readers.get(id) ?? [];
      const isRead = readers.some((reader) => alive.has(reader) || !which(this.#op(reader)));
      if (isRead || this.#kept.has(id) || this.#ports.has(id)) alive.add(id);
    }
    return new Set([...alive].sort((a, b) => a - b));
  }

  /** What a derivative is given has the axes of what the node gives, where that is known by its shape. */
  #cotangents(): (readonly [ValueId, readonly string[]])[] {
    const outputs = [...this.#forward].flatMap((id) => {
      const axes = this.#ports.get(id)?.axes;
      return axes ? [{ shape: this.#op(id).shape.join(), axes }] : [];
    });
    const given = new Set([...this.#backward].flatMap((id) => argsOf(this.#op(id))));
    return [...given].flatMap((id) => {
      const { derives, shape } = this.#op(id);
      const like = outputs.find((output) => output.shape === shape.join());
      return derives !== undefined && like && !this.#backward.has(id) ? [[id, like.axes] as const] : [];
    });
  }

  /** The value that a copy is of. */
  #original(id: ValueId): ValueId {
    const op = this.#op(id);
    return isCopy(op) && (this.#forward.has(id) || this.#backward.has(id))
      ? this.#original(argsOf(op)[0] as ValueId)
      : id;
  }

  #phase(ids: ReadonlySet<ValueId>, phase: InsidePhase): void {
    for (const id of ids) {
      const op = this.#op(id);
      if (isCopy(op)) continue;
      const operands = operandsOf(op);
      const names = argsOf(op).map((arg) => this.#names[arg] ?? []);
      for (const [k, arg] of operands) {
        const value = this.#original(arg);
        const from = this.#giver(value, phase);
        this.#wires.push({ from, to: `v${id}`, input: operandName(k), value });
      }
      const { node } = this.#question;
      this.#add({
        ...{ id: `v${id}`, kind: op.kind, phase, value: id, name: '' },
        formula: operationFormula(op, names, this.#names[id] ?? []),
        node: op.derives === node ? undefined : op.derives,
        inputs: operands.map(([k]) => operandName(k)),
      });
    }
    this.#results(ids, phase);
  }

  #add(card: InsideCard): string {
    if (!this.#cards.has(card.id)) this.#cards.set(card.id, card);
    return card.id;
  }

  /** The card that gives a value: an operation of the node, or what comes in. */
  #giver(value: ValueId, phase: InsidePhase): string {
    const own = phase === 'forward' ? this.#forward : this.#backward;
    if (own.has(value)) return `v${value}`;
    const op = this.#op(value);
    const base = { phase, value, inputs: [], formula: '', name: '', node: undefined };
    if (phase === 'backward' && this.#forward.has(value)) {
      const names = argsOf(op).map((arg) => this.#names[arg] ?? []);
      const formula = operationFormula(op, names, this.#names[value] ?? []);
      return this.#add({ ...base, id: `forward${value}`, kind: 'forward', formula });
    }
    const id = `${phase} in${value}`;
    if (op.kind === 'input') {
      const kind = op.role === 'state' ? 'parameter' : 'given';
      return this.#add({ ...base, id, kind, name: op.name });
    }
    const isConstant = op.kind === 'constant';
    return this.#add({
      ...base,
      id,
      kind: isConstant ? 'constant' : 'given',
      formula: isConstant ? operationFormula(op, [], []) : '',
      name: this.#ports.get(value)?.name ?? '',
      node: op.derives ?? op.source,
    });
  }

  /** What others read of it. */
  #results(ids: ReadonlySet<ValueId>, phase: InsidePhase): void {
    const drawn = new Set<ValueId>();
    for (const id of ids) {
      const { node } = this.#question;
      const outside = (this.#readers.get(id) ?? []).filter((reader) => {
        const { source, derives } = this.#op(reader);
        return derives !== node && (source !== node || phase === 'backward');
      });
      const port = this.#ports.get(id);
      const from = this.#original(id);
      if ((outside.length === 0 && !port && !this.#kept.has(id)) || drawn.has(from) || !ids.has(from))
        continue;
      drawn.add(from);
      const [first] = outside.map(this.#op);
      this.#add({
        ...{ id: `out${from}`, phase, value: from, formula: '', inputs: ['x'] },
        kind: phase === 'forward' ? 'result' : 'gradient',
        name: port?.name ?? this.#program.updates.find(({ value }) => value === id)?.state ?? '',
        node: phase === 'forward' ? undefined : (first?.derives ?? first?.source),
      });
      this.#wires.push({ from: `v${from}`, to: `out${from}`, input: 'x', value: from });
    }
  }
}

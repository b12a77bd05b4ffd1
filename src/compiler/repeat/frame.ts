/** Where operations go while a document is lowered: the program itself, or the body of a repeat. */
import { type PathText, readPath, showPath } from '../../base/path.ts';
import { Builder, type BuilderOptions } from '../../ir/builder.ts';
import { originsOf } from '../../ir/carry-origins.ts';
import type { Op, ValueId } from '../../ir/program.ts';
import { scanOf } from '../../ir/scan.ts';
import type { Region, RepeatIteration } from '../elaborate/flat.ts';

/** A value that each iteration gives, and who wants it stacked. */
interface Out {
  value: ValueId;
  take(stacked: ValueId): void;
}

/** A value that goes from iteration to iteration beside the ports of the repeat, and who wants the last. */
interface Carry {
  readonly first: ValueId;
  next: ValueId;
  take(last: ValueId): void;
}

/** Zeros, ones and deltas leave no trace in what is computed of them. */
export const leavesNoTrace = (op: Op): boolean => op.kind === 'contract' && op.args.length === 0;

/** Where carries go round in a circle all iterations are pulled back one by one, if they are no more than these. */
const MOST_IN_CIRCLES = 32;

export class Frame {
  readonly ir: Builder;
  readonly parent: Frame | undefined;
  /** Values that are the output of some port: the next port that gives one gets a copy. */
  readonly taken = new Set<ValueId>();
  /** State of the program, by the value that stands for it here. */
  readonly state = new Map<ValueId, string>();
  /** Values of the frame around, by what stands for them here. */
  readonly #rows = new Map<ValueId, ValueId>();
  readonly #constants = new Map<ValueId, ValueId>();
  readonly #outs: Out[] = [];
  readonly #carries: Carry[] = [];
  /** How many values the ports of the repeat carry. */
  readonly #carriedByPorts: number;

  constructor(parent?: Frame, options: BuilderOptions = {}, carriedByPorts = 0) {
    this.parent = parent;
    this.ir = new Builder(options);
    this.#carriedByPorts = carriedByPorts;
  }

  get #outer(): Frame {
    if (!this.parent) throw new Error('internal: the program has no frame around it');
    return this.parent;
  }

  /** In the k-th iteration, row k of a value of the frame around. */
  row(outer: ValueId): ValueId {
    let inner = this.#rows.get(outer);
    if (inner === undefined) {
      const shape = this.#outer.ir.shape(outer).slice(1);
      inner = this.ir.input(`row ${this.#rows.size}`, shape, 'feed');
      this.#rows.set(outer, inner);
    }
    return inner;
  }

  /** A value of the frame around, the same in every iteration. */
  constant(outer: ValueId): ValueId {
    let inner = this.#constants.get(outer);
    if (inner === undefined) {
      inner = this.ir.input(`constant ${this.#constants.size}`, this.#outer.ir.shape(outer), 'feed');
      this.#constants.set(outer, inner);
    }
    return inner;
  }

  /** The values of the frame around that have been brought in, and what stands for them here. */
  get constants(): readonly (readonly [outer: ValueId, inner: ValueId])[] {
    return [...this.#constants];
  }

  /** The name of state, by the value that stands for it here. */
  nameOf(state: ValueId): string {
    const op = this.ir.op(state);
    const name = this.state.get(state) ?? (op.kind === 'input' ? op.name : undefined);
    if (name === undefined) throw new Error('internal: only state can be updated');
    return name;
  }

  /** A value of this frame or of one around it, here. */
  bring(value: ValueId, from: Frame): ValueId {
    return from === this ? value : this.constant(this.#outer.bring(value, from));
  }

  /** A value that each iteration gives, to be said by what comes back, stacked in the frame around. */
  each(take: (stacked: ValueId) => void): (value: ValueId) => void {
    let out: Out | undefined;
    return (value) => {
      if (out) {
        out.value = value;
        return;
      }
      out = { value, take };
      this.#outs.push(out);
    };
  }

  /** A value of the frame around that goes from iteration to iteration: set `next`, which is what came in until then. */
  carry(first: ValueId, take: (last: ValueId) => void): { next: ValueId } {
    const name = `carry ${this.#carriedByPorts + this.#carries.length}`;
    const carry = { first, next: this.ir.input(name, this.#outer.ir.shape(first), 'feed'), take };
    this.#carries.push(carry);
    return carry;
  }

  /** Hands a value, stacked over all iterations around, to the program. */
  lift(value: ValueId, take: (stacked: ValueId) => void): void {
    const { parent } = this;
    if (parent) this.#outs.push({ value, take: (stacked) => parent.lift(stacked, take) });
    else take(value);
  }

  /**
   * Appends the scan to the frame around; gives what is there of each result after the last iteration. Results for
   * which there is no first value are carried too, and not read. What the body only hands on is the value around.
   */
  close(region: Region, inits: readonly ValueId[], results: readonly ValueId[]): readonly ValueId[] {
    const { ir } = this.#outer;
    const kept = this.#carries;
    const others = results.slice(inits.length);
    const firsts = [
      ...inits,
      ...kept.map(({ first }) => first),
      ...others.map((value) => ir.full(this.ir.shape(value), 0)),
    ];
    const nexts = [...results.slice(0, inits.length), ...kept.map(({ next }) => next), ...others];
    const outputs = [
      ...nexts.map((value, i) => ({ name: `carry ${i}`, value })),
      ...this.#outs.map(({ value }, i) => ({ name: `out ${i}`, value })),
    ];
    const [rows, constants] = [[...this.#rows.keys()], [...this.#constants.keys()]];
    const body = this.ir.finish(outputs, []);
    const args = [...firsts, ...rows, ...constants];
    const origins = originsOf({ args, carries: firsts.length, rows: rows.length, body });
    const isBare = Number.isFinite(origins.settled) || region.count <= MOST_IN_CIRCLES;
    const whole = { length: region.count, carries: firsts, rows, constants };
    const { last, outs } = scanOf(ir, whole, body, isBare);
    for (const [i, { take }] of this.#outs.entries()) take(outs[i] as ValueId);
    for (const [i, { take }] of kept.entries()) take(last[inits.length + i] as ValueId);
    const from = nexts.map((_, k) => origins.at(k, region.count));
    const given = from.map((origin) => {
      if ('outer' in origin) return origin.outer;
      const { index, age } = origin;
      const same = from.findIndex((o) => 'index' in o && o.index === index && o.age === age);
      return last[same] as ValueId;
    });
    return [...given.slice(0, inits.length), ...given.slice(inits.length + kept.length)];
  }
}

/**
 * A value of the program that is stacked over repeats, in the frame of one iteration: in a repeat that is
 * a loop its row, in one that is written out the part of its index. State that repeats share is not
 * stacked over them.
 */
export function valueInRepeats(
  value: ValueId,
  iterations: readonly RepeatIteration[],
  frame: Frame,
  what: 'state' | 'draw',
): ValueId {
  const frames = framesTo(frame);
  let [here = frame] = frames;
  let next = 1;
  let found = value;
  for (const { isLoop, index, shared } of iterations) {
    const isStacked = what === 'draw' || !shared;
    if (isLoop) {
      here = frames[next++] as Frame;
      found = isStacked ? here.row(found) : here.constant(found);
    } else if (isStacked) found = part(here.ir, found, index);
  }
  return found;
}

/** The program's own frame, and those of the loops down to this one. */
export function framesTo(frame: Frame): Frame[] {
  const frames: Frame[] = [];
  for (let at: Frame | undefined = frame; at; at = at.parent) frames.unshift(at);
  return frames;
}

/** Element i along the first axis. */
export const part = (ir: Builder, value: ValueId, i: number): ValueId =>
  ir.reshape(ir.part(value, 0, i, 1), ir.shape(value).slice(1));

/** The values of a node in all iterations around it, by the path that each has. Loops alone are stacked. */
export function everyIteration(
  ir: Builder,
  path: PathText,
  stacked: ValueId,
  iterations: readonly RepeatIteration[],
): readonly { readonly path: PathText; readonly value: ValueId }[] {
  let found: { ids: readonly string[]; value: ValueId }[] = [{ ids: readPath(path), value: stacked }];
  for (const { isLoop, count, at } of iterations)
    if (isLoop)
      found = found.flatMap(({ ids, value }) =>
        Array.from({ length: count }, (_, i) => ({
          ids: ids.with(at, String(i)),
          value: part(ir, value, i),
        })),
      );
  return found.map(({ ids, value }) => ({ path: showPath(ids), value }));
}

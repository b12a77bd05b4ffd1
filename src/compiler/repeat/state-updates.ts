/**
 * State that nodes read and update while a document is trained, in repeats too: where a repeat has a row for each
 * iteration, each updates its own; where iterations share it, each finds what the one before has left, as if they
 * stood one after the other.
 */
import type { Builder } from '../../ir/builder.ts';
import type { Program, ValueId } from '../../ir/program.ts';
import type { RepeatIteration } from '../elaborate/flat.ts';
import { type Frame, framesTo, part } from './frame.ts';

/** State of the program, or the part of it that an iteration has. */
interface Cell {
  /** What it is by now, in its frame. */
  readonly value: ValueId;
  set(value: ValueId): void;
}

export class StateUpdates {
  /** By name; in each frame by the value that stands for it there. */
  readonly #whole = new Map<string, Cell>();
  readonly #inLoops = new Map<Frame, Map<string, Cell>>();
  readonly #read = new Map<Frame, Map<ValueId, Cell>>();
  readonly #updates = new Map<string, ValueId>();

  /** The value of a state in the frame of one iteration, from which on it may be updated; `value`: its input of the program. */
  read(name: string, value: ValueId, iterations: readonly RepeatIteration[], frame: Frame): ValueId {
    const [root = frame, ...loops] = framesTo(frame);
    let cell = known(this.#whole, name, () => this.#wholeCell(name, value));
    let here = root;
    for (const { isLoop, index, shared } of iterations) {
      if (isLoop) {
        here = loops.shift() as Frame;
        const [inner, outer] = [here, cell];
        const inFrame = known(this.#inLoops, inner, () => new Map<string, Cell>());
        cell = known(inFrame, name, () => (shared ? carried : inRow)(inner, outer));
      } else if (!shared) cell = partOf(here.ir, cell, index);
    }
    known(this.#read, frame, () => new Map<ValueId, Cell>()).set(cell.value, cell);
    return cell.value;
  }

  /** A state has one new value: of two optimizers on one parameter, which the check tells, the first keeps it. */
  update(state: ValueId, value: ValueId, frame: Frame): void {
    const cell = this.#read.get(frame)?.get(state);
    const name = cell ? '' : frame.nameOf(state);
    if (cell) cell.set(value);
    else if (!this.#updates.has(name)) this.#updates.set(name, value);
  }

  get updates(): Program['updates'] {
    return Array.from(this.#updates, ([state, value]) => ({ state, value }));
  }

  #wholeCell(name: string, first: ValueId): Cell {
    const updates = this.#updates;
    return {
      get value() {
        return updates.get(name) ?? first;
      },
      set: (value) => updates.set(name, value),
    };
  }
}

function known<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** The row of one iteration of a loop. */
function inRow(frame: Frame, stack: Cell): Cell {
  let value = frame.row(stack.value);
  let give: ((value: ValueId) => void) | undefined;
  return {
    get value() {
      return value;
    },
    set(next) {
      value = next;
      give ??= frame.each((stacked) => stack.set(stacked));
      give(next);
    },
  };
}

/** What goes from each iteration of a loop to the next. */
function carried(frame: Frame, outer: Cell): Cell {
  const carry = frame.carry(outer.value, (last) => outer.set(last));
  return {
    get value() {
      return carry.next;
    },
    set(next) {
      carry.next = next;
    },
  };
}

/** The part of an iteration that is written out. */
function partOf(ir: Builder, whole: Cell, index: number): Cell {
  return {
    value: part(ir, whole.value, index),
    set(next) {
      const [count = 1, ...shape] = ir.shape(whole.value);
      const own = ir.reshape(next, [1, ...shape]);
      const others = (from: number, size: number) => (size > 0 ? [ir.part(whole.value, 0, from, size)] : []);
      whole.set(ir.concat([...others(0, index), own, ...others(index + 1, count - index - 1)], 0));
    },
  };
}

/**
 * What every engine does alike around its numbers: the named buffers of a plan as windows on one typed
 * array, copied in and out, and the search for the first element that is not finite.
 */
import { writeFill } from '../ir/fill.ts';
import { bytesOf, type Plan, type PlanBuffer } from '../ir/plan.ts';
import { elements } from '../ir/program.ts';
import { EngineError, type Feeds, type MetricsLog } from './engine.ts';

export type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A metric's place in the log. */
interface Column {
  readonly name: string;
  readonly column: Numbers;
  readonly note: (step: number) => void;
}

export class Arena {
  readonly plan: Plan;
  /** All buffers; element i of a buffer lies at `start(buffer) + i`. */
  #numbers: Numbers;

  /** Takes the memory over and writes the plan's constants into it. */
  constructor(plan: Plan, numbers: Numbers) {
    this.plan = plan;
    this.#numbers = numbers;
    for (const { buffer, data } of plan.constants) {
      const place = bufferAt(plan, buffer);
      if ('length' in data) this.#copyIn(place, data, `constant ${buffer}`);
      else {
        const start = this.start(buffer);
        writeFill(data, place.shape, numbers.subarray(start, start + elements(place.shape)));
      }
    }
  }

  get numbers(): Numbers {
    return this.#numbers;
  }

  /** The index of a buffer's first element. */
  start(buffer: number): number {
    return bufferAt(this.plan, buffer).offset / bytesOf[this.plan.dtype];
  }

  write(name: string, data: ArrayLike<number>): void {
    this.#copyIn(this.#input(name), data, `input "${name}"`);
  }

  read(name: string, from = 0, to?: number): Numbers {
    const buffer = this.#named(name);
    const start = buffer.offset / bytesOf[this.plan.dtype];
    const size = elements(buffer.shape);
    return this.#numbers.slice(start + from, start + Math.min(to ?? size, size));
  }

  /**
   * Takes a step so many times, each with its row of the feeds in place, and copies the metrics into the log
   * after each. Between the first step and the last nothing is allocated.
   */
  advance(step: () => void, steps: number, feeds: Feeds = {}): MetricsLog {
    const fed = Object.entries(feeds).map(([name, data]) => this.#rows(name, data, steps));
    const logged = Object.entries(this.plan.metrics).map(([name, buffer]) =>
      this.#column(name, buffer, steps),
    );
    const logOf = (done: number): MetricsLog =>
      Object.fromEntries(logged.map(({ name, column }) => [name, column.subarray(0, done)]));
    let done = 0;
    try {
      for (; done < steps; done++) {
        for (let f = 0; f < fed.length; f++) (fed[f] as (row: number) => void)(done);
        step();
        for (let m = 0; m < logged.length; m++) (logged[m] as Column).note(done);
      }
    } catch (error) {
      if (error instanceof EngineError) throw new EngineError(error.code, error.reason, logOf(done));
      throw error;
    }
    return logOf(steps);
  }

  /** Lets go of the numbers; what is read or written afterwards is a bug. */
  release(): void {
    this.#numbers = this.#numbers.slice(0, 0);
  }

  /** What puts a row of a feed into its input. */
  #rows(name: string, data: ArrayLike<number>, steps: number): (row: number) => void {
    const buffer = this.#input(name);
    const size = elements(buffer.shape);
    const at = buffer.offset / bytesOf[this.plan.dtype];
    const wanted = steps * size;
    if (data.length !== wanted)
      throw new Error(`internal: ${steps} steps take ${wanted} numbers as "${name}", not ${data.length}`);
    const numbers = this.#numbers;
    return (row) => {
      for (let i = 0; i < size; i++) numbers[at + i] = data[row * size + i] as number;
    };
  }

  #column(name: string, buffer: number, steps: number): Column {
    const numbers = this.#numbers;
    const at = this.start(buffer);
    const column = numbers instanceof Float32Array ? new Float32Array(steps) : new Float64Array(steps);
    const note = (step: number): void => {
      column[step] = numbers[at] as number;
    };
    return { name, column, note };
  }

  #copyIn(buffer: PlanBuffer, data: ArrayLike<number>, what: string): void {
    const size = elements(buffer.shape);
    if (data.length !== size) throw new Error(`internal: ${what} takes ${size} numbers, not ${data.length}`);
    this.#numbers.set(data, buffer.offset / bytesOf[this.plan.dtype]);
  }

  #input(name: string): PlanBuffer {
    const input = this.plan.inputs[name];
    if (input === undefined) throw new Error(`internal: the plan has no input "${name}"`);
    if (this.#numbers.length === 0) throw new Error('internal: the executable is disposed of');
    return bufferAt(this.plan, input.buffer);
  }

  /** An input's buffer, else an output's. */
  #named(name: string): PlanBuffer {
    const buffer = this.plan.inputs[name]?.buffer ?? this.plan.outputs[name];
    if (buffer === undefined)
      throw new Error(`internal: the plan has neither an input nor an output "${name}"`);
    if (this.#numbers.length === 0) throw new Error('internal: the executable is disposed of');
    return bufferAt(this.plan, buffer);
  }
}

export function bufferAt(plan: Plan, buffer: number): PlanBuffer {
  const found = plan.buffers[buffer];
  if (found === undefined) throw new Error(`internal: the plan has no buffer ${buffer}`);
  return found;
}

/**
 * What every engine does alike around its numbers: the named buffers of a plan as windows on one typed
 * array, copied in and out, and the search for the first element that is not finite.
 */
import { bytesOf, type Plan, type PlanBuffer } from '../ir/plan.ts';
import { elements } from '../ir/program.ts';
import { writtenBy } from './written.ts';

export type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

export class Arena {
  readonly plan: Plan;
  /** All buffers; element i of a buffer lies at `start(buffer) + i`. */
  #numbers: Numbers;

  /** Takes the memory over and writes the plan's constants into it. */
  constructor(plan: Plan, numbers: Numbers) {
    this.plan = plan;
    this.#numbers = numbers;
    for (const { buffer, data } of plan.constants)
      this.#copyIn(bufferAt(plan, buffer), data, `constant ${buffer}`);
  }

  get numbers(): Numbers {
    return this.#numbers;
  }

  /** The index of a buffer's first element. */
  start(buffer: number): number {
    return bufferAt(this.plan, buffer).offset / bytesOf[this.plan.dtype];
  }

  write(name: string, data: ArrayLike<number>): void {
    const input = this.plan.inputs[name];
    if (input === undefined) throw new Error(`internal: the plan has no input "${name}"`);
    this.#copyIn(bufferAt(this.plan, input.buffer), data, `input "${name}"`);
  }

  read(name: string): Numbers {
    const buffer = this.#named(name);
    const start = buffer.offset / bytesOf[this.plan.dtype];
    return this.#numbers.slice(start, start + elements(buffer.shape));
  }

  readScalar(name: string): number {
    return this.#numbers[this.#named(name).offset / bytesOf[this.plan.dtype]] as number;
  }

  /** Lets go of the numbers; what is read or written afterwards is a bug. */
  release(): void {
    this.#numbers = this.#numbers.slice(0, 0);
  }

  /** Whether every element that a step writes is finite now. */
  isFiniteAfter(index: number): boolean {
    const step = this.plan.steps[index];
    if (step === undefined) throw new Error(`internal: the plan has no step ${index}`);
    return writtenBy(step, this.plan).every(({ buffer, offset, dims, strides }) => {
      const visit = (at: number, d: number): boolean => {
        if (d === dims.length) return Number.isFinite(this.#numbers[at]);
        for (let i = 0; i < (dims[d] as number); i++)
          if (!visit(at + i * (strides[d] as number), d + 1)) return false;
        return true;
      };
      return visit(this.start(buffer) + offset, 0);
    });
  }

  #copyIn(buffer: PlanBuffer, data: ArrayLike<number>, what: string): void {
    const size = elements(buffer.shape);
    if (data.length !== size) throw new Error(`internal: ${what} takes ${size} numbers, not ${data.length}`);
    if (this.#numbers.length === 0) throw new Error('internal: the executable is disposed of');
    this.#numbers.set(data, buffer.offset / bytesOf[this.plan.dtype]);
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

/** The error for memory that cannot be had: its message begins with `memory:`, which callers look for. */
export const outOfMemory = (bytes: number): Error =>
  new Error(`memory: the ${bytes} bytes that the plan needs cannot be had`);

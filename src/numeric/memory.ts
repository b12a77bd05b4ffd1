/** Reading and writing a plan's inputs and outputs by name: what every engine does alike. */
import { bytesOf, outputOf, type Plan } from '../ir/plan.ts';

/** An arena seen as numbers, which start `origin` elements into it. */
export interface Arena {
  readonly plan: Plan;
  readonly numbers: Float32Array | Float64Array;
  readonly origin: number;
}

/** First element and number of elements of a buffer. */
export function span({ plan, origin }: Arena, buffer: number): { start: number; length: number } {
  const { offset, bytes } = plan.buffers[buffer] as Plan['buffers'][number];
  const size = bytesOf[plan.dtype];
  return { start: origin + offset / size, length: bytes / size };
}

function bufferOf({ plan }: Arena, name: string): number {
  const buffer = Object.hasOwn(plan.inputs, name) ? plan.inputs[name]?.buffer : Object.hasOwn(plan.outputs, name) ? plan.outputs[name] : undefined;
  if (buffer === undefined) throw new Error(`internal: the plan has no input or output "${name}"`);
  return buffer;
}

export function write(arena: Arena, name: string, data: ArrayLike<number>): void {
  if (!Object.hasOwn(arena.plan.inputs, name)) throw new Error(`internal: the plan has no input "${name}"`);
  const { start, length } = span(arena, bufferOf(arena, name));
  if (data.length !== length) throw new Error(`internal: input "${name}" takes ${length} numbers, not ${data.length}`);
  arena.numbers.set(data, start);
}

export function read(arena: Arena, name: string): Float32Array | Float64Array {
  const { start, length } = span(arena, bufferOf(arena, name));
  return arena.numbers.slice(start, start + length);
}

export const readScalar = (arena: Arena, name: string): number => arena.numbers[span(arena, bufferOf(arena, name)).start] as number;

export function writeConstants(arena: Arena): void {
  for (const { buffer, data } of arena.plan.constants) arena.numbers.set(data, span(arena, buffer).start);
}

/** Whether the buffer that a step wrote holds NaN or Infinity. */
export function isPoisoned(arena: Arena, step: number): boolean {
  const { start, length } = span(arena, outputOf(arena.plan.steps[step] as Plan['steps'][number]));
  for (let i = start; i < start + length; i++) if (!Number.isFinite(arena.numbers[i])) return true;
  return false;
}

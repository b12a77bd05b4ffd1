/**
 * A loop of steps as one function. Places that move alike from iteration to iteration share an induction
 * pointer: a local that holds how many bytes they have moved so far.
 */
import {
  type BarrierStep,
  type BufferPlace,
  type LoopStep,
  type PlainStep,
  placesRead,
  placesWritten,
} from '../../../ir/plan.ts';
import type { CodeBuilder } from './code.ts';

/** Writes the address of a place, in the iteration that runs, onto the stack. */
export type PushAddress = (code: CodeBuilder, place: BufferPlace) => void;

interface Induction {
  readonly local: number;
  /** Bytes for each loop, outermost first. */
  readonly strides: readonly number[];
}

/** `addressOf` gives that of a place in the first iteration, `size` the bytes of an element; `write` writes a step that is no loop. */
export function emitLoop(
  code: CodeBuilder,
  loop: LoopStep,
  size: number,
  addressOf: (place: BufferPlace) => number,
  write: (step: PlainStep | BarrierStep, push: PushAddress) => void,
): void {
  const pointers = new Map<string, Induction>();
  for (const { loopStrides } of [...placesRead(loop), ...placesWritten(loop)])
    if (loopStrides && !pointers.has(String(loopStrides)))
      pointers.set(String(loopStrides), {
        local: code.local('i32'),
        strides: loopStrides.map((s) => s * size),
      });

  const push: PushAddress = (target, place) => {
    target.int(addressOf(place));
    const pointer = place.loopStrides && pointers.get(String(place.loopStrides));
    if (pointer) target.get(pointer.local).raw([0x6a]);
  };
  const advance = (depth: number, iterations: number) => {
    for (const { local, strides } of pointers.values())
      code.advance(local, iterations * (strides[depth] ?? 0));
  };
  const from = ({ count, steps }: LoopStep, depth: number): void => {
    code.repeat(count, () => {
      for (const step of steps) {
        if (step.kind === 'loop') from(step, depth + 1);
        else write(step, push);
      }
      advance(depth, 1);
    });
    // An inner loop begins anew in each iteration of the one around it.
    if (depth > 0) advance(depth, -count);
  };
  from(loop, 0);
}

/**
 * The reference engine: float64, slow and obvious. It is the oracle that other engines are held to,
 * and what lessons use where they need twelve digits. Whatever the plan's dtype, numbers are float64.
 */
import { bytesOf, type Plan } from '../../ir/plan.ts';
import { Arena, outOfMemory } from '../arena.ts';
import type { Engine, Executable } from '../engine.ts';
import { prepare } from './steps.ts';

function allocate(plan: Plan): Float64Array<ArrayBuffer> {
  const size = plan.bytes / bytesOf[plan.dtype];
  try {
    return new Float64Array(size);
  } catch (error) {
    if (error instanceof RangeError) throw outOfMemory(size * Float64Array.BYTES_PER_ELEMENT);
    throw error;
  }
}

export const reference: Engine = {
  name: 'reference',
  variant: 'scalar',
  async load(plan: Plan): Promise<Executable> {
    const arena = new Arena(plan, allocate(plan));
    const steps = plan.steps.map((step) => prepare(step, arena));
    return {
      plan,
      write: (name, data) => arena.write(name, data),
      read: (name) => arena.read(name),
      readScalar: (name) => arena.readScalar(name),
      step: () => {
        for (const execute of steps) execute();
      },
      stepAlone: (i) => steps[i]?.(),
      stepChecked: () =>
        steps.findIndex((execute, i) => {
          execute();
          return !arena.isFiniteAfter(i);
        }),
      dispose: () => arena.release(),
    };
  },
};

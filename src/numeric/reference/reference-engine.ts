/**
 * The reference engine: float64, slow and obvious. It is the oracle that other engines are held to,
 * and what lessons use where they need twelve digits. Whatever the plan's dtype, numbers are float64.
 */
import { bytesOf, type Plan } from '../../ir/plan.ts';
import { Arena } from '../arena.ts';
import { findBadStep } from '../bad-step.ts';
import { allocating, type Engine, type Executable } from '../engine.ts';
import { prepare } from './steps.ts';

function allocate(plan: Plan): Float64Array<ArrayBuffer> {
  const size = plan.bytes / bytesOf[plan.dtype];
  return allocating(size * Float64Array.BYTES_PER_ELEMENT, () => new Float64Array(size));
}

export const reference: Engine = {
  name: 'reference',
  variant: 'scalar',
  async load(plan: Plan): Promise<Executable> {
    const arena = new Arena(plan, allocate(plan));
    const steps = plan.steps.map((step) => prepare(step, arena));
    const step = () => {
      for (const execute of steps) execute();
    };
    return {
      plan,
      write: (name, data) => arena.write(name, data),
      read: async (name) => arena.read(name),
      advance: async (times, feeds) => arena.advance(step, times, feeds),
      async repeatStep(i, times) {
        for (let n = 0; n < times; n++) steps[i]?.();
      },
      advanceChecked: async () => findBadStep(arena, (i) => steps[i]?.()),
      dispose: () => arena.release(),
    };
  },
};

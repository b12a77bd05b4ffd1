/**
 * The reference engine: slow and obvious. It is the oracle that other engines are held to, and what lessons
 * use where they need twelve digits. It computes in float64; a plan in float32 has each number that it
 * writes to a buffer rounded once.
 */
import { bytesOf, type Plan } from '../../ir/plan.ts';
import { Arena, type Numbers } from '../arena.ts';
import { allocating, type Engine, type Executable } from '../engine.ts';
import { prepare } from './steps.ts';

/** Fetched when a run has gone wrong. */
const badSource = () => import('../bad-source.ts');

function allocate({ bytes, dtype }: Plan): Numbers {
  const size = bytes / bytesOf[dtype];
  return allocating(bytes, () => (dtype === 'float32' ? new Float32Array(size) : new Float64Array(size)));
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
      read: async (name, from, to) => arena.read(name, from, to),
      advance: async (times, feeds) => arena.advance(step, times, feeds),
      async repeatStep(i, times) {
        for (let n = 0; n < times; n++) steps[i]?.();
      },
      advanceChecked: async (outputs) =>
        (await badSource()).findBadSource(arena, (i) => steps[i]?.(), outputs),
      dispose: () => arena.release(),
    };
  },
};

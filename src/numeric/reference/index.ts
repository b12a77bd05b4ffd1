/** The reference engine: float64, slow and obvious. Tests hold every other engine to it. */
import { bytesOf, type Plan } from '../../ir/plan.ts';
import type { Engine, Executable } from '../engine.ts';
import { type Arena, isPoisoned, read, readScalar, span, write, writeConstants } from '../memory.ts';
import { prepare } from './steps.ts';

export const reference: Engine = {
  name: 'reference',
  load: async (plan) => execute(plan),
};

function execute(plan: Plan): Executable {
  const arena: Arena = { plan, numbers: allocate(plan.bytes / bytesOf[plan.dtype]), origin: 0 };
  const spans = plan.buffers.map((_, i) => span(arena, i));
  const starts = spans.map((s) => s.start);
  const lengths = spans.map((s) => s.length);
  const steps = plan.steps.map((step) => prepare(step, arena.numbers as Float64Array, starts, lengths));
  writeConstants(arena);
  return {
    plan,
    write: (name, data) => write(arena, name, data),
    read: (name) => read(arena, name),
    readScalar: (name) => readScalar(arena, name),
    step() {
      for (const run of steps) run();
    },
    stepChecked() {
      for (const [i, run] of steps.entries()) {
        run();
        if (isPoisoned(arena, i)) return i;
      }
      return -1;
    },
    dispose() {},
  };
}

function allocate(elements: number): Float64Array {
  try {
    return new Float64Array(elements);
  } catch (error) {
    throw new Error(`memory: ${elements * 8} bytes cannot be had (${error instanceof Error ? error.message : error})`);
  }
}

/** The search for the step that first wrote a number that is not finite, in loops too. */
import type { BufferPlace, LoopStep, Step } from '../ir/plan.ts';
import type { Arena } from './arena.ts';
import type { BadStep } from './engine.ts';
import { prepare } from './reference/steps.ts';
import { writtenBy } from './written.ts';

/**
 * Runs the plan's steps one by one, the i-th by `run(i)`. A loop after which not all is finite is run once
 * more from where it began, step by step by the reference engine's reading of them, on the same numbers.
 */
export function findBadStep(arena: Arena, run: (step: number) => void): BadStep | undefined {
  for (const [i, step] of arena.plan.steps.entries()) {
    const before = step.kind === 'loop' ? arena.numbers.slice() : undefined;
    run(i);
    if (wroteFinite(step, arena, [])) continue;
    const whole = { path: [i], iterations: [] };
    if (step.kind !== 'loop' || !before) return whole;
    arena.numbers.set(before);
    return findInLoop(step, arena, [i]) ?? whole;
  }
  return undefined;
}

function findInLoop(loop: LoopStep, arena: Arena, path: readonly number[]): BadStep | undefined {
  const now: number[] = [];
  const find = ({ count, steps }: LoopStep, at: readonly number[], depth: number): BadStep | undefined => {
    const executes = steps.map((step) => prepare(step, arena, now, depth + 1));
    for (let t = 0; t < count; t++) {
      now[depth] = t;
      now.length = depth + 1;
      for (const [i, step] of steps.entries()) {
        const here = [...at, i];
        if (step.kind === 'loop') {
          const found = find(step, here, depth + 1);
          if (found) return found;
          continue;
        }
        executes[i]?.();
        if (!wroteFinite(step, arena, now)) return { path: here, iterations: [...now] };
      }
    }
    return undefined;
  };
  return find(loop, path, 0);
}

/** Whether every element that a step writes is finite, of a step in loops in these iterations. */
function wroteFinite(step: Step, arena: Arena, now: readonly number[]): boolean {
  return writtenBy(step).every((window) => {
    const { dims, strides } = window;
    const visit = (at: number, d: number): boolean => {
      if (d === dims.length) return Number.isFinite(arena.numbers[at]);
      for (let i = 0; i < (dims[d] as number); i++)
        if (!visit(at + i * (strides[d] as number), d + 1)) return false;
      return true;
    };
    return visit(firstOf(window, arena, now), 0);
  });
}

const firstOf = (
  { buffer, offset, loopStrides = [] }: BufferPlace,
  arena: Arena,
  now: readonly number[],
): number => loopStrides.reduce((at, stride, d) => at + stride * (now[d] ?? 0), arena.start(buffer) + offset);

/**
 * Writes the new values of state where the old ones lie. All updates happen at once: none may see
 * another. An update that is computed element by element from the old value, after everything else
 * has read it, is computed in place; the others are copied when all steps have run.
 */
import { outputOf, type Step } from '../../ir/plan.ts';
import type { Program } from '../../ir/program.ts';
import type { Views } from './lower-program.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { denseStrides, type View } from './view.ts';

export function writeUpdates(
  plan: PlanBuilder,
  program: Program,
  views: Views,
  inputs: ReadonlyMap<string, number>,
): void {
  const targets = new Set(program.updates.map(({ state }) => inputs.get(state) as number));
  const used = new Set<number>();
  const pending = program.updates.map(({ state, value }) => {
    const view = views.get(value) as View;
    // A value that is itself state (or read by two updates) is set aside before anything is overwritten.
    const shared = plan.buffers[view.buffer]?.pinned || used.has(view.buffer);
    const own = shared ? plan.copy(view) : plan.whole(view);
    used.add(own.buffer);
    return { target: inputs.get(state) as number, own };
  });
  const outputs = new Set(program.outputs.map(({ value }) => (views.get(value) as View).buffer));
  const copies = pending.filter(
    ({ target, own }) => outputs.has(own.buffer) || !redirect(plan, own.buffer, target),
  );
  for (const { target, own } of copies) {
    const { shape } = own;
    plan.nest({
      kept: shape,
      operands: [own],
      out: { buffer: target, offset: 0, strides: denseStrides(shape) },
    });
  }
  if (targets.size !== program.updates.length) throw new Error('internal: a state is updated twice');
}

/** Lets the one step that makes a value write it to the state's own bytes; false where that would be seen. */
function redirect(plan: PlanBuilder, value: number, target: number): boolean {
  const { steps } = plan;
  const writers = steps.flatMap((step, i) => (outputOf(step) === value ? [i] : []));
  const [at] = writers;
  if (at === undefined || writers.length !== 1) return false;
  const readLater = steps.some(
    (step, i) => i > at && (reads(step).includes(target) || outputOf(step) === target),
  );
  if (readLater || !mayOverwrite(steps[at] as Step, target)) return false;
  for (let i = at; i < steps.length; i++) steps[i] = renamed(steps[i] as Step, value, target);
  return true;
}

/** Whether a step can write where it reads: only element by element, each element onto itself. */
function mayOverwrite(step: Step, target: number): boolean {
  if (!reads(step).includes(target)) return true;
  if (step.kind !== 'nest' || step.reduced > 0) return false;
  return step.operands.every(
    (o) =>
      o.buffer !== target || (o.offset === step.out.offset && String(o.strides) === String(step.out.strides)),
  );
}

export function reads(step: Step): readonly number[] {
  switch (step.kind) {
    case 'gemm':
      return [step.a.buffer, step.b.buffer];
    case 'nest':
      return step.operands.map((o) => o.buffer);
    case 'fill':
      return [];
    case 'random':
      return [step.key];
    case 'gather':
      return [step.data, step.indices];
    case 'scatterAdd':
      return [step.indices, step.updates];
  }
}

/** The step with one buffer in place of another. */
function renamed(step: Step, from: number, to: number): Step {
  const swap = (buffer: number) => (buffer === from ? to : buffer);
  const operand = <T extends { readonly buffer: number }>(o: T): T => ({ ...o, buffer: swap(o.buffer) });
  switch (step.kind) {
    case 'gemm':
      return { ...step, a: operand(step.a), b: operand(step.b), c: operand(step.c) };
    case 'nest':
      return { ...step, operands: step.operands.map(operand), out: operand(step.out) };
    case 'fill':
      return { ...step, out: swap(step.out) };
    case 'random':
      return { ...step, key: swap(step.key), out: swap(step.out) };
    case 'gather':
      return { ...step, data: swap(step.data), indices: swap(step.indices), out: swap(step.out) };
    case 'scatterAdd':
      return { ...step, indices: swap(step.indices), updates: swap(step.updates), out: swap(step.out) };
  }
}

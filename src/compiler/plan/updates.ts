/**
 * Writes the new values of state where the old ones lie. All updates happen at once: none may see
 * another. An update that is computed element by element from the old value, after everything else
 * has read it, is computed in place; the others are copied when all steps have run.
 */
import { type NestStep, readsOf, type Step, withPlaces, writesOf } from '../../ir/plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { denseStrides, type StridedView } from './view.ts';

/** A buffer, and the view of the value that it takes when all steps have run. */
export interface Update {
  readonly target: number;
  readonly view: StridedView;
}

/** `outputs`: buffers that are read from outside afterwards. */
export function writeUpdates(
  plan: PlanBuilder,
  updates: readonly Update[],
  outputs: ReadonlySet<number>,
): void {
  const used = new Set<number>();
  const pending = updates.map(({ target, view }) => {
    // A value that is itself state (or read by two updates) is set aside before anything is overwritten.
    const shared = plan.buffers[view.buffer]?.pinned || used.has(view.buffer);
    const own = shared ? plan.copy(view) : plan.whole(view);
    used.add(own.buffer);
    return { target, own };
  });
  const steps = new StepIndex(plan.steps);
  const mayRedirect = !plan.without.has('inPlace');
  const copies = pending.filter(
    ({ target, own }) => !mayRedirect || outputs.has(own.buffer) || !redirect(steps, own.buffer, target),
  );
  for (const { target, own } of copies) {
    const { shape } = own;
    plan.nest({
      kept: shape,
      operands: [own],
      out: { buffer: target, offset: 0, strides: denseStrides(shape) },
    });
  }
  if (new Set(updates.map(({ target }) => target)).size !== updates.length)
    throw new Error('internal: a state is updated twice');
}

/** Lets the one step that makes a value write it to the state's own bytes; false where that would be seen. */
function redirect(index: StepIndex, value: number, target: number): boolean {
  const writers = index.using(value).filter((i) => writesOf(index.steps[i] as Step).includes(value));
  const [at] = writers;
  if (at === undefined || writers.length !== 1) return false;
  const isUsedLater = index.using(target).some((i) => i > at);
  if (isUsedLater || !mayOverwrite(index.steps[at] as Step, value, target)) return false;
  index.rename(value, target);
  return true;
}

/** Steps by the buffers they touch, so that a training step of thousands is not walked for each parameter. */
class StepIndex {
  readonly steps: Step[];
  readonly #using = new Map<number, number[]>();

  constructor(steps: Step[]) {
    this.steps = steps;
    for (const [i, step] of steps.entries()) {
      for (const buffer of new Set([...writesOf(step), ...readsOf(step)])) {
        const known = this.#using.get(buffer);
        if (known) known.push(i);
        else this.#using.set(buffer, [i]);
      }
    }
  }

  /** The steps that read or write a buffer. */
  using(buffer: number): readonly number[] {
    return this.#using.get(buffer) ?? [];
  }

  rename(from: number, to: number): void {
    for (const i of this.using(from)) this.steps[i] = renamed(this.steps[i] as Step, from, to);
    this.#using.set(to, [...new Set([...this.using(to), ...this.using(from)])]);
    this.#using.delete(from);
  }
}

/** Whether a step can write `value` where it reads `target`: only element by element, each element onto itself. */
function mayOverwrite(step: Step, value: number, target: number): boolean {
  if (!readsOf(step).includes(target)) return true;
  if (step.kind === 'fused') {
    const users = step.nests.filter((nest) => [...readsOf(nest), ...writesOf(nest)].includes(target));
    return users.every((nest) => writesOf(nest).includes(value) && mayOverwrite(nest, value, target));
  }
  return step.kind === 'nest' && isInPlace(step, value, target);
}

function isInPlace({ operands, results }: NestStep, value: number, target: number): boolean {
  const outs = results.filter((r) => r.out.buffer === value);
  const windows = operands.filter((o) => o.buffer === target);
  return outs.every(
    ({ out, reduce }) =>
      reduce === 'none' &&
      windows.every((o) => o.offset === out.offset && String(o.strides) === String(out.strides)),
  );
}

/** The step with one buffer in place of another. */
const renamed = (step: Step, from: number, to: number): Step =>
  withPlaces(step, (place) => (place.buffer === from ? { ...place, buffer: to } : place));

/** From a program to a plan: steps, updates in place, buffers in one arena. */
import type { Plan } from '../../ir/plan.ts';
import type { Program } from '../../ir/program.ts';
import type { Target } from '../../ir/target.ts';
import { verifyPlan } from '../../ir/verify-plan.ts';
import { writeOut } from './choose-unrolling.ts';
import { fuseSteps, groupSteps } from './fuse/index.ts';
import { layOut } from './layout.ts';
import { lowerProgram, type Views } from './lower-program.ts';
import { PlanBuilder } from './plan-builder.ts';
import { writeUpdates } from './updates.ts';
import type { StridedView } from './view.ts';

/** `without` switches choices off: tests compare with and without. Names of passes are let through. */
export function planProgram(source: Program, target: Target, without: readonly string[] = []): Plan {
  const { dtype, caches } = target;
  const plan = new PlanBuilder(target, without);
  const program = writeOut(source, plan.without);
  const views = lowerProgram(plan, program);
  const inputs = inputBuffers(program, views);
  const outputs = outputBuffers(plan, program, views, inputs);
  const kept = new Set(Object.values(outputs));
  const updated = program.updates.map(({ value }) => (views.get(value) as StridedView).buffer);
  fuseSteps(plan, new Set([...kept, ...updated]), without);
  const updates = program.updates.map(({ state, value }) => ({
    target: inputs[state]?.buffer as number,
    view: views.get(value) as StridedView,
  }));
  const read = new Set(program.outputs.map(({ value }) => (views.get(value) as StridedView).buffer));
  writeUpdates(plan, updates, read);
  groupSteps(plan, without);
  const { buffers, bytes } = layOut(plan, dtype, kept);
  const { steps, constants } = plan;
  return verifyPlan({ dtype, caches, bytes, buffers, steps, inputs, outputs, constants, metrics: {} });
}

function inputBuffers(program: Program, views: Views): Plan['inputs'] {
  const inputs: Record<string, Plan['inputs'][string]> = {};
  for (const [id, op] of program.ops.entries())
    if (op.kind === 'input')
      inputs[op.name] = { buffer: (views.get(id) as StridedView).buffer, role: op.role };
  return inputs;
}

/** Dense buffers that hold the outputs after the last step. State that a step overwrites is copied before. */
function outputBuffers(
  plan: PlanBuilder,
  program: Program,
  views: Views,
  inputs: Plan['inputs'],
): Record<string, number> {
  const overwritten = new Set(program.updates.map(({ state }) => inputs[state]?.buffer));
  const outputs: Record<string, number> = {};
  for (const { name, value } of program.outputs) {
    const view = views.get(value) as StridedView;
    outputs[name] = (overwritten.has(view.buffer) ? plan.copy(view) : plan.whole(view)).buffer;
  }
  return outputs;
}

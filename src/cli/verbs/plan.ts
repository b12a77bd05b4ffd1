/** `tensorloom plan`: what a graph costs, step by step, before anything is computed. */
import { compile } from '../../compiler/index.ts';
import type { CompiledProgram } from '../../compiler/types.ts';
import { outputOf, type Step } from '../../ir/plan.ts';
import { elements, type Op } from '../../ir/program.ts';
import { dtypeOf } from '../../runtime/precision.ts';
import { chosenEngine, engineOption } from '../engine.ts';
import { byteCount, figure, table } from '../format.ts';
import { readGraph } from '../graph.ts';
import { numberOption, type Verb } from '../verb.ts';

export const plan: Verb = {
  usage: 'plan GRAPH.json',
  about: 'show what the graph costs, step by step, without running it',
  operands: { min: 1, max: 1 },
  options: {
    engine: engineOption,
    memory: { type: 'string', value: 'BYTES', help: 'refuse a plan that needs more than this' },
  },
  async run(call, io) {
    const dtype = dtypeOf[chosenEngine(call)];
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const { value: document, diagnostics } = await readGraph(call.operands[0] as string, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const { value: compiled, diagnostics: found } = compile(document, { dtype, memoryLimit });
    const all = [...diagnostics, ...found];
    if (!compiled) return { ok: false, diagnostics: all, json: {}, text: '' };

    const main = compiled.train ?? compiled.forward;
    const programs = [compiled.train, compiled.evaluate, compiled.forward].filter((p) => p !== undefined);
    const costs = programs.map((p) => [p.kind, costOf(p)] as const);
    const steps = main.plan.steps.map((step, i) => ({ step: i, ...describeStep(step, main) }));
    return {
      ok: true,
      diagnostics: all,
      json: {
        program: main.kind,
        dtype,
        ...costOf(main),
        steps,
        programs: Object.fromEntries(
          costs.map(([kind, cost], i) => [kind, { ...cost, steps: programs[i]?.plan.steps.length }]),
        ),
      },
      text: [
        table([
          ['program', 'steps', 'flops', 'naive flops', 'peak', 'largest intermediate'],
          ...costs.map(([kind, c], i) => [
            kind,
            programs[i]?.plan.steps.length ?? 0,
            figure(c.flops),
            figure(c.naiveFlops),
            byteCount(c.peakBytes),
            `${figure(c.largestIntermediate)} elements`,
          ]),
        ]),
        table(steps.map((s) => [s.step, s.kind, `[${s.shape.join(' ')}]`, figure(s.flops), s.source ?? ''])),
      ].join('\n\n'),
    };
  },
};

interface Cost {
  /** Multiply-adds and element operations of one step of the program. */
  readonly flops: number;
  /** The same with each contraction as one loop over all of its indices. */
  readonly naiveFlops: number;
  readonly peakBytes: number;
  /** Elements of the largest buffer that a step writes. */
  readonly largestIntermediate: number;
}

const costOf = ({ plan, program }: CompiledProgram): Cost => ({
  flops: plan.steps.reduce((sum, step) => sum + step.flops, 0),
  naiveFlops: program.ops.reduce((sum, op) => sum + naiveFlops(op), 0),
  peakBytes: plan.bytes,
  largestIntermediate: Math.max(
    0,
    ...plan.steps.map((step) => elements(plan.buffers[outputOf(step)]?.shape ?? [])),
  ),
});

function naiveFlops(op: Op): number {
  switch (op.kind) {
    case 'contract': {
      const labels = new Set([...op.inputs.flat(), ...op.output]);
      return Array.from(labels).reduce((product, label) => product * (op.sizes[label] as number), 1);
    }
    case 'input':
    case 'constant':
    case 'reshape':
      return 0;
    default:
      return elements(op.shape);
  }
}

const describeStep = (step: Step, { plan }: CompiledProgram) => ({
  kind: step.kind,
  shape: plan.buffers[outputOf(step)]?.shape ?? [],
  flops: step.flops,
  source: step.source,
});

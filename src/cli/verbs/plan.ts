/** `tensorloom plan`: what a graph costs, step by step, before anything is computed. */
import { compile, describePlan } from '../../compiler/index.ts';
import { objectives } from '../../compiler/order.ts';
import { dtypeOf } from '../../runtime/precision.ts';
import { during } from '../clock.ts';
import { chosenEngine, engineOption } from '../engine.ts';
import { byteCount, figure, table } from '../format.ts';
import { readGraph } from '../graph.ts';
import { choiceOption, numberOption, type Verb } from '../verb.ts';

export const plan: Verb = {
  usage: 'plan GRAPH.json',
  about: 'show what the graph costs, step by step, without running it',
  operands: { min: 1, max: 1 },
  options: {
    engine: engineOption,
    time: { type: 'string', value: 'S', help: 'look for the order of contractions for so many seconds' },
    objective: {
      type: 'string',
      value: 'NAME',
      help: 'what the order makes small: flops (the default), peak memory, or machine (estimated time)',
    },
    memory: { type: 'string', value: 'BYTES', help: 'refuse a plan that needs more than this' },
  },
  async run(call, io) {
    const dtype = dtypeOf[chosenEngine(call)];
    const time = numberOption(call, 'time', 'positive');
    const objective = choiceOption(call, 'objective', objectives);
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const { value: document, diagnostics } = await readGraph(call.operands[0] as string, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const { value: compiled, diagnostics: found } = compile(document, {
      dtype,
      memoryLimit,
      order: { objective, ...(time !== undefined && { effort: during(time, io) }) },
    });
    const all = [...diagnostics, ...found];
    if (!compiled) return { ok: false, diagnostics: all, json: {}, text: '' };

    const main = compiled.train ?? compiled.forward;
    const { steps, ...costs } = describePlan(main.plan, main.program);
    const programs = [compiled.train, compiled.evaluate, compiled.forward]
      .filter((program) => program !== undefined)
      .map((program) => ({ kind: program.kind, ...describePlan(program.plan, program.program) }));
    return {
      ok: true,
      diagnostics: all,
      json: {
        program: main.kind,
        dtype,
        ...costs,
        steps,
        programs: programs.map((program) => ({ ...program, steps: program.steps.length })),
      },
      text: [
        table([
          ['program', 'steps', 'flops', 'naive flops', 'peak', 'largest intermediate'],
          ...programs.map((p) => [
            p.kind,
            p.steps.length,
            figure(p.flops),
            figure(p.naiveFlops),
            byteCount(p.peakBytes),
            `${figure(p.largestIntermediate)} elements`,
          ]),
        ]),
        `The steps of ${main.kind}:`,
        table(steps.map((step, i) => [i, figure(step.flops), step.source ?? '', step.text])),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    };
  },
};

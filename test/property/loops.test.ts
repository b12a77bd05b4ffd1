/**
 * Recurrences mean what their definition says, as loops and written out, with all their derivatives; on the
 * reference engine a loop gives the bits that it gives written out.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { optimise, type PassName, passes } from '../../src/ir/passes/index.ts';
import type { Plan } from '../../src/ir/plan.ts';
import { elements, type Program } from '../../src/ir/program.ts';
import { processor } from '../../src/ir/target.ts';
import { verify } from '../../src/ir/verify.ts';
import { engines } from '../../src/numeric/index.ts';
import { interpret } from '../support/interpret.ts';
import { programOf, randomScan } from '../support/random-scans.ts';

const inputsOf = (program: Program): Record<string, Float64Array> =>
  Object.fromEntries(
    program.ops.flatMap((op) =>
      op.kind === 'input' ? [[op.name, normal(keyFrom(3, op.name), elements(op.shape))]] : [],
    ),
  );

type Results = Record<string, readonly number[]>;

const resultsOf = ({ outputs, updates }: Program) => [
  ...outputs,
  ...updates.map(({ state, value }) => ({ name: state, value })),
];

async function run(plan: Plan, program: Program, engine: keyof typeof engines): Promise<Results> {
  const executable = await (await engines[engine]()).load(plan);
  for (const [name, data] of Object.entries(inputsOf(program)))
    if (Object.hasOwn(plan.inputs, name)) executable.write(name, data);
  await executable.advance(1);
  const results: Results = {};
  for (const { name } of resultsOf(program)) results[name] = Array.from(await executable.read(name));
  executable.dispose();
  return results;
}

function expectMeant(program: Program, results: Results): void {
  const values = interpret(program, inputsOf(program));
  for (const { name, value } of resultsOf(program))
    for (const [i, wanted] of (values[value] as Float64Array).entries()) {
      const actual = results[name]?.[i] as number;
      const error = Math.abs(actual - wanted) / Math.max(1, Math.abs(wanted));
      expect(error, `${name}[${i}]: ${actual} for ${wanted}`).toBeLessThanOrEqual(1e-8);
    }
}

describe('recurrences', () => {
  it.each(['reference', 'wasm'] as const)('mean what they say on the %s engine', (engine) =>
    fc.assert(
      fc.asyncProperty(randomScan, async (made) => {
        const program = programOf(made);
        verify(program);
        // What nobody has simplified grows with each derivative.
        for (const without of [[], ['inPlace', 'shareBytes']])
          for (const planned of [...(made.derivative < 2 ? [program] : []), optimise(program, [], verify)])
            expectMeant(
              program,
              await run(planProgram(planned, processor('float64'), without), program, engine),
            );
      }),
      { numRuns: 24 },
    ),
  );

  it('give the same bits written out', () =>
    fc.assert(
      fc.asyncProperty(randomScan, async (made) => {
        const program = programOf(made);
        const optimised = optimise(program, [], verify);
        const [loops, flat] = await Promise.all(
          [[], ['loops']].map((without) =>
            run(planProgram(optimised, processor('float64'), without), program, 'reference'),
          ),
        );
        expect(loops).toEqual(flat);
      }),
      { numRuns: 40 },
    ));

  it.each([
    { segments: true, iterations: false },
    { segments: false, iterations: true },
    { segments: true, iterations: true },
  ])('give the same numbers where the gradient computes iterations again: %o', (checkpoints) =>
    fc.assert(
      fc.asyncProperty(randomScan, async (made) => {
        const program = optimise(programOf(made, checkpoints), [], verify);
        const plan = planProgram(program, processor('float64'));
        expectMeant(programOf(made), await run(plan, programOf(made), 'reference'));
      }),
      { numRuns: 16 },
    ),
  );

  it.each(Object.keys(passes) as PassName[])('mean the same without the pass %s', (name) =>
    fc.assert(
      fc.asyncProperty(randomScan, async (made) => {
        const program = programOf(made);
        const plan = planProgram(optimise(program, [name], verify), processor('float64'));
        expectMeant(program, await run(plan, program, 'reference'));
      }),
      { numRuns: 6 },
    ),
  );
});

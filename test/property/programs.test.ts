/**
 * Any program of any operations means what its definitions say, whatever passes it went through, on
 * every engine: slices, paddings, windows, folds and concatenations among maps, contractions and
 * reductions, with first and second derivatives.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFrom, normal } from '../../src/base/random.ts';
import { planProgram } from '../../src/compiler/plan/index.ts';
import { optimise, type PassName, passes } from '../../src/ir/passes/index.ts';
import { elements, type Program } from '../../src/ir/program.ts';
import { processor } from '../../src/ir/target.ts';
import { verify } from '../../src/ir/verify.ts';
import { engines } from '../../src/numeric/index.ts';
import { interpret } from '../support/interpret.ts';
import { randomProgram } from '../support/random-programs.ts';

const inputsOf = (program: Program): Record<string, Float64Array> =>
  Object.fromEntries(
    program.ops.flatMap((op) =>
      op.kind === 'input' ? [[op.name, normal(keyFrom(3, op.name), elements(op.shape))]] : [],
    ),
  );

async function expectSame(
  program: Program,
  planned: Program,
  engineName: keyof typeof engines,
): Promise<void> {
  const inputs = inputsOf(program);
  const values = interpret(program, inputs);
  const executable = await (await engines[engineName]()).load(planProgram(planned, processor('float64')));
  for (const [name, data] of Object.entries(inputs))
    if (Object.hasOwn(executable.plan.inputs, name)) executable.write(name, data);
  await executable.advance(1);
  const results = [
    ...program.outputs,
    ...program.updates.map(({ state, value }) => ({ name: state, value })),
  ];
  for (const { name, value } of results) {
    const [actual, expected] = [await executable.read(name), values[value] as Float64Array];
    expect(actual.length).toBe(expected.length);
    for (const [i, wanted] of expected.entries()) {
      const error = Math.abs((actual[i] as number) - wanted) / Math.max(1, Math.abs(wanted));
      expect(error, `${engineName} ${name}[${i}]: ${actual[i]} for ${wanted}`).toBeLessThanOrEqual(1e-9);
    }
  }
  executable.dispose();
}

describe.each(['reference', 'wasm'] as const)('programs on the %s engine', (engine) => {
  it('mean what they say, as they are and optimised', () =>
    fc.assert(
      fc.asyncProperty(randomProgram, async (program) => {
        await expectSame(program, program, engine);
        await expectSame(program, optimise(program, [], verify), engine);
      }),
      { numRuns: 200 },
    ));
});

describe('each pass', () => {
  it.each(Object.keys(passes) as PassName[])('%s can be left out', (name) =>
    fc.assert(
      fc.asyncProperty(randomProgram, (program) =>
        expectSame(program, optimise(program, [name], verify), 'reference'),
      ),
      { numRuns: 40 },
    ),
  );
});

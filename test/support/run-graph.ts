/** Computes every port of a small document, by the interpreter or by an engine, for tests. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { compile } from '../../src/compiler/index.ts';
import { randomKeyInput, stepInput } from '../../src/compiler/types.ts';
import type { PassName } from '../../src/ir/passes/index.ts';
import type { Dtype } from '../../src/ir/plan.ts';
import type { Engine } from '../../src/numeric/engine.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { randomKey } from '../../src/runtime/random-key.ts';
import { interpret } from './interpret.ts';

export type Values = Readonly<Record<string, ArrayLike<number>>>;
export type Runner = (document: GraphDocument) => Promise<Values>;

function compiled(document: GraphDocument, dtype: Dtype, without: readonly PassName[] = []) {
  const { value, diagnostics } = compile(document, { dtype, expose: 'all', without });
  if (!value) throw new Error(diagnostics.map((d) => `${d.code} at ${d.node}: ${d.message.en}`).join('\n'));
  return value;
}

/** The meaning of the lowered program, no planner, no engine, no passes. */
export const byInterpreter: Runner = async (document) => {
  const { forward, state } = compiled(document, 'float64', ['mergeEqual', 'mergeContractions', 'fuseMaps']);
  const inputs = {
    ...Object.fromEntries(initialise(state, 1)),
    [randomKeyInput]: randomKey(1, 0),
    [stepInput]: [0],
  };
  const values = interpret(forward.program, inputs);
  const outputs = new Map(
    forward.program.outputs.map(({ name, value }) => [name, values[value] as Float64Array]),
  );
  return Object.fromEntries(
    Object.entries(forward.values).map(([port, name]) => [port, outputs.get(name) as Float64Array]),
  );
};

export const byEngine =
  (engine: Engine, dtype: Dtype): Runner =>
  async (document) => {
    const { forward, state } = compiled(document, dtype);
    const executable = await engine.load(forward.plan);
    for (const [name, data] of initialise(state, 1))
      if (Object.hasOwn(forward.plan.inputs, name)) executable.write(name, data);
    if (Object.hasOwn(forward.plan.inputs, randomKeyInput)) executable.write(randomKeyInput, randomKey(1, 0));
    if (Object.hasOwn(forward.plan.inputs, stepInput)) executable.write(stepInput, [0]);
    await executable.advance(1);
    const values: Record<string, ArrayLike<number>> = {};
    for (const [port, name] of Object.entries(forward.values)) values[port] = await executable.read(name);
    executable.dispose();
    return values;
  };

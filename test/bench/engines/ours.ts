/** Tensorloom as a contender: from the graph's JSON through the compiler to the default engine. */

import { installEverything } from '../../../src/catalogue/everything.ts';
import { compile } from '../../../src/compiler/index.ts';
import { planProgram } from '../../../src/compiler/plan/index.ts';
import { optimise } from '../../../src/ir/passes/index.ts';
import type { Dtype, Plan } from '../../../src/ir/plan.ts';
import { elements } from '../../../src/ir/program.ts';
import { processor } from '../../../src/ir/target.ts';
import type { Executable } from '../../../src/numeric/engine.ts';
import { engines } from '../../../src/numeric/index.ts';
import { initialise } from '../../../src/runtime/initialise.ts';
import { weights } from '../graphs/weights.ts';
import type { Case } from './case.ts';
import { type Contender, gradientFromMean } from './contender.ts';

installEverything();

interface Prepared {
  readonly plan: Plan;
  /** Inputs of the plan by the reference's names. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Inputs of the plan that hold the running mean of a parameter's gradient. */
  readonly means: ReadonlyMap<string, string>;
  /** The plan's output: the loss, or the value. */
  readonly output: string;
  /** What the plan's inputs hold at first. */
  readonly first: ReadonlyMap<string, ArrayLike<number>>;
}

export interface OurContender extends Contender {
  readonly executable: Executable;
}

export async function openOurs(given: Case, dtype: Dtype = 'float32'): Promise<OurContender> {
  const { plan, inputs, means, output, first } = prepare(given, dtype);
  const executable = await (await engines.wasm()).load(plan);
  return {
    executable,
    restart() {
      for (const [name, values] of first) executable.write(name, values);
    },
    async step() {
      await executable.advance(1);
    },
    steps: (count) => executable.advance(count),
    loss: async () => (given.workload.kind === 'train' ? ((await executable.read(output))[0] as number) : 0),
    async results() {
      if (given.workload.kind === 'value') return { out: await executable.read(output) };
      const gradients: Record<string, ArrayLike<number>> = {};
      for (const name of given.workload.parameters) {
        // A parameter that the loss does not depend on has no moments; its gradient is zero.
        const mean = means.get(name);
        if (mean === undefined && inputs.has(name))
          throw new Error(`the plan reads ${name} and does not train it`);
        gradients[name] =
          mean === undefined
            ? new Float64Array(elements(given.tensors[name]?.shape ?? []))
            : gradientFromMean(await executable.read(mean));
      }
      return gradients;
    },
  };
}

const prepare = (given: Case, dtype: Dtype): Prepared =>
  given.workload.program ? fromProgram(given, dtype) : fromDocument(given, dtype);

function fromProgram({ workload, tensors }: Case, dtype: Dtype): Prepared {
  const program = workload.program?.();
  if (!program) throw new Error(`${workload.name} has no program`);
  const names = Object.keys(tensors);
  return {
    plan: planProgram(optimise(program), processor(dtype)),
    inputs: new Map(names.map((name) => [name, name])),
    means: new Map(),
    output: 'out',
    first: new Map(names.map((name) => [name, tensors[name]?.data ?? []])),
  };
}

function fromDocument({ workload, document, tensors }: Case, dtype: Dtype): Prepared {
  if (!document) throw new Error(`there is no graph ${workload.name}.json`);
  const { value: compiled, diagnostics } = compile(document, { dtype });
  const program = workload.kind === 'train' ? compiled?.train : compiled?.forward;
  if (!compiled || !program) throw new Error(`does not compile: ${JSON.stringify(diagnostics)}`);

  const { plan } = program;
  const named = weights[workload.name] ?? Object.keys(tensors).map((name) => [`${name}.out`, name] as const);
  const used = named.filter(([input]) => Object.hasOwn(plan.inputs, input));
  const first = new Map(
    [...initialise(compiled.state, 1)].filter(([name]) => Object.hasOwn(plan.inputs, name)),
  );
  for (const [input, name] of used) {
    const tensor = tensors[name];
    if (!tensor) throw new Error(`the reference has no ${name} for ${input}`);
    first.set(input, tensor.data);
  }
  const meanOf = (input: string) => [...first.keys()].find((state) => state.endsWith(`.mean.${input}`));
  const [output] = Object.values(workload.kind === 'train' ? program.metrics : program.values);
  if (output === undefined) throw new Error('the plan shows nothing');
  return {
    plan,
    inputs: new Map(used.map(([input, name]) => [name, input])),
    means: new Map(used.flatMap(([input, name]) => (meanOf(input) ? [[name, meanOf(input) as string]] : []))),
    output,
    first,
  };
}

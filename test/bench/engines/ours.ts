/** Tensorloom as a contender: from the graph's JSON through the compiler to the default engine. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
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
  /** Of an optimizer that keeps the gradient as a whole: a plan of one iteration, and the input with the gradient at its start. */
  readonly beginning?: { readonly plan: Plan; readonly gradient: string };
}

export interface OurContender extends Contender {
  readonly executable: Executable;
}

export async function openOurs(given: Case, dtype: Dtype = 'float32'): Promise<OurContender> {
  const prepared = prepare(given, dtype);
  const { output, first } = prepared;
  const executable = await (await engines.wasm()).load(prepared.plan);
  const { workload } = given;
  let taken = 0;
  const restart = () => {
    write(executable, first);
    taken = 0;
  };
  return {
    executable,
    restart,
    async step() {
      await executable.advance(1);
    },
    async steps(count) {
      const most = workload.restart ?? Number.POSITIVE_INFINITY;
      for (let left = count; left > 0; ) {
        if (taken === most) restart();
        const block = Math.min(left, most - taken);
        await executable.advance(block);
        taken += block;
        left -= block;
      }
    },
    loss: async () => (workload.kind === 'train' ? ((await executable.read(output))[0] as number) : 0),
    async results() {
      if (workload.kind === 'value') return { out: await executable.read(output) };
      return prepared.beginning === undefined
        ? gradientsOf(given, prepared, executable)
        : gradientAtStart(given, prepared.beginning, first);
    },
  };
}

function write(executable: Executable, values: Prepared['first']): void {
  for (const [name, data] of values)
    if (Object.hasOwn(executable.plan.inputs, name)) executable.write(name, data);
}

type Gradients = Record<string, ArrayLike<number>>;

async function gradientsOf(
  { workload, tensors }: Case,
  { means, inputs }: Prepared,
  executable: Executable,
): Promise<Gradients> {
  const gradients: Gradients = {};
  for (const name of workload.parameters) {
    // A parameter that the loss does not depend on has no moments; its gradient is zero.
    const mean = means.get(name);
    if (mean === undefined && inputs.has(name))
      throw new Error(`the plan reads ${name} and does not train it`);
    gradients[name] =
      mean === undefined
        ? new Float64Array(elements(tensors[name]?.shape ?? []))
        : gradientFromMean(await executable.read(mean));
  }
  return gradients;
}

/** The parts of a gradient that is kept as one vector, in the order of the parameters. */
async function gradientAtStart(
  { workload, tensors }: Case,
  { plan, gradient }: NonNullable<Prepared['beginning']>,
  first: Prepared['first'],
): Promise<Gradients> {
  const executable = await (await engines.wasm()).load(plan);
  write(executable, first);
  await executable.advance(1);
  const all = await executable.read(gradient);
  executable.dispose();
  const gradients: Gradients = {};
  let at = 0;
  for (const name of workload.parameters) {
    const length = elements(tensors[name]?.shape ?? []);
    gradients[name] = all.slice(at, at + length);
    at += length;
  }
  return gradients;
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
  // The optimizer's loss comes after those of the nodes above it, which may be parts of it.
  const output = Object.values(workload.kind === 'train' ? program.metrics : program.values).at(-1);
  if (output === undefined) throw new Error('the plan shows nothing');
  return {
    plan,
    inputs: new Map(used.map(([input, name]) => [name, input])),
    means: new Map(used.flatMap(([input, name]) => (meanOf(input) ? [[name, meanOf(input) as string]] : []))),
    output,
    first,
    ...(workload.optimizer === 'lbfgs' && { beginning: oneIteration(document, dtype) }),
  };
}

/** The same, stopped after one iteration: what the optimizer has kept then is the gradient at the start. */
function oneIteration(document: GraphDocument, dtype: Dtype): NonNullable<Prepared['beginning']> {
  const optimizer = document.nodes.optimizer as GraphDocument['nodes'][string];
  const shortened = { ...optimizer, params: { ...optimizer.params, iterations: 1 } };
  const { value } = compile({ ...document, nodes: { ...document.nodes, optimizer: shortened } }, { dtype });
  if (!value?.train) throw new Error('internal: it compiles with more iterations');
  return { plan: value.train.plan, gradient: 'optimizer.gradient' };
}

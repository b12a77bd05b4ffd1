/** Our side of a comparison: a document on an engine, and the same document as an export with its state. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { stateName } from '../../src/base/path.ts';
import { draw, keyFrom, normal } from '../../src/base/random.ts';
import { type Analysis, analyse } from '../../src/compiler/index.ts';
import { lower } from '../../src/compiler/lower.ts';
import type { Lowered } from '../../src/compiler/lowered.ts';
import { streamPath } from '../../src/compiler/repeat/state-names.ts';
import { type CompiledProgram, randomKeyInput, type StateSpec, stepInput } from '../../src/compiler/types.ts';
import { exportPytorch, type PytorchExport } from '../../src/export/pytorch/index.ts';
import type { Execution } from '../../src/export/pytorch/script-parts.ts';
import { type NamedTensor, torchTensors } from '../../src/export/pytorch/weights.ts';
import { numbersOf } from '../../src/ir/fill.ts';
import type { Dtype } from '../../src/ir/plan.ts';
import { elements, type RandomOp } from '../../src/ir/program.ts';
import type { Engine } from '../../src/numeric/engine.ts';
import { engines } from '../../src/numeric/index.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { randomKey } from '../../src/runtime/random-key.ts';
import { readValue } from '../../src/runtime/value-reader.ts';

export type Numbers = Readonly<Record<string, ArrayLike<number>>>;

export const seed = 1;

/** An engine and its precision, and under which name the errors are told. */
export interface Side {
  readonly name: 'reference' | 'wasm';
  readonly engine: () => Promise<Engine>;
  readonly dtype: Dtype;
}

export const sides = [
  { name: 'reference', engine: () => engines.reference(), dtype: 'float64' },
  { name: 'wasm', engine: () => engines.wasm(), dtype: 'float32' },
] as const satisfies readonly Side[];

/** Templates are too large for the reference engine. */
export const forTemplates: readonly Side[] = [
  { name: 'reference', engine: () => engines.wasm(), dtype: 'float64' },
];

/** The export of a document, or why there is none. */
export function exported(document: GraphDocument): { readonly value?: PytorchExport; readonly why: string } {
  const { value, diagnostics } = exportPytorch(document, {
    name: 'export',
    hasWeights: false,
  });
  const why = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((d) => `${d.code} ${d.message.en}`)
    .join('\n');
  return { ...(value && { value }), why };
}

/** First values: those of the run, those of the example in their place, and where training changes them, some noise. */
export function firstState(specs: readonly StateSpec[], given: Numbers): Map<string, ArrayLike<number>> {
  const state = new Map<string, ArrayLike<number>>(initialise(specs, seed));
  for (const { name, trainable, init } of specs) {
    const own = given[name];
    // Those of an example are left where a setting has another shape.
    if (own && own.length === state.get(name)?.length) state.set(name, own);
    else if (trainable && init.kind !== 'values') {
      const first = state.get(name) as ArrayLike<number>;
      const noise = normal(keyFrom(5, name), first.length);
      state.set(
        name,
        Float64Array.from(first, (x, i) => x + 0.3 * (noise[i] as number)),
      );
    }
  }
  return state;
}

/** What a step reads beside the state. */
export const feedsOf = (program: CompiledProgram, step: number): Numbers => ({
  ...Object.fromEntries(
    program.feeds.map(({ name, shape, standIn }) => [name, standIn ?? new Float64Array(elements(shape))]),
  ),
  ...Object.fromEntries(
    program.drawn.map(({ name, shape, fill, stream }) => [
      name,
      numbersOf({ fill, key: keyFrom(seed, 'tensor', stream) }, shape),
    ]),
  ),
  [randomKeyInput]: randomKey(seed, step),
  [stepInput]: [step],
});

/** One step of a program: what its values and its state are then. */
export async function runOnce(
  program: CompiledProgram,
  specs: readonly StateSpec[],
  state: ReadonlyMap<string, ArrayLike<number>>,
  engine: Engine,
): Promise<{ readonly values: Numbers; readonly state: ReadonlyMap<string, ArrayLike<number>> }> {
  const executable = await engine.load(program.plan);
  const takes = (name: string) => Object.hasOwn(executable.plan.inputs, name);
  for (const [name, data] of [...state, ...Object.entries(feedsOf(program, 0))])
    if (takes(name)) executable.write(name, data);
  await executable.advance(1);
  const values: Record<string, ArrayLike<number>> = {};
  for (const port of Object.keys(program.values))
    values[port] = (await readValue(program, executable, port))?.data ?? [];
  const after = new Map<string, ArrayLike<number>>();
  for (const { name } of specs) if (takes(name)) after.set(name, await executable.read(name));
  executable.dispose();
  return { values, state: after };
}

const known = new WeakMap<Analysis, Map<string, Lowered>>();

/** A program is lowered once for all steps. */
function loweredAs(analysis: Analysis, kind: 'train' | 'forward'): Lowered {
  const own = known.get(analysis) ?? new Map<string, Lowered>();
  known.set(analysis, own);
  const found = own.get(kind) ?? lower(analysis, kind, { expose: 'all' });
  own.set(kind, found);
  return found;
}

/** What a program draws in a step, in the order in which the export asks for it. */
export function drawsOf(
  { model }: PytorchExport,
  analysis: Analysis,
  kind: 'train' | 'forward',
  step: number,
): number[][] {
  const lowered = loweredAs(analysis, kind);
  const { ops } = lowered.program;
  const orders = ordersInTorch(model, lowered);
  const random = new Map(
    ops.flatMap((op) => (op.kind === 'random' ? [[op.stream, op as RandomOp] as const] : [])),
  );
  const key = randomKey(seed, step);
  const [a = 0, b = 0, c = 0, d = 0] = key;
  const stepKey = [a * 65536 + b, c * 65536 + d] as const;
  const numbers = new Map<number, Float64Array>();
  const found: number[][] = [];
  const isOptimizer = (one: Execution) =>
    typeof one === 'string' && analysis.node(one)?.definition.trains === true;
  /** `indices`: which iteration of each repeat around, and how many there are. */
  const visit = (list: readonly Execution[], indices: readonly (readonly [number, number])[]): void => {
    for (const one of list) {
      if (typeof one !== 'string') {
        const count = one.count ?? 1;
        for (let i = 0; i < count; i++)
          visit(one.body, one.count === undefined ? indices : [...indices, [i, count]]);
        continue;
      }
      const iterations = analysis.flat.inside(one)?.iterations ?? [];
      for (let index = 0; ; index++) {
        const stream = keyFrom(0, streamPath(one, iterations), index)[0];
        const op = random.get(stream);
        if (!op) break;
        let all = numbers.get(stream);
        if (!all) {
          all = draw(stepKey, stream, elements(op.shape));
          numbers.set(stream, all);
        }
        const size = all.length / indices.reduce((n, [, count]) => n * count, 1);
        const row = indices.reduce((n, [i, count]) => n * count + i, 0);
        const part = all.subarray(row * size, (row + 1) * size);
        // An optimizer draws two numbers for each element of each parameter, in the order in which it has them there.
        const order = isOptimizer(one) ? orders[Math.floor(index / 2)] : undefined;
        found.push(order ? order.map((at) => part[at] as number) : [...part]);
      }
    }
  };
  const execution = kind === 'train' ? model.inTraining : model.execution;
  // The script steps its optimizers when all else is computed.
  visit([...execution.filter((one) => !isOptimizer(one)), ...execution.filter(isOptimizer)], []);
  return found;
}

/** For each trained parameter, in document order, where PyTorch's elements of it stand among ours; undefined where as they are. */
function ordersInTorch(
  { tensors }: PytorchExport['model'],
  { state }: Pick<Lowered, 'state'>,
): (readonly number[] | undefined)[] {
  return state
    .filter(({ trainable }) => trainable)
    .map(({ name, shape }) => {
      const axes = tensors.find(
        ({ node, of }) => of.length === 1 && stateName(node, of[0] ?? '') === name,
      )?.axes;
      if (!axes) return undefined;
      const strides = shape.map((_, d) => elements(shape.slice(d + 1)));
      const places = axes.reduce<readonly number[]>(
        (before, axis) =>
          before.flatMap((at) =>
            Array.from({ length: shape[axis] as number }, (_, i) => at + i * (strides[axis] as number)),
          ),
        [0],
      );
      return places;
    });
}

export const forJson = (tensors: ReadonlyMap<string, NamedTensor>) =>
  Object.fromEntries(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data: [...data].map(jsonNumber) }]),
  );

export const jsonNumber = (x: number): number | string =>
  Number.isFinite(x) ? x : Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';

export { analyse, torchTensors };

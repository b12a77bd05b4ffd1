/**
 * One program on an engine, with its data written in: the runtime feeds it a step, lets it compute, and
 * reads what came out.
 */
import { type CompiledProgram, randomKeyInput, type StateSpec, stepInput } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';
import type { BadStep, Engine, Executable, MetricsLog } from '../numeric/engine.ts';
import { inOrder, shuffled } from './batches.ts';
import type { Position } from './checkpoint.ts';
import type { LoadedData } from './data.ts';
import type { TensorValue } from './events.ts';
import type { State } from './initialise.ts';
import { randomKey, randomKeySize } from './random-key.ts';
import { summarise } from './statistics.ts';

export interface Session {
  readonly program: CompiledProgram;
  readonly executable: Executable;
  /** How many steps take every row at least once. */
  readonly passes: number;
  /** The most steps that `advance` takes in one call: what it feeds them is kept small. */
  readonly mostAtOnce: number;
  /**
   * Executes the steps from the `from`-th on, each on its rows and with its random numbers. `trained`: the
   * number of the training step, where it is another: the passes of an evaluation all stand at one.
   */
  advance(from: number, steps: number, trained?: number): Promise<MetricsLog>;
  /** Executes one, and says which step of the plan was the first to write NaN or Infinity. Slow. */
  advanceChecked(step: number): Promise<BadStep | undefined>;
  /** Training rows taken before this step, by data node. */
  rowsBefore(step: number): Record<string, number>;
  value(port: string): Promise<TensorValue | undefined>;
  /** All numbers of one of the program's `values`. */
  read(key: string): Promise<Float32Array | Float64Array | undefined>;
}

export interface SessionOptions {
  readonly data: readonly LoadedData[];
  /** Training rows in shuffled epochs, or the validation rows in order. */
  readonly rows: 'train' | 'test';
  readonly seed: number;
  /** Where a run goes on that was stopped. */
  readonly position?: Position | undefined;
}

/** What an input is fed in a step, or in one pass of an evaluation after so many training steps. */
type Feed = (step: number, trained?: number) => ArrayLike<number>;

/** Limits of one call of `advance`: steps, and numbers fed to them (1 MiB). */
const MOST_AT_ONCE = 1024;
const MOST_FED = 2 ** 17;

/** Rejects with the engine's EngineError. */
export async function openSession(
  program: CompiledProgram,
  engine: Engine,
  { data, rows, seed, position }: SessionOptions,
): Promise<Session> {
  const { plan } = program;
  const executable = await engine.load(plan);
  const takes = (name: string) => Object.hasOwn(plan.inputs, name);

  for (const { name, standIn } of program.feeds) if (standIn && takes(name)) executable.write(name, standIn);
  for (const { spec, columns } of data) {
    for (const [column, input] of Object.entries(spec.columns)) {
      if (takes(input)) executable.write(input, columns[column] ?? []);
    }
  }

  const batches = data
    .filter(({ spec }) => takes(spec.indices))
    .map(({ spec, split }) => {
      const size = sizeOfInput(program, spec.indices);
      const from = startOf(spec.node, size, position);
      const of =
        rows === 'train' ? shuffled(split.train, size, seed, spec.node, from) : inOrder(split.test, size);
      return {
        name: spec.indices,
        node: spec.node,
        size,
        of,
        passes: Math.ceil(split[rows].length / size),
        before: (step: number) => from.rows + (step - from.step) * size,
      };
    });
  /** What steps read, by the name of an input: the numbers of each step. */
  const fed: readonly { name: string; size: number; of: Feed }[] = [
    ...batches,
    { name: randomKeyInput, size: randomKeySize, of: (step: number) => randomKey(seed, step) },
    { name: stepInput, size: 1, of: (step: number, trained = step) => [trained] },
  ].filter(({ name }) => takes(name));
  const fedByOne = fed.reduce((sum, { size }) => sum + size, 0);
  const mostAtOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(MOST_FED / Math.max(1, fedByOne))));
  const feeds = fed.map((feed) => ({ ...feed, numbers: new Float64Array(mostAtOnce * feed.size) }));

  return {
    program,
    executable,
    passes: Math.max(1, ...batches.map((batch) => batch.passes)),
    mostAtOnce,
    advance(from, steps, trained) {
      const given = feeds.map(({ name, size, of, numbers }) => {
        for (let i = 0; i < steps; i++) numbers.set(of(from + i, trained), i * size);
        return [name, numbers.subarray(0, steps * size)] as const;
      });
      return executable.advance(steps, Object.fromEntries(given));
    },
    advanceChecked(step) {
      for (const { name, of } of fed) executable.write(name, of(step));
      return executable.advanceChecked();
    },
    rowsBefore: (step) => Object.fromEntries(batches.map(({ node, before }) => [node, before(step)])),
    async read(key) {
      const output = program.values[key];
      return output === undefined ? undefined : executable.read(output);
    },
    async value(port) {
      const output = program.values[port];
      if (output === undefined) return undefined;
      const shape = shapeOfOutput(program, output);
      return summarise(await executable.read(output), shape, program.axes[port] ?? []);
    },
  };
}

/** Rows of a data node that were taken when a run went on; one that is new begins as if it had always been there. */
function startOf(node: string, size: number, { step, rows }: Position = { step: 0, rows: {} }) {
  const taken = Object.hasOwn(rows, node) ? rows[node] : undefined;
  return { step, rows: taken ?? step * size };
}

/** Overwrites the state that the program knows; it may know less than all. */
export function writeState({ executable }: Session, state: State): void {
  for (const [name, values] of state) {
    if (Object.hasOwn(executable.plan.inputs, name)) executable.write(name, values);
  }
}

/** A copy of the state that the program knows. */
export async function readState({ executable }: Session, specs: readonly StateSpec[]): Promise<State> {
  const known = specs.filter(({ name }) => Object.hasOwn(executable.plan.inputs, name));
  const read = known.map(async ({ name }) => [name, await executable.read(name)] as const);
  return new Map(await Promise.all(read));
}

function sizeOfInput({ plan }: CompiledProgram, name: string): number {
  const input = plan.inputs[name];
  return elements((input && plan.buffers[input.buffer]?.shape) ?? []);
}

/** Of the value itself: a buffer may hold the same numbers for a value of another shape. */
export function shapeOfOutput({ program }: CompiledProgram, name: string): readonly number[] {
  const output = program.outputs.find((o) => o.name === name);
  return (output && program.ops[output.value]?.shape) ?? [];
}

/**
 * One program on an engine, with its data written in: the runtime feeds it a step, lets it compute, and
 * reads what came out.
 */
import { keyFrom } from '../base/random.ts';
import {
  type CompiledProgram,
  type DataSpec,
  randomKeyInput,
  type StateSpec,
  stepInput,
} from '../compiler/types.ts';
import { numbersOf } from '../ir/fill.ts';
import { elements } from '../ir/program.ts';
import type { BadSource, Engine, Executable, MetricsLog } from '../numeric/engine.ts';
import { shuffled, withReplacement } from './batches.ts';
import type { Position } from './checkpoint.ts';
import type { LoadedData } from './data.ts';
import type { TensorValue } from './events.ts';
import type { State } from './initialise.ts';
import { randomKey, randomKeySize } from './random-key.ts';
import { summariseParts } from './statistics.ts';
import { placedValue, type ReadValue, readValue } from './value-reader.ts';

export interface Session {
  readonly program: CompiledProgram;
  readonly executable: Executable;
  /** The most steps that `advance` takes in one call: what it feeds them is kept small. */
  readonly mostAtOnce: number;
  /** Executes the steps from the `from`-th on, each on its rows and with its random numbers. */
  advance(from: number, steps: number): Promise<MetricsLog>;
  /** Executes one, and says where what is NaN or infinite in its results, or in these outputs, came from. Slow. */
  advanceChecked(step: number, outputs?: readonly string[]): Promise<BadSource | undefined>;
  /** Training rows taken before this step, by data node. */
  rowsBefore(step: number): Record<string, number>;
  /** `most`: how many numbers are given, where it is not the usual. */
  value(port: string, most?: number): Promise<TensorValue | undefined>;
  /** All numbers of one of the program's `values`. */
  read(key: string): Promise<ReadValue | undefined>;
}

export interface SessionOptions {
  readonly data: readonly LoadedData[];
  /** Training rows as their data sets draw them, or all that are held back, in order. */
  readonly rows: 'train' | 'test';
  readonly seed: number;
  /** Where a run goes on that was stopped. */
  readonly position?: Position | undefined;
}

/** What an input is fed in a step. */
type Feed = (step: number) => ArrayLike<number>;

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
  for (const { name, shape, fill, stream } of program.drawn)
    if (takes(name)) executable.write(name, numbersOf({ fill, key: keyFrom(seed, 'tensor', stream) }, shape));
  for (const { spec, columns } of data) {
    for (const [column, input] of Object.entries(spec.columns)) {
      if (takes(input)) executable.write(input, columns[column] ?? []);
    }
  }

  const batches = data
    .filter(({ spec }) => takes(spec.indices))
    .map(({ spec, split }) => {
      const size = sizeOfInput(program, spec.indices);
      const stream = streamOf(spec, data);
      const from = startOf([spec.node, ...stream], size, position);
      const draw = spec.replacement ? withReplacement : shuffled;
      const of =
        rows === 'train' ? draw(split.train, size, seed, stream[0] as string, from) : () => split.test;
      return {
        name: spec.indices,
        node: spec.node,
        size,
        of,
        before: (step: number) => from.rows + (step - from.step) * size,
      };
    });
  /** What steps read, by the name of an input: the numbers of each step. */
  const fed: readonly { name: string; size: number; of: Feed }[] = [
    ...batches,
    { name: randomKeyInput, size: randomKeySize, of: (step: number) => randomKey(seed, step, rows) },
    { name: stepInput, size: 1, of: (step: number) => [step] },
  ].filter(({ name }) => takes(name));
  const fedByOne = fed.reduce((sum, { size }) => sum + size, 0);
  const mostAtOnce = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(MOST_FED / Math.max(1, fedByOne))));
  const feeds = fed.map((feed) => ({ ...feed, numbers: new Float64Array(mostAtOnce * feed.size) }));

  return {
    program,
    executable,
    mostAtOnce,
    advance(from, steps) {
      const given = feeds.map(({ name, size, of, numbers }) => {
        for (let i = 0; i < steps; i++) numbers.set(of(from + i), i * size);
        return [name, numbers.subarray(0, steps * size)] as const;
      });
      return executable.advance(steps, Object.fromEntries(given));
    },
    advanceChecked(step, outputs) {
      for (const { name, of } of fed) executable.write(name, of(step));
      return executable.advanceChecked(outputs);
    },
    rowsBefore: (step) => Object.fromEntries(batches.map(({ node, before }) => [node, before(step)])),
    read: (key) => readValue(program, executable, key),
    async value(port, most) {
      const placed = placedValue(program, executable, port);
      return placed && summariseParts(placed.read, placed.shape, program.axes[port] ?? [], most);
    },
  };
}

/**
 * Data nodes whose rows belong together, by path: rows of equal number, in one split, so many a step, drawn in one way.
 * They are drawn as one, so that inputs and labels may come from two nodes, or from two files.
 */
const streamOf = (spec: DataSpec, data: readonly LoadedData[]): string[] =>
  data
    .filter(
      ({ spec: other }) =>
        other.rows === spec.rows &&
        other.group === spec.group &&
        other.batch === spec.batch &&
        other.replacement === spec.replacement &&
        other.testFraction === spec.testFraction &&
        other.splitSeed === spec.splitSeed &&
        other.splitBy === spec.splitBy &&
        // Where the rows themselves decide, only the same ones are split alike.
        (spec.splitBy === undefined || other.dataset === spec.dataset),
    )
    .map(({ spec: { node } }) => node)
    .sort();

/** Rows of a data node that were taken when a run went on; one that is new begins as if it had always been there. */
function startOf(nodes: readonly string[], size: number, { step, rows }: Position = { step: 0, rows: {} }) {
  const known = nodes.find((node) => Object.hasOwn(rows, node));
  return { step, rows: (known === undefined ? undefined : rows[known]) ?? step * size };
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

/**
 * One program on an engine, with its data written in: the runtime feeds it a step, lets it compute, and
 * reads what came out.
 */
import { type CompiledProgram, randomKeyInput, type StateSpec, stepInput } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';
import type { Engine, Executable } from '../numeric/engine.ts';
import { inOrder, shuffled } from './batches.ts';
import type { Position } from './checkpoint.ts';
import type { LoadedData } from './data.ts';
import type { TensorValue } from './events.ts';
import type { State } from './initialise.ts';
import { randomKey } from './random-key.ts';
import { summarise } from './statistics.ts';

export interface Session {
  readonly program: CompiledProgram;
  readonly executable: Executable;
  /** How many steps take every row at least once. */
  readonly passes: number;
  /** Writes what this step reads: row numbers, the key of its random numbers. */
  feed(step: number): void;
  /** Training rows taken before this step, by data node. */
  rowsBefore(step: number): Record<string, number>;
  metrics(): Record<string, number>;
  value(port: string): TensorValue | undefined;
}

export interface SessionOptions {
  readonly data: readonly LoadedData[];
  /** Training rows in shuffled epochs, or the held-back rows in order. */
  readonly rows: 'train' | 'test';
  readonly seed: number;
  /** Where a run goes on that was stopped. */
  readonly position?: Position | undefined;
}

/** Rejects when the engine cannot have the memory. */
export async function openSession(
  program: CompiledProgram,
  engine: Engine,
  { data, rows, seed, position }: SessionOptions,
): Promise<Session> {
  const { plan } = program;
  const executable = await engine.load(plan);
  const takes = (name: string) => Object.hasOwn(plan.inputs, name);

  for (const { spec, columns } of data) {
    for (const [column, input] of Object.entries(spec.columns)) {
      if (takes(input)) executable.write(input, columns[column] ?? []);
    }
  }

  const feeds = data
    .filter(({ spec }) => takes(spec.indices))
    .map(({ spec, split }) => {
      const size = sizeOfInput(program, spec.indices);
      const from = startOf(spec.node, size, position);
      const batches =
        rows === 'train' ? shuffled(split.train, size, seed, spec.node, from) : inOrder(split.test, size);
      return {
        name: spec.indices,
        node: spec.node,
        batches,
        passes: Math.ceil(split[rows].length / size),
        before: (step: number) => from.rows + (step - from.step) * size,
      };
    });

  return {
    program,
    executable,
    passes: Math.max(1, ...feeds.map((feed) => feed.passes)),
    feed(step) {
      for (const { name, batches } of feeds) executable.write(name, batches(step));
      if (takes(randomKeyInput)) executable.write(randomKeyInput, randomKey(seed, step));
      if (takes(stepInput)) executable.write(stepInput, [step]);
    },
    rowsBefore: (step) => Object.fromEntries(feeds.map(({ node, before }) => [node, before(step)])),
    metrics() {
      return Object.fromEntries(
        Object.entries(program.metrics).map(([name, output]) => [name, executable.readScalar(output)]),
      );
    },
    value(port) {
      const output = program.values[port];
      if (output === undefined) return undefined;
      const shape = shapeOfOutput(program, output);
      return summarise(executable.read(output), shape, program.axes[port] ?? []);
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
export function readState({ executable }: Session, specs: readonly StateSpec[]): State {
  const known = specs.filter(({ name }) => Object.hasOwn(executable.plan.inputs, name));
  return new Map(known.map(({ name }) => [name, executable.read(name)]));
}

function sizeOfInput({ plan }: CompiledProgram, name: string): number {
  const input = plan.inputs[name];
  return elements((input && plan.buffers[input.buffer]?.shape) ?? []);
}

/** Of the value itself: a buffer may hold the same numbers for a value of another shape. */
function shapeOfOutput({ program }: CompiledProgram, name: string): readonly number[] {
  const output = program.outputs.find((o) => o.name === name);
  return (output && program.ops[output.value]?.shape) ?? [];
}

/** Values of ports for this state and the rows of this step; a port that the program does not show is left out. */
export function valuesOf(
  session: Session,
  state: State,
  step: number,
  ports: readonly string[],
): Record<string, TensorValue> {
  writeState(session, state);
  session.feed(step);
  session.executable.step();
  return Object.fromEntries(
    ports.flatMap((port) => {
      const value = session.value(port);
      return value ? [[port, value]] : [];
    }),
  );
}

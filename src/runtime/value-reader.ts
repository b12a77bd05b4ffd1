/** Reads the values that a program shows, by key. Those of a loop's iterations are parts of one output. */
import type { CompiledProgram } from '../compiler/types.ts';
import { elements } from '../ir/program.ts';
import type { Executable } from '../numeric/engine.ts';

type Reads = Pick<Executable, 'read'>;

export interface ReadValue {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array | Float64Array;
}

/** A value that can be read in pieces. */
export interface PlacedValue {
  readonly shape: readonly number[];
  /** Its elements from `from` up to `to`, in row-major order. */
  read(from: number, to: number): Promise<ReadValue['data']>;
}

/** Where the value of a key lies; undefined where the program does not show it. */
export function placedValue(
  program: CompiledProgram,
  executable: Reads,
  key: string,
): PlacedValue | undefined {
  const output = program.values[key];
  if (output === undefined) return undefined;
  const { loops, index } = program.parts[key] ?? { loops: 0, index: 0 };
  const shape = shapeOfOutput(program, output).slice(loops);
  const start = index * elements(shape);
  return { shape, read: (from, to) => executable.read(output, start + from, start + to) };
}

/** All numbers of a value. */
export async function readValue(
  program: CompiledProgram,
  executable: Reads,
  key: string,
): Promise<ReadValue | undefined> {
  const placed = placedValue(program, executable, key);
  return placed && { shape: placed.shape, data: await placed.read(0, elements(placed.shape)) };
}

/** Of the value itself: a buffer may hold the same numbers for a value of another shape. */
export function shapeOfOutput({ program }: CompiledProgram, name: string): readonly number[] {
  const output = program.outputs.find((o) => o.name === name);
  return (output && program.ops[output.value]?.shape) ?? [];
}

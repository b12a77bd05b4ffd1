/** Plans written by hand for the engines' conformance suite, and what it takes to run one on every engine. */
import type { Expr } from '../../src/ir/expr.ts';
import type { Dtype, NestResult, NestStep, Plan, PlanBuffer, Step } from '../../src/ir/plan.ts';
import { bytesOf } from '../../src/ir/plan.ts';
import { elements } from '../../src/ir/program.ts';
import { usualCaches } from '../../src/ir/target.ts';
import type { EngineName, Executable } from '../../src/numeric/engine.ts';
import { engines } from '../../src/numeric/index.ts';
import type { KernelVariant } from '../../src/numeric/wasm/kernels.ts';
import { createWasm } from '../../src/numeric/wasm/wasm-engine.ts';

/** A plan without a precision. Every buffer can be written and read: as `b0`, `b1`, … */
export interface Sketch {
  readonly shapes: readonly (readonly number[])[];
  readonly steps: readonly Step[];
}

export interface Target {
  readonly engine: EngineName;
  readonly dtype: Dtype;
  /** The distance from 1 to the next number. */
  readonly epsilon: number;
  /** Of the WebAssembly engine; those that it would choose by itself where none are named. */
  readonly kernels?: KernelVariant;
}

export const targets = [
  { engine: 'reference', dtype: 'float64', epsilon: 2 ** -52 },
  { engine: 'wasm', dtype: 'float64', epsilon: 2 ** -52 },
  { engine: 'wasm', dtype: 'float32', epsilon: 2 ** -23 },
] as const satisfies readonly Target[];

export function planOf({ shapes, steps }: Sketch, dtype: Dtype, caches = usualCaches): Plan {
  let offset = 0;
  const buffers = shapes.map((shape): PlanBuffer => {
    const bytes = elements(shape) * bytesOf[dtype];
    const buffer = { shape, offset, bytes };
    offset += Math.ceil(bytes / 64) * 64;
    return buffer;
  });
  const inputs = Object.fromEntries(shapes.map((_, i) => [`b${i}`, { buffer: i, role: 'state' as const }]));
  return { dtype, caches, bytes: offset, buffers, steps, inputs, outputs: {}, constants: [], metrics: {} };
}

export async function load(
  sketch: Sketch,
  target: Pick<Target, 'engine' | 'dtype' | 'kernels'>,
): Promise<Executable> {
  const engine = target.kernels ? createWasm(target.kernels) : await engines[target.engine]();
  return engine.load(planOf(sketch, target.dtype));
}

/** The buffers' numbers after one step, given those before it. */
export async function run(
  sketch: Sketch,
  before: readonly ArrayLike<number>[],
  target: Pick<Target, 'engine' | 'dtype' | 'kernels'>,
): Promise<ArrayLike<number>[]> {
  const executable = await load(sketch, target);
  for (const [i, data] of before.entries()) executable.write(`b${i}`, data);
  await executable.advance(1);
  const after = await Promise.all(before.map((_, i) => executable.read(`b${i}`)));
  executable.dispose();
  return after;
}

/** The shortest text for a place. */
export const at = (buffer: number, offset = 0) => ({ buffer, offset });

/** The shortest text for an operand. */
export const operand = (buffer: number, strides: readonly number[], offset = 0) => ({
  buffer,
  offset,
  strides,
});

/** One value of `expr` at each point of `dims`. */
export const map = (
  dims: readonly number[],
  expr: Expr,
  operands: NestStep['operands'],
  out: NestResult['out'],
): NestStep => ({
  kind: 'nest',
  dims,
  reduced: 0,
  operands,
  results: [{ out, expr, reduce: 'none', scale: 1 }],
  flops: 0,
});

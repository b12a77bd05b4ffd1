/**
 * Products: the kernel's descriptions of them (assembly/axes.ts), which lie in memory behind the arena as
 * constants of the plan's module, and the calls that name them.
 */
import { bytesOf, type Dtype, type GemmStep, type Plan } from '../../../ir/plan.ts';
import type { Code } from './code.ts';

/** An axis: its size and its strides on a, b and c, in elements; 0 on an operand it does not run along. */
type Axis = readonly [size: number, onA: number, onB: number, onC: number];

/** Every product's description, one for all that are alike. */
export class Products {
  readonly #words: number[] = [];
  readonly #places = new Map<string, number>();
  readonly #base: number;
  readonly #size: number;

  /** The descriptions begin at address `base`. */
  constructor(base: number, dtype: Dtype) {
    this.#base = base;
    this.#size = bytesOf[dtype];
  }

  /** The address of a product's description. */
  place(step: GemmStep): number {
    const { accumulate, batch, m, n, k, a, b, c } = step;
    const key = [accumulate, batch, m, n, k, a.strides, b.strides, c.strides].join(';');
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#base + 4 * this.#words.length;
      this.#places.set(key, place);
      this.#words.push(...describe(step, this.#size));
    }
    return place;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Int32Array.from(this.#words).buffer);
  }
}

/** The bytes that the descriptions of a plan's products take at most: no two alike, no axis merged. */
export const productBytes = ({ steps }: Plan): number =>
  steps.reduce((sum, step) => sum + (step.kind === 'gemm' ? 4 * mostWords(step) : 0), 0);

const mostWords = ({ batch, m, n, k }: GemmStep): number =>
  5 + 4 * (batch.length + m.length + n.length + k.length);

function describe(step: GemmStep, size: number): number[] {
  const roles = axesByRole(step);
  const words = [Number(step.accumulate), ...roles.map((axes) => axes.length)];
  for (const axes of roles)
    for (const [count, onA, onB, onC] of axes) words.push(count, onA * size, onB * size, onC * size);
  return words;
}

/** Axes of the batches, rows, columns and terms, outermost first. */
function axesByRole({ batch, m, n, k, a, b, c }: GemmStep): Axis[][] {
  const from = batch.length;
  const on = (strides: readonly number[], at: number) => (d: number) => strides[at + d] as number;
  const nowhere = () => 0;
  const role = (sizes: readonly number[], ...onEach: ((d: number) => number)[]): Axis[] =>
    simplify(sizes.map((size, d) => [size, ...onEach.map((stride) => stride(d))] as unknown as Axis));
  return [
    role(batch, on(a.strides, 0), on(b.strides, 0), on(c.strides, 0)),
    role(m, on(a.strides, from), nowhere, on(c.strides, from)),
    role(n, nowhere, on(b.strides, from + k.length), on(c.strides, from + m.length)),
    role(k, on(a.strides, from + m.length), on(b.strides, from), nowhere),
  ];
}

/** Without axes of size 1, and with neighbours that run as one made one. */
function simplify(axes: readonly Axis[]): Axis[] {
  const merged: Axis[] = [];
  for (const axis of axes) {
    if (axis[0] === 1) continue;
    const outer = merged.at(-1);
    if (outer && [1, 2, 3].every((w) => outer[w] === axis[0] * (axis[w] as number)))
      merged[merged.length - 1] = [outer[0] * axis[0], axis[1], axis[2], axis[3]];
    else merged.push(axis);
  }
  return merged;
}

/** The call of the kernel. */
export function emitGemm(
  code: Code,
  step: GemmStep,
  {
    products,
    addressOf,
    dtype,
    kernel,
  }: {
    products: Products;
    addressOf: (buffer: number) => number;
    dtype: Dtype;
    kernel: number;
  },
): void {
  code.int(products.place(step));
  for (const { buffer, offset } of [step.a, step.b, step.c])
    code.int(addressOf(buffer) + offset * bytesOf[dtype]);
  code.raw(constant(step.scale, dtype)).call(kernel);
}

/** f32.const or f64.const. */
function constant(value: number, dtype: Dtype): number[] {
  const [opcode, bytes] =
    dtype === 'float32' ? [0x43, Float32Array.of(value)] : [0x44, Float64Array.of(value)];
  return [opcode, ...new Uint8Array(bytes.buffer)];
}

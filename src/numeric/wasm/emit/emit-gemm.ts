/**
 * Products: the kernel's descriptions of them (assembly/axes.ts), which lie in memory behind the arena as
 * constants of the plan's module, and the calls that name them.
 */
import { bytesOf, type Dtype, type GemmStep, type Plan, type Step, visitSteps } from '../../../ir/plan.ts';
import type { CodeBuilder } from './code.ts';

/** An axis: its size and its strides on a, b and c, in elements; 0 on an operand it does not run along. */
type Axis = readonly [size: number, onA: number, onB: number, onC: number];

/** The descriptions, one for all products that are alike, and the calls. */
export class Products {
  readonly #words: number[] = [];
  readonly #places = new Map<string, number>();
  readonly #base: number;
  readonly #dtype: Dtype;
  readonly #kernel: number;

  /** The descriptions begin at address `base`; `kernel` is the index of the function that takes them. */
  constructor(base: number, dtype: Dtype, kernel: number) {
    this.#base = base;
    this.#dtype = dtype;
    this.#kernel = kernel;
  }

  /**
   * Writes the call for a product; `pushes` put the addresses of a, b and c on the stack. Where `again`, a
   * local, is not 0, the last product was this one too, for other rows.
   */
  call(code: CodeBuilder, step: GemmStep, pushes: readonly (() => void)[], again?: number): void {
    code.int(this.#place(step));
    for (const push of pushes) push();
    code.raw(constant(step.scale, this.#dtype));
    if (again === undefined) code.int(0);
    else code.get(again);
    code.call(this.#kernel);
  }

  /** The address of a product's description. */
  #place(step: GemmStep): number {
    const { batch, m, n, k, a, b, c } = step;
    const key = [batch, m, n, k, a.strides, b.strides, c.strides].join(';');
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.#base + 4 * this.#words.length;
      this.#places.set(key, place);
      this.#words.push(...describe(step, bytesOf[this.#dtype]));
    }
    return place;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Int32Array.from(this.#words).buffer);
  }
}

/** The bytes that the descriptions of a plan's products take at most: no two alike, no axis merged. */
export function productBytes({ steps }: Plan): number {
  let words = 0;
  visitSteps(steps, (step) => {
    words += mostWords(step);
  });
  return 4 * words;
}

function mostWords(step: Step): number {
  if (step.kind === 'fused') return step.nests.reduce((sum, nest) => sum + mostWords(nest), 0);
  if (step.kind !== 'gemm') return 0;
  const { batch, m, n, k } = step;
  return 4 + 4 * (batch.length + m.length + n.length + k.length);
}

function describe(step: GemmStep, size: number): number[] {
  const roles = axesByRole(step);
  const words = roles.map((axes) => axes.length);
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

/** f32.const or f64.const. */
function constant(value: number, dtype: Dtype): number[] {
  const [opcode, bytes] =
    dtype === 'float32' ? [0x43, Float32Array.of(value)] : [0x44, Float64Array.of(value)];
  return [opcode, ...new Uint8Array(bytes.buffer)];
}

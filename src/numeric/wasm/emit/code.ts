/** The body of one function while it is written: instructions, and locals handed out and taken back. */
import { signed, unsigned, type ValueType, valueType } from './binary.ts';

export class CodeBuilder {
  readonly #bytes: number[] = [];
  readonly #locals: ValueType[] = [];
  readonly #free: Record<ValueType, number[]> = { i32: [], f32: [], f64: [], v128: [] };
  readonly #params: number;

  constructor(params = 0) {
    this.#params = params;
  }

  /** A local that nobody else holds. It starts with whatever its last holder left. */
  local(type: ValueType): number {
    return this.#free[type].pop() ?? this.#params + this.#locals.push(type) - 1;
  }

  release(type: ValueType, local: number): void {
    this.#free[type].push(local);
  }

  raw(bytes: readonly number[]): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  get(local: number): this {
    return this.#with(0x20, unsigned, local);
  }

  set(local: number): this {
    return this.#with(0x21, unsigned, local);
  }

  tee(local: number): this {
    return this.#with(0x22, unsigned, local);
  }

  int(value: number): this {
    return this.#with(0x41, signed, value | 0);
  }

  call(index: number): this {
    return this.#with(0x10, unsigned, index);
  }

  #with(opcode: number, write: typeof unsigned, immediate: number): this {
    this.#bytes.push(opcode);
    write(immediate, this.#bytes);
    return this;
  }

  /** local += value, nothing where value is 0. */
  advance(local: number, value: number): this {
    return value === 0 ? this : this.get(local).int(value).raw([0x6a]).set(local);
  }

  /** Runs the body `count` times (at least once). */
  repeat(count: number, body: () => void): void {
    if (count === 1) return body();
    const left = this.local('i32');
    this.int(count).set(left);
    this.#countDown(left, body);
    this.release('i32', left);
  }

  /** Runs the body `count` times in blocks of at most `block`; `before` and `after` surround each block. */
  repeatInBlocks(
    count: number,
    block: number,
    before: () => void,
    body: () => void,
    after: () => void,
  ): void {
    const [left, now] = [this.local('i32'), this.local('i32')];
    this.int(count).set(left);
    this.raw([0x03, 0x40]);
    before();
    // now = min(left, block); left −= now
    this.get(left).int(block).get(left).int(block).raw([0x49, 0x1b]).set(now);
    this.get(left).get(now).raw([0x6b]).set(left);
    this.#countDown(now, body);
    after();
    this.get(left).raw([0x0d, 0x00, 0x0b]);
    this.release('i32', left);
    this.release('i32', now);
  }

  /** loop { body; if (--left) continue } */
  #countDown(left: number, body: () => void): void {
    this.raw([0x03, 0x40]);
    body();
    this.get(left).int(1).raw([0x6b]).tee(left).raw([0x0d, 0x00, 0x0b]);
  }

  /** The instructions so far. */
  bytes(): readonly number[] {
    return this.#bytes;
  }

  /** Locals and instructions, as the code section takes them. */
  finish(): number[] {
    const locals = this.#locals.flatMap((type) => [1, valueType[type]]);
    return [...unsigned(this.#locals.length), ...locals, ...this.#bytes, 0x0b];
  }
}

/** Induction pointers: addresses that loops advance along the windows they read and write. */
import type { CodeBuilder } from './code.ts';

/** Where a window begins: a number of bytes, beyond what a local holds if there is one. */
export interface Base {
  readonly local: number | undefined;
  readonly address: number;
}

/** Windows that begin at one local and have equal strides share one running address. */
interface InductionPointer {
  readonly local: number;
  /** Bytes for each loop. */
  readonly strides: readonly number[];
  /** Where it starts: at the value of this local, and at so many bytes. */
  readonly base: number | undefined;
  readonly start: number;
}

/** Where a window's loops stand: at `base`, with strides in bytes for each loop. */
export interface Cursor {
  readonly base: Base;
  readonly strides: readonly number[];
}

export class InductionPointers {
  readonly #code: CodeBuilder;
  readonly #pointers: InductionPointer[] = [];

  constructor(code: CodeBuilder) {
    this.#code = code;
  }

  /** A pointer to the beginning of a window, advanced by the loops from then on. */
  start({ local, address }: Base, strides: readonly number[]): Cursor {
    if (strides.every((s) => s === 0)) return { base: { local, address }, strides };
    // Addresses have no sign: a pointer that goes backwards starts at its full address.
    const start = strides.some((s) => s < 0) ? address : 0;
    const pointer = this.#find(local, start, strides) ?? this.#add(local, start, strides);
    return { base: { local: pointer.local, address: address - start }, strides };
  }

  #find(base: number | undefined, start: number, strides: readonly number[]): InductionPointer | undefined {
    return this.#pointers.find(
      (w) => w.base === base && w.start === start && w.strides.every((s, d) => s === strides[d]),
    );
  }

  #add(base: number | undefined, start: number, strides: readonly number[]): InductionPointer {
    const local = this.#code.local('i32');
    if (base === undefined) this.#code.int(start);
    else this.#code.get(base);
    if (base !== undefined && start !== 0) this.#code.int(start).raw([0x6a]);
    this.#code.set(local);
    const pointer = { local, strides, base, start };
    this.#pointers.push(pointer);
    return pointer;
  }

  /** How far each has moved when none has. */
  still(): number[] {
    return this.#pointers.map(() => 0);
  }

  /** How far each moves in so many iterations of a loop. */
  distance(level: number, iterations: number): number[] {
    return this.#pointers.map(({ strides }) => iterations * (strides[level] as number));
  }

  /** Moves all from where they are (`moved`) to so many iterations of the loop. */
  moveTo(moved: readonly number[], level: number, iterations: number): void {
    for (const [w, { local, strides }] of this.#pointers.entries())
      this.#code.advance(local, iterations * (strides[level] as number) - (moved[w] as number));
  }

  release(): void {
    for (const { local } of this.#pointers) this.#code.release('i32', local);
  }
}

/**
 * Loop nests as functions of a module. A network repeats itself: nests that differ only in where their
 * buffers lie share one function, which takes the addresses. A nest that stands alone, and in no loop of
 * steps, has them as constants.
 */
import {
  type BufferPlace,
  bytesOf,
  type Dtype,
  type FusedStep,
  type NestStep,
  type Step,
  visitSteps,
} from '../../../ir/plan.ts';
import { elements } from '../../../ir/program.ts';
import type { ModuleBuilder } from './binary.ts';
import { CodeBuilder } from './code.ts';
import type { Apply } from './emit-expr.ts';
import type { Products } from './emit-gemm.ts';
import { emitFused, windowsOf } from './fused.ts';
import type { PushAddress } from './loop.ts';

/** From so many points on, functions are written out in the loop instead of called; the bits are the same. */
const INLINE_FROM = 128;

/** What is written as a whole: nests in the outer loops that they share. */
type Unit = Pick<FusedStep, 'outer' | 'nests'>;

/** Nests that share no loop are written one by one. */
function unitsOf(step: Step): readonly Unit[] {
  if (step.kind === 'nest') return [{ outer: [], nests: [step] }];
  if (step.kind !== 'fused') return [];
  return step.outer.length > 0 ? [step] : step.nests.map((nest) => ({ outer: [], nests: [nest] }));
}

export class SharedNests {
  readonly #module: ModuleBuilder;
  readonly #dtype: Dtype;
  readonly #addressOf: (buffer: number) => number;
  /** Functions that are called, and functions that are written out. */
  readonly #apply: { readonly call: Apply; readonly writeOut: Apply };
  readonly #products: Products;
  readonly #keys = new Map<Unit, Key>();
  readonly #counts = new Map<string, number>();
  readonly #functions = new Map<string, number>();
  readonly #units = new Map<Step, readonly Unit[]>();

  constructor(
    module: ModuleBuilder,
    dtype: Dtype,
    addressOf: (buffer: number) => number,
    apply: { readonly call: Apply; readonly writeOut: Apply },
    products: Products,
  ) {
    this.#module = module;
    this.#dtype = dtype;
    this.#addressOf = addressOf;
    this.#apply = apply;
    this.#products = products;
  }

  /** To be told of every step before the first is written. */
  announce(steps: readonly Step[]): void {
    visitSteps(steps, (step) => {
      const units = unitsOf(step);
      this.#units.set(step, units);
      for (const unit of units) {
        const key = keyOf(unit);
        this.#keys.set(unit, key);
        this.#counts.set(key.text, (this.#counts.get(key.text) ?? 0) + 1);
      }
    });
  }

  /** `push`: for a step in a loop. */
  write(code: CodeBuilder, step: NestStep | FusedStep, push?: PushAddress): void {
    for (const unit of this.#units.get(step) ?? []) {
      const key = this.#keys.get(unit) as Key;
      if (push || (this.#counts.get(key.text) as number) > 1) {
        for (const anchor of key.anchors)
          if (push) push(code, anchor);
          else code.int(this.#addressOf(anchor.buffer));
        code.call(this.#function(unit, key));
      } else this.#emit(code, unit, ({ buffer }) => ({ local: undefined, address: this.#addressOf(buffer) }));
    }
  }

  #function(unit: Unit, { text, anchors }: Key): number {
    const known = this.#functions.get(text);
    if (known !== undefined) return known;
    const code = new CodeBuilder(anchors.length);
    const bytes = bytesOf[this.#dtype];
    this.#emit(code, unit, (place) => {
      const local = anchorOf(place, anchors);
      return { local, address: -(anchors[local] as BufferPlace).offset * bytes };
    });
    const params = anchors.map(() => 'i32' as const);
    const index = this.#module.addFunction({ params, results: [] }, code.finish());
    this.#functions.set(text, index);
    return index;
  }

  #emit(
    code: CodeBuilder,
    unit: Unit,
    baseOf: (place: BufferPlace) => { local: number | undefined; address: number },
  ): void {
    const bytes = bytesOf[this.#dtype];
    emitFused(
      code,
      unit,
      this.#dtype,
      (window) => {
        const { local, address } = baseOf(window);
        return { local, address: address + window.offset * bytes };
      },
      {
        applyFor: ({ dims }) => (elements(dims) < INLINE_FROM ? this.#apply.call : this.#apply.writeOut),
        products: this.#products,
      },
    );
  }
}

interface Key {
  /** Equal for nests that differ only in their buffers, and in how these move with loops around them. */
  readonly text: string;
  /**
   * Where the distinct buffers begin, in the order of their first use. One that moves with loops has an anchor
   * for each way in which it does: at the first element that is used, which stays inside the buffer.
   */
  readonly anchors: readonly BufferPlace[];
}

const anchorOf = ({ buffer, loopStrides }: BufferPlace, anchors: readonly BufferPlace[]): number =>
  anchors.findIndex((a) => a.buffer === buffer && String(a.loopStrides) === String(loopStrides));

function keyOf({ outer, nests }: Unit): Key {
  const anchors: BufferPlace[] = [];
  for (const { buffer, offset, loopStrides } of nests.flatMap(windowsOf)) {
    const place: BufferPlace = loopStrides ? { buffer, offset, loopStrides } : { buffer, offset: 0 };
    const known = anchorOf(place, anchors);
    if (known < 0) anchors.push(place);
    else if (offset < (anchors[known] as BufferPlace).offset) anchors[known] = place;
  }
  const shape = nests.map((nest) => [
    windowsOf(nest).map((window) => {
      const at = anchorOf(window, anchors);
      return [at, window.offset - (anchors[at] as BufferPlace).offset, window.strides];
    }),
    nest.kind === 'gemm'
      ? [nest.batch, nest.m, nest.n, nest.k, nest.scale]
      : [nest.dims, nest.reduced, nest.results.map(({ expr, reduce, scale }) => [expr, reduce, scale])],
  ]);
  return { text: JSON.stringify([outer, shape]), anchors };
}

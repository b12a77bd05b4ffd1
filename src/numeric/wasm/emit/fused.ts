/** Writes loop nests, and products among them, inside the outer loops that they share. */
import {
  bytesOf,
  type Dtype,
  type FusedStep,
  type GemmStep,
  type NestStep,
  type Operand,
  productAt,
} from '../../../ir/plan.ts';
import type { CodeBuilder } from './code.ts';
import type { Apply } from './emit-expr.ts';
import type { Products } from './emit-gemm.ts';
import { type Base, InductionPointers } from './induction-pointers.ts';
import { emitNest } from './nest.ts';

/** A loop nest's windows, or a product's: the operands in order, then the results. */
export const windowsOf = (nest: FusedStep['nests'][number]): Operand[] =>
  nest.kind === 'gemm'
    ? [nest.a, withRows(nest), nest.c]
    : [...nest.operands, ...nest.results.map((r) => r.out)];

/** A product's b with strides of 0 along the rows, so that strides along outer dimensions come first as on a and c. */
const withRows = ({ batch, m, b }: GemmStep): Operand => ({
  ...b,
  strides: [...b.strides.slice(0, batch.length), ...m.map(() => 0), ...b.strides.slice(batch.length)],
});

interface OuterLoop {
  readonly size: number;
  /** In bytes, for each window of each nest. */
  readonly strides: readonly (readonly number[])[];
}

/** `baseOf` says where a window begins; `applyFor` how a nest's functions are made. */
export function emitFused(
  code: CodeBuilder,
  { outer, nests }: Pick<FusedStep, 'outer' | 'nests'>,
  dtype: Dtype,
  baseOf: (window: Operand) => Base,
  { applyFor, products }: { applyFor: (nest: NestStep) => Apply; products: Products },
): void {
  const loops = merged(outer, nests, bytesOf[dtype]);
  const pointers = new InductionPointers(code);
  const bases = nests.map((nest, i) =>
    windowsOf(nest).map(
      (window, w) =>
        pointers.start(
          baseOf(window),
          loops.map((loop) => loop.strides[i]?.[w] as number),
        ).base,
    ),
  );
  const origin = outer.map(() => 0);
  // Between the calls of a product there must be no other.
  const again = nests.filter((nest) => nest.kind === 'gemm').length === 1 ? code.local('i32') : undefined;
  if (again !== undefined) code.int(0).set(again);
  const from = (level: number): number[] => {
    const loop = loops[level];
    if (loop === undefined) {
      for (const [i, nest] of nests.entries()) {
        const at = bases[i] as readonly Base[];
        if (nest.kind === 'gemm') {
          const pushes = at.map((base) => () => pushBase(code, base));
          products.call(code, productAt(nest, origin), pushes, again);
          if (again !== undefined) code.int(1).set(again);
        } else emitNest(code, nest, outer.length, dtype, at, applyFor(nest));
      }
      return pointers.still();
    }
    code.repeat(loop.size, () => pointers.moveTo(from(level + 1), level, 1));
    return pointers.distance(level, loop.size);
  };
  from(0);
  pointers.release();
  if (again !== undefined) code.release('i32', again);
}

function pushBase(code: CodeBuilder, { local, address }: Base): void {
  code.int(address);
  if (local !== undefined) code.get(local).raw([0x6a]);
}

/** Neighbouring loops become one where every window walks through both in one go. */
function merged(outer: readonly number[], nests: FusedStep['nests'], bytes: number): OuterLoop[] {
  const loops: OuterLoop[] = [];
  for (const [d, size] of outer.entries()) {
    const strides = nests.map((nest) => windowsOf(nest).map((w) => (w.strides[d] as number) * bytes));
    const last = loops.at(-1);
    if (last?.strides.every((row, i) => row.every((s, w) => s === size * (strides[i]?.[w] as number))))
      loops[loops.length - 1] = { size: last.size * size, strides };
    else loops.push({ size, strides });
  }
  return loops;
}

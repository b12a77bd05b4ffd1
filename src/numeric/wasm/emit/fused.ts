/** Writes loop nests inside the outer loops that they share. */
import { bytesOf, type Dtype, type FusedStep, type NestStep, type Operand } from '../../../ir/plan.ts';
import type { Code } from './code.ts';
import type { Apply } from './expr.ts';
import { emitNest } from './nest.ts';
import { type Base, Walkers } from './walkers.ts';

/** A loop nest's windows: the operands in order, then the results. */
export const windowsOf = ({ operands, results }: NestStep): Operand[] => [
  ...operands,
  ...results.map((r) => r.out),
];

interface OuterLoop {
  readonly size: number;
  /** In bytes, for each window of each nest. */
  readonly strides: readonly (readonly number[])[];
}

/** `baseOf` says where a window begins; `applyFor` how a nest's functions are made. */
export function emitFused(
  code: Code,
  { outer, nests }: Pick<FusedStep, 'outer' | 'nests'>,
  dtype: Dtype,
  baseOf: (window: Operand) => Base,
  applyFor: (nest: NestStep) => Apply,
): void {
  const loops = merged(outer, nests, bytesOf[dtype]);
  const walkers = new Walkers(code);
  const bases = nests.map((nest, i) =>
    windowsOf(nest).map(
      (window, w) =>
        walkers.start(
          baseOf(window),
          loops.map((loop) => loop.strides[i]?.[w] as number),
        ).base,
    ),
  );
  const from = (level: number): number[] => {
    const loop = loops[level];
    if (loop === undefined) {
      for (const [i, nest] of nests.entries())
        emitNest(code, nest, outer.length, dtype, bases[i] as readonly Base[], applyFor(nest));
      return walkers.still();
    }
    code.repeat(loop.size, () => walkers.moveTo(from(level + 1), level, 1));
    return walkers.distance(level, loop.size);
  };
  from(0);
  walkers.release();
}

/** Neighbouring loops become one where every window walks through both in one go. */
function merged(outer: readonly number[], nests: readonly NestStep[], bytes: number): OuterLoop[] {
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

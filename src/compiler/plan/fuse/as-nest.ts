/** A product looked at as the loop nest that it is: its terms are the reduced dimensions. */
import { arg, e } from '../../../ir/expr.ts';
import type { GemmStep, NestStep, Operand } from '../../../ir/plan.ts';

/** Nests are themselves. */
export function asNest(step: NestStep | GemmStep): NestStep {
  if (step.kind === 'nest') return step;
  const { batch, m, n, k, a, b, c, scale, flops } = step;
  const still = (sizes: readonly number[]) => sizes.map(() => 0);
  const [rows, summed] = [batch.length + m.length, batch.length + k.length];
  const spread = (o: Operand, ...strides: (readonly number[])[]): Operand => ({
    ...o,
    strides: strides.flat(),
  });
  return {
    kind: 'nest',
    dims: [...batch, ...m, ...n, ...k],
    reduced: k.length,
    operands: [
      spread(a, a.strides.slice(0, rows), still(n), a.strides.slice(rows)),
      spread(
        b,
        b.strides.slice(0, batch.length),
        still(m),
        b.strides.slice(summed),
        b.strides.slice(batch.length, summed),
      ),
    ],
    results: [{ out: c, expr: e.mul(arg(0), arg(1)), reduce: 'sum', scale }],
    flops,
  };
}

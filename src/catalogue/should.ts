/** Checks of a law that holds, or that is to be seen broken: what a model without it does. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { arg, binary, e, number } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { LowerContext } from './define.ts';
import { pythonNumber, type TorchContext } from './torch.ts';

export const shouldParams = {
  should: z
    .enum(['hold', 'break'])
    .default('hold')
    .meta({
      label: text('The law should', '该定律应'),
      options: { hold: text('hold', '成立'), break: text('be broken', '被破坏') },
    }),
  least: z
    .number()
    .min(0)
    .default(0.1)
    .meta({
      label: text('Broken by at least', '至少破坏'),
      doc: text('Where it should be broken', '用于应被破坏的情形'),
    }),
};

/**
 * Tells how far a law is from holding: `difference`, never negative, 0 where it holds exactly. A law that should be
 * broken is, up to nothing, where the difference is `least` or more.
 */
export function tellDifference(
  { params, ir, check }: LowerContext<{ readonly should: 'hold' | 'break'; readonly least: number }>,
  difference: ValueId,
  tolerance: ValueId,
): void {
  if (params.should === 'hold') {
    check({ value: difference, theory: ir.full([], 0), residual: difference, tolerance });
    return;
  }
  const missing = binary('max', number(0), e.sub(number(params.least), arg(0)));
  check({ value: difference, residual: ir.map([difference], missing), tolerance: ir.full([], 0) });
}

/** The same in Python. */
export function tellTorchDifference(
  { params, check }: TorchContext<{ readonly should: 'hold' | 'break'; readonly least: number }>,
  difference: string,
  tolerance: string,
): void {
  if (params.should === 'hold') check({ value: difference, theory: '0.0', residual: difference, tolerance });
  else {
    const residual = `torch.clamp(${pythonNumber(params.least)} - ${difference}, min=0)`;
    check({ value: difference, residual, tolerance: '0.0' });
  }
}

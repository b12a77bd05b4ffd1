/** What optimizers share: a scalar loss, the parameters above it, and the gradient by them. */
import { gradient } from '../ir/gradient.ts';
import type { ValueId } from '../ir/program.ts';
import type { InferContext, LowerContext } from './define.ts';

export function inferLoss({ inputs, report }: InferContext<unknown>): Record<string, never> {
  const axes = inputs.loss?.axes ?? [];
  if (axes.length > 0)
    report('not-scalar', { port: 'loss' }, { what: 'loss', axes: axes.map((a) => a.name).join(', ') });
  return {};
}

/** Every trainable parameter the loss depends on, with its name and ∂loss/∂parameter. */
export function descend({
  inputs,
  ir,
  trainable,
  metric,
}: LowerContext<unknown>): { name: string; value: ValueId; slope: ValueId }[] {
  const loss = inputs.loss as ValueId;
  metric('loss', loss);
  const parameters = trainable(loss);
  const slopes = gradient(ir, loss, parameters);
  return parameters.map((value, i) => {
    const op = ir.op(value);
    return { name: op.kind === 'input' ? op.name : String(value), value, slope: slopes[i] as ValueId };
  });
}

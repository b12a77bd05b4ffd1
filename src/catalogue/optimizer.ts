/** What optimizers share: a scalar loss, the parameters above it and the gradient by them, a learning rate. */
import { text } from '../base/text.ts';
import type { ValueId } from '../ir/program.ts';
import type { InferContext, LowerContext, PortSpec } from './define.ts';

export const optimizerInputs: readonly PortSpec[] = [
  { name: 'loss', title: text('loss', '损失'), meaning: 'loss' },
  // A schedule is a node like others: whatever computes a scalar may be the rate.
  { name: 'rate', title: text('learning rate', '学习率'), optional: true },
];

/** Nothing is learned through the rate: the gradient is that of the loss. */
export const detachedInputs: readonly string[] = ['rate'];

/** For the card: a parameter that a wire replaces is not shown. */
export const showRate = (rate: number, wired: readonly string[], symbol = 'η'): string =>
  wired.includes('rate') ? `${symbol}(t)` : `${symbol} = ${rate}`;

/** Loss and rate must be scalars; an optimizer has no outputs. */
export function inferOptimizer({ inputs, report }: InferContext<unknown>): Record<string, never> {
  for (const [port, { axes }] of Object.entries(inputs))
    if (axes.length > 0)
      report('not-scalar', { port }, { what: port, axes: axes.map((a) => a.name).join(', ') });
  return {};
}

/** A trainable parameter and ∂loss/∂parameter, of the same shape. */
export interface TrainedParameter {
  readonly value: ValueId;
  readonly gradient: ValueId;
}

/** Every trainable parameter the loss depends on, in document order. The loss becomes a metric. */
export function gradients({
  inputs,
  trainable,
  objective,
  metric,
}: LowerContext<unknown>): readonly TrainedParameter[] {
  const parameters = trainable(inputs.loss as ValueId);
  const { loss, gradients } = objective()(parameters);
  metric('loss', loss);
  return parameters.map((value, i) => ({ value, gradient: gradients[i] as ValueId }));
}

/** The learning rate, a scalar: what is wired to `rate`, else the parameter, which becomes a constant of the step. */
export const learningRate = ({ inputs, params, ir }: LowerContext<{ readonly rate: number }>): ValueId =>
  inputs.rate ?? ir.full([], params.rate);

/** Averages of weights over the steps of a training. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { arg, binary, type Expr, e, number, select } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { LowerContext } from './define.ts';
import type { TorchAverage } from './torch.ts';

/**
 * Averages of weights, which evaluations compute with: exponential (B. Polyak and A. Juditsky, SIAM J. Control Optim. 30
 * (1992)), or of all steps alike (P. Izmailov et al., "Averaging weights leads to wider optima and better generalization",
 * arXiv 1803.05407), as torch.optim.swa_utils.AveragedModel has it.
 */
export const averageParams = {
  averaging: z
    .enum(['none', 'ema', 'swa'])
    .default('none')
    .meta({
      label: text('Evaluate with', '评估所用'),
      options: {
        none: text('the weights', '当前权重'),
        ema: text('their running average', '权重的滑动平均'),
        swa: text('their mean over steps', '权重对各步的平均'),
      },
    }),
  averageDecay: z
    .number()
    .min(0)
    .max(0.999999)
    .default(0.999)
    .meta({
      label: text('Decay of the average', '平均的衰减'),
      doc: text('Of the running average', '用于滑动平均'),
    }),
  averageFrom: z
    .int()
    .min(0)
    .default(0)
    .meta({ label: text('Averages from step', '从第几步起平均') }),
};

export interface Averaging {
  readonly averaging: 'none' | 'ema' | 'swa';
  readonly averageDecay: number;
  readonly averageFrom: number;
}

/** Whether something stands in for the parameters of an optimizer with these settings, whatever its type. */
export const isAveraging = (params: unknown): boolean =>
  ((params as Partial<Averaging> | null)?.averaging ?? 'none') !== 'none';

/** The names under which an optimizer keeps the average of a parameter, and how many steps it has seen. */
export const averageNames = { average: 'average', count: 'averaged' } as const;

/** The same for PyTorch. */
export const torchAverage = ({
  averaging,
  averageDecay,
  averageFrom,
}: Averaging): TorchAverage | undefined =>
  averaging === 'none'
    ? undefined
    : { from: averageFrom, ...(averaging === 'ema' && { decay: averageDecay }) };

/** Averages a parameter, `next` being what it is after this step; nothing where no average is asked for. */
export function keepAverage(
  { ir, stateOf, update }: Pick<LowerContext<unknown>, 'ir' | 'stateOf' | 'update'>,
  params: Averaging,
  parameter: ValueId,
  next: ValueId,
): void {
  if (params.averaging === 'none') return;
  const average = stateOf(parameter, averageNames.average, 'average');
  const before = stateOf(parameter, averageNames.count, 'count');
  const leading = (value: ValueId) => ir.shape(value).map((_, d) => d);
  const steps = ir.map([before], e.add(arg(0), number(1)), [leading(before)], ir.shape(before));
  update(before, steps);
  const all = [average, next, steps];
  update(average, ir.map(all, averageOf(params), all.map(leading), ir.shape(next)));
}

/** The average of a parameter after this step, of what it was, the parameter as it is now, and how many steps there were. */
function averageOf({ averaging, averageDecay, averageFrom }: Averaging): Expr {
  const [before, now] = [arg(0), arg(1)];
  const averaged = e.sub(arg(2), number(averageFrom));
  const next =
    averaging === 'ema'
      ? e.add(before, e.mul(number(1 - averageDecay), e.sub(now, before)))
      : e.add(before, e.div(e.sub(now, before), averaged));
  return select(binary('lt', number(1), averaged), next, now);
}

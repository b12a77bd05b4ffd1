/** Running means of gradients and of their squares, as optimizers of Adam's kind keep them, and their parameters. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import { arg, binary, type Expr, e, number, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { RuleContext } from './optimizer.ts';
import type { PythonValue } from './torch.ts';

/** How much of a running mean stays in a step. */
export const beta = (usual: number, label: Text) =>
  z.number().min(0).max(0.999999).default(usual).meta({ label });
export const beta1 = beta(0.9, text('β₁', 'β₁'));
export const beta2 = beta(0.999, text('β₂', 'β₂'));

export const epsilon = (usual = 1e-8) =>
  z
    .number()
    .positive()
    .default(usual)
    .meta({ label: text('ε', 'ε') });

/**
 * β mean + (1 − β) value. As a step from the mean towards the value it holds one rounded constant, so that
 * the weights of all values add up to 1 − βᵗ in single precision too: β₂ rounded by itself changes 1 − β₂
 * by 1e-5. Below β = ½ the step is so long that a small value would lose its digits to a large mean.
 */
export const runningMean = (beta: number, mean: Expr, value: Expr): Expr =>
  beta < 0.5
    ? e.add(e.mul(number(beta), mean), e.mul(number(1 - beta), value))
    : e.add(mean, e.mul(number(1 - beta), e.sub(value, mean)));

/**
 * 1 / (1 − βᵗ), t being argument 0, which takes the bias towards 0 out of a running mean after t steps, as
 * ½ + ½ / tanh(−½ t log β): nothing cancels, so single precision keeps its digits.
 */
export function biasCorrection(beta: number): Expr {
  // tanh is 1 far below the bound, which stands in for the infinity of β = 0.
  const rate = Math.min(-Math.log(beta) / 2, 100);
  return e.add(number(0.5), e.div(number(0.5), unary('tanh', e.mul(number(rate), arg(0)))));
}

/** What √ of a mean of squares becomes a divisor by: √v + ε. */
export const rootOf = (square: Expr, epsilon: number): Expr => e.add(unary('sqrt', square), number(epsilon));

export const adamParams = {
  beta1,
  beta2,
  epsilon: epsilon(),
  amsgrad: z
    .boolean()
    .default(false)
    .meta({
      label: text('AMSGrad', 'AMSGrad'),
      doc: text('Divides by the largest mean of squares so far', '除以迄今最大的平方均值'),
    }),
};
type AdamParams = z.output<z.ZodObject<typeof adamParams>>;

/**
 * m̂ / (√v̂ + ε): Adam's direction. With `amsgrad` v is the largest so far (S. J. Reddi, S. Kale and S. Kumar, "On the
 * convergence of Adam and beyond", ICLR 2018, algorithm 2; the largest before bias correction, as in PyTorch).
 */
export function adamDirection<P extends AdamParams>({
  params: { beta1, beta2, epsilon, amsgrad },
  gradient,
  kept,
  ofCount,
  map,
}: RuleContext<P>): ValueId {
  const mean = kept('mean', [gradient], runningMean(beta1, arg(0), arg(1)));
  const square = kept('square', [gradient], runningMean(beta2, arg(0), e.mul(arg(1), arg(1))));
  const divisor = amsgrad ? kept('largest', [square], binary('max', arg(0), arg(1))) : square;
  const corrections = [beta1, beta2].map((beta) => ofCount(biasCorrection(beta)));
  const root = rootOf(e.mul(arg(1), arg(3)), epsilon);
  return map([mean, divisor, ...corrections], e.div(e.mul(arg(0), arg(2)), root));
}

export const adamInTorch = ({
  beta1,
  beta2,
  epsilon,
  amsgrad,
}: AdamParams): Readonly<Record<string, PythonValue>> => ({
  betas: `(${beta1}, ${beta2})`,
  eps: epsilon,
  ...(amsgrad && { amsgrad }),
});

/** What optimizers at a temperature share: an input and a parameter for it, and normal noise for each parameter. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { ValueId } from '../ir/program.ts';
import type { InferContext, LowerContext, PortSpec } from './define.ts';
import { expectPositive } from './expectations.ts';
import { gaussian } from './noise.ts';
import { detachedInputs, inferOptimizer, optimizerInputs } from './optimizer.ts';

export const thermalInputs: readonly PortSpec[] = [
  ...optimizerInputs,
  { name: 'temperature', title: text('temperature', '温度'), optional: true },
];

/** Nothing is learned through what the noise is scaled by. */
export const thermalDetached: readonly string[] = [...detachedInputs, 'temperature'];

/** In units of the loss: Boltzmann's constant is 1. */
export const temperatureParam = z
  .number()
  .min(0)
  .default(0.1)
  .meta({
    label: text('Temperature T', '温度 T'),
    doc: text('In units of the loss; 0: no noise', '以损失为单位；0 表示没有噪声'),
  });

/** What is wired to `temperature`, else the parameter: a scalar. Below 0 the step is NaN, as is a square root there. */
export const temperature = ({
  inputs,
  params,
  ir,
}: LowerContext<{ readonly temperature: number }>): ValueId =>
  inputs.temperature ?? ir.full([], params.temperature);

/** ξ of the shape of a parameter, of mean 0 and deviation 1, drawn anew in each step. */
export const normalLike = ({ ir, random }: LowerContext<unknown>, parameter: ValueId): ValueId =>
  gaussian(ir, random, ir.shape(parameter));

/** What optimizers do, and neither temperature nor time step below 0. */
export function inferThermal(context: InferContext<unknown>): Record<string, never> {
  expectPositive(context, 'temperature');
  expectPositive(context, 'rate');
  return inferOptimizer(context);
}

/** Why the parameters may become NaN in the first step. */
export const thermalNotFinite = text(
  'a temperature or a time step below 0 has no square root',
  '负的温度或时间步长没有平方根',
);

/** For the card: what a wire replaces is not shown. */
export const showTemperature = (t: number, wired: readonly string[]): string =>
  wired.includes('temperature') ? 'T(t)' : `T = ${t}`;

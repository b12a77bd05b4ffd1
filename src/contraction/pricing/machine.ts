/**
 * How long a path takes, roughly: so long for each multiply-add, each element that a step makes (to write, and
 * to read again) and each step, whatever its size. A step that is a batch of products takes something for each
 * of them too; where they are tiny it is carried out as plain loops instead, so much slower for each multiply-add.
 * The figures are fitted to the default engine by `npm run bench:cost-model`; another machine shifts them
 * together, and only their ratios choose between paths.
 */
import { type CostModel, operationsOnly, stepCost } from './cost-model.ts';

export interface MachineCosts {
  /** Nanoseconds each. */
  readonly perMultiplyAdd: number;
  readonly perElement: number;
  readonly perStep: number;
  readonly perProduct: number;
  /** For each multiply-add in plain loops, beside perMultiplyAdd. */
  readonly perLooped: number;
}

export const machine: MachineCosts = {
  perMultiplyAdd: 0.07,
  perElement: 0.007,
  perStep: 250,
  perProduct: 110,
  perLooped: 0.45,
};

/** What the search makes small so that the time is small: all paths of a network have the same number of steps. */
const asCostModel = ({ perMultiplyAdd, perElement, perProduct, perLooped }: MachineCosts): CostModel => ({
  ...operationsOnly,
  perElement: perElement / perMultiplyAdd,
  perProduct: perProduct / perMultiplyAdd,
  perLooped: perLooped / perMultiplyAdd,
});

export const machineObjective = asCostModel(machine);

/** Estimated seconds; the steps as `explainSteps` gives them. */
export function secondsOf(
  steps: readonly { readonly flops: number; readonly elements: number; readonly products: number }[],
  costs: MachineCosts = machine,
): number {
  const model = asCostModel(costs);
  const work = steps.reduce((sum, s) => sum + stepCost(model, s.flops, s.elements, s.products, 1), 0);
  return (work * costs.perMultiplyAdd + steps.length * costs.perStep) * 1e-9;
}

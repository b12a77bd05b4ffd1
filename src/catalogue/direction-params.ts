/** The settings of optimizers that search along lines. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import {
  type Clipping,
  clipParams,
  groupOf,
  groupsParam,
  type ParameterGroup,
  torchClipping,
} from './parameter-groups.ts';
import { type Averaging, averageParams, torchAverage } from './weight-averages.ts';

export const directionParams = {
  rate: z
    .number()
    .min(0)
    .default(1)
    .meta({
      label: text('First step η', '初始步长 η'),
      doc: text('Of each line search', '每次线搜索的初始步长'),
    }),
  iterations: z
    .int()
    .min(1)
    .max(1000)
    .default(20)
    .meta({
      label: text('Iterations', '迭代次数'),
      doc: text('Directions that one step goes along, at most', '一步至多沿多少个方向前进'),
    }),
  evaluations: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({
      label: text('Evaluations', '求值次数'),
      doc: text(
        'After so many no other line is searched; 1¼ an iteration when left empty',
        '达到此数后不再搜索新的方向；留空则为迭代次数的 1¼ 倍',
      ),
    }),
  lineSearch: z
    .boolean()
    .default(true)
    .meta({
      label: text('Line search', '线搜索'),
      doc: text(
        'For the strong Wolfe conditions; without, each step is η',
        '满足强 Wolfe 条件；否则每步为 η',
      ),
    }),
  toleranceGradient: z
    .number()
    .min(0)
    .default(1e-7)
    .meta({
      label: text('Gradient tolerance', '梯度容差'),
      doc: text('A step ends where no element is larger', '当各分量都不大于它时，该步结束'),
    }),
  toleranceChange: z
    .number()
    .min(0)
    .default(1e-9)
    .meta({
      label: text('Change tolerance', '变化容差'),
      doc: text('A step ends where loss or point change less', '当损失或参数的变化小于它时，该步结束'),
    }),
  decay: z
    .number()
    .min(0)
    .default(0)
    .meta({
      label: text('Weight decay λ', '权重衰减 λ'),
      doc: text('Adds ½ λ θ² to the loss (L2)', '把 ½ λ θ² 加入损失（L2）'),
    }),
  ...clipParams,
  groups: groupsParam,
  ...averageParams,
} as const;

export interface DirectionParams extends Clipping, Averaging {
  readonly rate: number;
  readonly iterations: number;
  readonly evaluations?: number | undefined;
  readonly lineSearch: boolean;
  readonly toleranceGradient: number;
  readonly toleranceChange: number;
  readonly decay: number;
  readonly groups: readonly ParameterGroup[];
}

/** After how many evaluations no other line is searched. */
export const evaluationsOf = ({ iterations, evaluations }: DirectionParams): number =>
  evaluations ?? Math.max(1, Math.floor(iterations * 1.25));

/**
 * For the export: clipping in the closure, and settings of groups. `isPlain`: no parameter has a decay or a rate of its
 * own, as torch.optim.LBFGS wants it.
 */
export function torchDirections(params: DirectionParams) {
  const { groups, decay } = params;
  return {
    isPlain: groups.length === 0 && decay === 0,
    options: {
      closure: true,
      clip: torchClipping(params),
      average: torchAverage(params),
      ...(groups.length > 0 && {
        groupOf(tags: readonly string[]) {
          const group = groupOf(groups, tags);
          return group && { scale: group.rate, weight_decay: group.decay ?? decay };
        },
      }),
    },
  };
}

/** What optimizers have in common of the gradients that they follow: groups of parameters with settings of their own, and clipping. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, binary, e, number, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { pythonNumber } from './torch.ts';

/** Parameters that go by other settings than the rest: the first group that one belongs to counts. */
export const groupsParam = z
  .array(
    z.object({
      tag: z.string().min(1).max(50),
      rate: z.number().min(0).default(1),
      decay: z.number().min(0).optional(),
    }),
  )
  .max(50)
  .default([])
  .meta({
    label: text('Groups', '参数组'),
    doc: text(
      'Of parameters by tag, name in their node (bias) or type of node: a factor of the rate, and a decay of weights.',
      '按标签、在节点中的名称（bias）或节点类型划分参数：学习率因子与权重衰减。',
    ),
    widget: 'groups',
  });

const clipParam = (label: Text, doc: Text) => z.number().positive().optional().meta({ label, doc });

/** R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", arXiv 1211.5063, algorithm 1. */
export const clipParams = {
  clipNorm: clipParam(
    text('Largest norm', '最大范数'),
    text('Of all gradients together: longer ones are shortened to it', '全部梯度的总范数：超过时缩短到它'),
  ),
  clipValue: clipParam(
    text('Largest element', '最大分量'),
    text('Elements of gradients beyond it are set to it', '梯度分量超过它时取它'),
  ),
};

export type ParameterGroup = z.output<typeof groupsParam>[number];

/** The first group of a parameter with these tags. */
export const groupOf = (
  groups: readonly ParameterGroup[],
  tags: readonly string[],
): ParameterGroup | undefined => groups.find(({ tag }) => tags.includes(tag));

export interface Clipping {
  readonly clipNorm?: number | undefined;
  readonly clipValue?: number | undefined;
}

/** Gradients as they are followed: first their elements clipped, then all of them shortened together, as PyTorch clips. */
export function clipped(
  ir: Builder,
  gradients: readonly ValueId[],
  { clipNorm, clipValue }: Clipping,
): readonly ValueId[] {
  const short =
    clipValue === undefined
      ? gradients
      : gradients.map((g) =>
          ir.map([g], binary('max', number(-clipValue), binary('min', arg(0), number(clipValue)))),
        );
  if (clipNorm === undefined || short.length === 0) return short;
  const factor = shortening(ir, short, clipNorm);
  return short.map((g) => ir.map([g, factor], e.mul(arg(0), arg(1)), [ir.shape(g).map((_, d) => d), []]));
}

/** By how much gradients are shortened to a norm that all of them together must not have: a scalar of at most 1. */
export function shortening(ir: Builder, gradients: readonly ValueId[], clipNorm: number): ValueId {
  const squares = gradients.map((g) => {
    const all = ir.shape(g).map((_, d) => d);
    return ir.contract([g, g], [all, all], []);
  });
  const total = squares.reduce((a, b) => ir.map([a, b], e.add(arg(0), arg(1)), [[], []], []));
  // 10⁻⁶ as torch.nn.utils.clip_grad_norm_ has it.
  const ratio = e.div(number(clipNorm), e.add(unary('sqrt', arg(0)), number(1e-6)));
  return ir.map([total], binary('min', ratio, number(1)), [[]], []);
}

/** The lines by which PyTorch clips gradients in place, of parameters (a Python expression). */
export const torchClipping =
  ({ clipNorm, clipValue }: Clipping) =>
  (parameters: string): readonly string[] => [
    ...(clipValue === undefined
      ? []
      : [`torch.nn.utils.clip_grad_value_(${parameters}, ${pythonNumber(clipValue)})`]),
    ...(clipNorm === undefined
      ? []
      : [`torch.nn.utils.clip_grad_norm_(${parameters}, ${pythonNumber(clipNorm)})`]),
  ];

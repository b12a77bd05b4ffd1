/** Forgets whole channels, or what a layer says of whole examples, at random while training. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import * as params from '../params.ts';

interface Given {
  readonly kind: 'channels' | 'examples' | 'named';
  readonly axes: readonly string[];
}

/** Axes along which draws differ; along the others what is forgotten is forgotten as a whole. */
function drawnAxes({ kind, axes: together }: Given, axes: readonly { readonly name: string }[]): number[] {
  const all = axes.map((_, d) => d);
  if (kind === 'named') return all.filter((d) => !together.includes(axes[d]?.name ?? ''));
  return all.slice(0, kind === 'channels' ? 2 : 1);
}

export const structuredDropout = defineNode({
  type: 'structured-dropout',
  category: 'layer',
  title: text('Structured dropout', '结构化 Dropout'),
  // J. Tompson et al., arXiv 1411.4280 (channels); G. Huang et al., "Deep networks with stochastic depth", arXiv
  // 1603.09382 (examples, "drop path").
  doc: text(
    'While training, each channel of each example is 0 as a whole with probability p (x is [example, channel, …]), or each example (drop path, before a residual is added); the others are divided by 1 − p. At all other times y = x.',
    '训练时，每个样本的每个通道（x 为 [样本, 通道, …]）以概率 p 整个置 0，或每个样本整个置 0（drop path，用在相加残差之前），其余除以 1 − p；其他时候 y = x。',
  ),
  glyph: '▒',
  params: z.object({
    rate: z
      .number()
      .min(0)
      .max(1)
      .default(0.2)
      .meta({ label: text('Probability p', '概率 p') }),
    kind: z
      .enum(['channels', 'examples', 'named'])
      .default('channels')
      .meta({
        label: text('Of whole', '整体'),
        options: {
          channels: text('Channels', '通道'),
          examples: text('Examples (drop path)', '样本（drop path）'),
          named: text('The axes below', '下列轴'),
        },
      }),
    axes: z
      .array(params.indexName)
      .max(32)
      .default([])
      .meta({
        label: text('Axes', '轴'),
        doc: text('Along these nothing is forgotten in part', '沿这些轴不会只忘记一部分'),
        widget: 'names',
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ rate, kind, axes }) => `p = ${rate}, ${kind === 'named' ? axes.join(' ') : kind}`,
  infer({ params: { kind, axes }, inputs, report }) {
    const there = inputs.x?.axes ?? [];
    const missing = kind === 'named' ? axes.find((name) => !there.some((a) => a.name === name)) : undefined;
    if (missing !== undefined) {
      const names = there.map((a) => a.name).join(', ');
      const detail = text(`“${missing}” is not among ${names}`, `“${missing}” 不在 ${names} 之中`);
      report('bad-param', { param: 'axes' }, { param: 'axes', detail });
    }
    return inputs.x ? { y: inputs.x } : {};
  },
  lower({ params: given, inputs, inputTypes, ir, random, training }) {
    const x = inputs.x as ValueId;
    const { rate } = given;
    if (!training || rate === 0) return { y: x };
    const shape = shapeOf(inputTypes.x);
    if (rate === 1) return { y: ir.full(shape, 0) };
    const drawn = drawnAxes(given, inputTypes.x?.axes ?? []);
    const kept = e.mul(binary('le', number(rate), arg(1)), number(1 / (1 - rate)));
    const draws = random(drawn.map((d) => shape[d] as number));
    return { y: ir.map([x, draws], e.mul(arg(0), kept), [shape.map((_, d) => d), drawn], shape) };
  },
  torch({ params: given, inputs, inputTypes, length, random, training }) {
    const { x = '' } = inputs;
    const { rate } = given;
    if (rate === 0) return { y: x };
    if (rate === 1) return { y: `(torch.zeros_like(${x}) if ${training} else ${x})` };
    const axes = inputTypes.x?.axes ?? [];
    const drawn = drawnAxes(given, axes);
    const sizes = drawn.map((d) => length('x', d));
    const draws = random(sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`);
    const spread = axes.map((_, d) => (drawn.includes(d) ? ':' : 'None')).join(', ');
    const kept = `((${draws} >= ${rate}).to(${x}) / ${1 - rate})`;
    const mask = drawn.length === axes.length ? kept : `${kept}[${spread}]`;
    return { y: `(${x} * ${mask} if ${training} else ${x})` };
  },
  examples: [
    {
      // torch.nn.Dropout2d(0.2).eval()(x)
      inputs: { x: { axes: 'b 2, c 2, t 1', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'b 2, c 2, t 1', values: [1, 2, 3, 4] } },
    },
    {
      params: { kind: 'named', axes: ['t'] },
      inputs: { x: { axes: 't 2, d 3' } },
      expect: { y: { axes: 't 2, d 3' } },
    },
  ],
});

/** A price on the size of what is trained: L1 and L2, put into the wire of a loss. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { defineNode } from '../define.ts';
import { lossOutputs } from '../loss.ts';

export const regulariser = defineNode({
  type: 'regulariser',
  category: 'loss',
  title: text('Regulariser', '正则项'),
  doc: text(
    'loss + λ Σ |θ| (L1, which sets small weights to 0) or loss + λ Σ θ² (L2, which pulls all of them towards 0), over the trained parameters above the loss; with a tag, over those alone that have it, by name (weight) or by type of node.',
    'loss + λ Σ |θ|（L1，使小权重归零）或 loss + λ Σ θ²（L2，把所有权重拉向 0），对损失之上的可训练参数求和；给出标签时，只计带此标签、名称（weight）或节点类型的参数。',
  ),
  glyph: '∇',
  params: z.object({
    norm: z
      .enum(['L1', 'L2'])
      .default('L2')
      .meta({ label: text('Norm', '范数') }),
    strength: z
      .number()
      .min(0)
      .default(0.001)
      .meta({ label: text('Strength λ', '强度 λ') }),
    tag: z
      .string()
      .max(50)
      .optional()
      .meta({ label: text('Tag', '标签'), doc: text('Empty: all parameters', '留空：全部参数') }),
  }),
  inputs: [{ name: 'loss', title: text('loss', '损失'), meaning: 'loss' }],
  outputs: lossOutputs,
  summary: ({ norm, strength }) => `+ ${strength} Σ ${norm === 'L1' ? '|θ|' : 'θ²'}`,
  infer({ inputs, report }) {
    const axes = inputs.loss?.axes ?? [];
    if (axes.length > 0)
      report('not-scalar', { port: 'loss' }, { what: 'loss', axes: axes.map((a) => a.name).join(', ') });
    return { loss: scalar };
  },
  lower({ params: { norm, strength, tag }, inputs, ir, trainable, tagsOf }) {
    const loss = inputs.loss as ValueId;
    const own = trainable(loss).filter((value) => !tag || tagsOf(value).includes(tag));
    const size = norm === 'L1' ? unary('abs', arg(0)) : e.mul(arg(0), arg(0));
    const sizes = own.map((value) => ir.sum(ir.map([value], size)));
    const price = (total: ValueId, one: ValueId) =>
      ir.map([total, one], e.add(arg(0), e.mul(number(strength), arg(1))), [[], []], []);
    return { loss: sizes.reduce(price, loss) };
  },
  torch({ params: { norm, strength, tag }, inputs, parametersOf }) {
    const size = norm === 'L1' ? 'p.abs().sum()' : '(p * p).sum()';
    return { loss: `${inputs.loss} + ${strength} * sum(${size} for p in ${parametersOf('loss', tag)})` };
  },
  examples: [
    {
      // θ is a parameter of [1, −2]: Σ θ² + 0.1 Σ |θ| in NumPy
      params: { norm: 'L1', strength: 0.1 },
      inputs: { theta: { axes: 'i 2', values: [1, -2] } },
      drawn: {
        nodes: { form: { type: 'contract', params: { expression: 'i,i->' } } },
        wires: ['in-theta.out > form.a', 'in-theta.out > form.b', 'form.out > node.loss'],
      },
      expect: { loss: { axes: '', values: [5.3] } },
    },
    {
      params: { strength: 0.5, tag: 'value' },
      inputs: { theta: { axes: 'i 2', values: [1, -2] } },
      drawn: {
        nodes: { form: { type: 'contract', params: { expression: 'i->' } } },
        wires: ['in-theta.out > form.a', 'form.out > node.loss'],
      },
      expect: { loss: { axes: '', values: [1.5] } },
    },
    {
      params: { strength: 0.5, tag: 'nothing' },
      inputs: { theta: { axes: 'i 2', values: [1, -2] } },
      drawn: {
        nodes: { form: { type: 'contract', params: { expression: 'i->' } } },
        wires: ['in-theta.out > form.a', 'form.out > node.loss'],
      },
      expect: { loss: { axes: '', values: [-1] } },
    },
  ],
});

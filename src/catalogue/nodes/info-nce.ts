/** The contrastive loss of two views: each row is to find its partner among all others. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { expectSeveral } from '../axis-roles.ts';
import { defineNode } from '../define.ts';
import { logSoftmax } from '../log-sum-exp.ts';
import { expectSameAxes, lossOutputs } from '../loss.ts';
import { expectQuantities } from '../value-kinds.ts';
import { rowProducts } from '../vector-losses.ts';

/** Rows of length 1, as torch.nn.functional.normalize makes them: below 10⁻¹² a row is divided by that. */
function normalised(ir: Builder, x: ValueId): ValueId {
  const length = ir.apply('sqrt', rowProducts(ir, x, x));
  const divisor = select(binary('lt', number(1e-12), arg(1)), arg(1), number(1e-12));
  return ir.map([x, length], e.div(arg(0), divisor), [[0, 1], [0]]);
}

export const infoNce = defineNode({
  type: 'info-nce',
  category: 'loss',
  title: text('InfoNCE', 'InfoNCE'),
  doc: text(
    'Contrastive (van den Oord, Li and Vinyals 2018): with similarities s_ij = q_i · k_j / τ, mean(−log softmax_j(s_ij)[i]): each query is to find its own key among those of the batch. Of both sides, as in CLIP, it is the mean of queries finding keys and keys finding queries.',
    '对比损失（van den Oord、Li 与 Vinyals 2018）：相似度 s_ij = q_i · k_j / τ，取 mean(−log softmax_j(s_ij)[i])：每个查询须在批内找到自己的键。“双向”时如 CLIP，取查询找键与键找查询的平均。',
  ),
  glyph: '∇',
  params: z.object({
    temperature: z
      .number()
      .positive()
      .default(0.1)
      .meta({ label: text('Temperature τ', '温度 τ') }),
    normalise: z
      .boolean()
      .default(true)
      .meta({ label: text('Normalise rows', '各行归一化') }),
    symmetric: z
      .boolean()
      .default(false)
      .meta({ label: text('Both sides', '双向') }),
  }),
  inputs: [
    { name: 'queries', title: text('queries', '查询'), meaning: 'features' },
    { name: 'keys', title: text('keys', '键'), meaning: 'features' },
  ],
  outputs: lossOutputs,
  summary: ({ temperature }) => `−log softmax(q·k / ${temperature})`,
  measures: 'loss',
  infer(context) {
    const { inputs, report } = context;
    const axes = inputs.queries?.axes ?? [];
    if (axes.length !== 2) {
      const names = axes.map((a) => a.name).join(', ') || '–';
      report(
        'rank-mismatch',
        { port: 'queries' },
        { what: 'queries', actual: axes.length, axes: names, expected: 2 },
      );
      return {};
    }
    for (const port of ['queries', 'keys']) expectQuantities(context, port);
    expectSeveral(context, 'queries', axes.slice(0, 1), text('the loss is 0', '损失恒为 0'));
    return expectSameAxes(context, 'queries', 'keys') ? { loss: scalar } : {};
  },
  // "Representation learning with contrastive predictive coding", arXiv 1807.03748, equation 4.
  lower({ params: { temperature, normalise, symmetric }, inputs, ir, metric }) {
    const [q, k] = [inputs.queries, inputs.keys].map((x) =>
      normalise ? normalised(ir, x as ValueId) : (x as ValueId),
    ) as [ValueId, ValueId];
    const scores = ir.scale(ir.einsum('ai,bi->ab', q, k), 1 / temperature);
    /** mean −log p of the diagonal. */
    const found = (of: ValueId) => {
      const count = ir.shape(of)[0] as number;
      return ir.contract([logSoftmax(ir, of)], [[0, 0]], [], { scale: -1 / count });
    };
    const one = found(scores);
    const loss = symmetric
      ? ir.map([one, found(ir.transpose(scores, [1, 0]))], e.mul(number(0.5), e.add(arg(0), arg(1))))
      : one;
    metric('loss', loss);
    return { loss };
  },
  torch({ params: { temperature, normalise, symmetric }, inputs, let: line }) {
    const [q, k] = [inputs.queries, inputs.keys].map((x) => (normalise ? `F.normalize(${x}, dim=-1)` : x));
    const scores = line('scores', `${q} @ ${k}.T / ${temperature}`);
    const own = line('own', `torch.arange(${scores}.shape[0])`);
    const loss = `F.cross_entropy(${scores}, ${own})`;
    return { loss: symmetric ? `(${loss} + F.cross_entropy(${scores}.T, ${own})) / 2` : loss };
  },
  examples: [
    {
      // F.cross_entropy(F.normalize(queries) @ F.normalize(keys).T / 0.5, torch.arange(3))
      params: { temperature: 0.5 },
      inputs: {
        queries: { axes: 'n 3, d 2', values: [1, 2, 0.5, -1, 0.3, 3] },
        keys: { axes: 'n 3, d 2', values: [0.5, 1, 1, -1.5, 2, 1] },
      },
      expect: { loss: { axes: '', values: [0.6337912623391625] } },
    },
    {
      // Both sides, without normalising
      params: { temperature: 2, normalise: false, symmetric: true },
      inputs: {
        queries: { axes: 'n 3, d 2', values: [1, 2, 0.5, -1, 0.3, 3] },
        keys: { axes: 'n 3, d 2', values: [0.5, 1, 1, -1.5, 2, 1] },
      },
      expect: { loss: { axes: '', values: [0.7058428588606622] } },
    },
  ],
});

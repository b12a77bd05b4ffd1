/** Multi-head attention with the projections around it. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import {
  attend,
  groupsEqually,
  headParams,
  headsUnit,
  maskPorts,
  meetMasks,
  torchAttend,
} from '../attending.ts';
import { expectNoBatch, roles } from '../axis-roles.ts';
import { type Axis, defineNode } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { shapeOf } from '../given.ts';
import { meetInOrder } from '../meeting.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

/** Of the first two examples. */
const weights = {
  query: [-0.9, 0.1, 0.6, 0.6, 0.1, -0.9, -0.5, -0.6, 0.7, -0.4, -0.1, -0.3, 0.9, -0.3, -0.1, -0.4],
  key: [0.7, -0.6, -0.5, -0.9, 0.1, 0.6, 0.6, 0.1, -0.9, -0.5, -0.6, 0.7, -0.4, -0.1, -0.3, 0.9],
  value: [-0.3, -0.1, -0.4, 0.7, -0.6, -0.5, -0.9, 0.1, 0.6, 0.6, 0.1, -0.9, -0.5, -0.6, 0.7, -0.4],
  'query-bias': [-0.1, -0.3, 0.9, -0.3],
  'key-bias': [-0.1, -0.4, 0.7, -0.6],
  'value-bias': [-0.5, -0.9, 0.1, 0.6],
  output: [0.6, 0.1, -0.9, -0.5, -0.6, 0.7, -0.4, -0.1, -0.3, 0.9, -0.3, -0.1, -0.4, 0.7, -0.6, -0.5],
  'output-bias': [-0.9, 0.1, 0.6, 0.6],
};

export const multiHeadAttention = defineNode({
  type: 'multi-head-attention',
  category: 'layer',
  title: text('Multi-head attention', '多头注意力'),
  // Vaswani et al., "Attention is all you need", arXiv 1706.03762, section 3.2.2; weights of torch.nn.MultiheadAttention.
  doc: text(
    'Attention(x W_q, c W_k, c W_v) W_o with a bias for each: x asks itself, or what is wired to context. Fewer heads of keys are shared by groups. Where mask [t, s] or padding [s] is 0, s is not seen. First values as in PyTorch.',
    'Attention(x W_q, c W_k, c W_v) W_o，各带偏置：x 询问自身，或接入“上下文”的序列。较少的键头由各组共用。“掩码”[t, s] 或“填充”[s] 为 0 处不可见。初值同 PyTorch。',
  ),
  glyph: '⋈',
  params: z.object({
    ...headParams,
    heads: headParams.heads.default(8),
    ports: maskPorts.param,
    bias: z
      .boolean()
      .default(true)
      .meta({ label: text('Bias', '偏置') }),
  }),
  inputs: (context) => [
    { name: 'x' },
    { name: 'context', title: text('context', '上下文'), optional: true },
    ...maskPorts.shown(context),
  ],
  outputs: [{ name: 'y' }],
  summary: ({ heads, keyHeads = heads }, wired) =>
    `softmax(q·k / √d) v, ${heads} ×${keyHeads === heads ? '' : ` on ${keyHeads}`}${wired.includes('context') ? ', x ↔ c' : ''}`,
  infer(context) {
    const { params: given, inputs, unify, fresh, report } = context;
    const x = inputs.x?.axes ?? [];
    const other = inputs.context?.axes ?? x;
    const expected = Math.max(2, x.length);
    for (const [port, axes] of [
      ['x', x],
      ['context', other],
    ] as const)
      if (axes.length !== expected) {
        const names = axes.map((a) => a.name).join(', ') || '–';
        report('rank-mismatch', { port }, { what: port, actual: axes.length, axes: names, expected });
        return {};
      }
    for (const port of ['x', 'context']) expectQuantities(context, port);
    const [asking, answering, width] = [x.at(-2), other.at(-2), x.at(-1)] as [Axis, Axis, Axis];
    if (inputs.context) {
      meetInOrder(context, x.slice(0, -2), other.slice(0, -2), 'context');
      if (given.causal) meetInOrder(context, [asking], [answering], 'context');
      expectNoBatch(context, 'context', answering, roles.places);
    }
    expectNoBatch(context, 'x', asking, roles.places);
    if (!meetMasks(context, x.slice(0, -2), asking, answering) || !groupsEqually(context)) return {};
    const size = asNumber(width.size);
    if (size !== undefined && size % given.heads !== 0) {
      const told = multipleOf(width.name, size, given.heads, headsUnit);
      report('not-a-multiple', { port: 'x', axis: width.name }, told);
      return {};
    }
    if (given.heads > 1) {
      const parts = { name: width.name, size: multiply(constant(given.heads), fresh()) };
      unify(width, parts, { port: 'x', axis: width.name });
    }
    return { y: { axes: x, valueKind: continuous } };
  },
  lower({ params: given, inputs, inputTypes, ir, parameter }) {
    const { heads, keyHeads = heads, bias } = given;
    const wide = shapeOf(inputTypes.x).at(-1) as number;
    const other = shapeOf(inputTypes.context ?? inputTypes.x).at(-1) as number;
    const shared = (wide / heads) * keyHeads;
    const x = inputs.x as ValueId;
    const project = (
      name: string,
      from: ValueId,
      [rows, columns]: readonly [number, number],
      scale: number,
    ) => {
      const weight = parameter(name, [rows, columns], { kind: 'uniform', scale });
      const all = ir.shape(from).map((_, d) => d);
      const last = all.length - 1;
      const product = ir.contract([from, weight], [all, [last, last + 1]], [...all.slice(0, -1), last + 1]);
      if (!bias) return product;
      const shift = parameter(`${name}-bias`, [columns], { kind: 'zeros' });
      return ir.map([product, shift], e.add(arg(0), arg(1)), [all, [last]]);
    };
    // Glorot and Bengio (2010), over the three together where they have one shape, as PyTorch has them in one tensor.
    const together = other === wide && keyHeads === heads;
    const glorot = (rows: number, columns: number) => Math.sqrt(6 / (rows + (together ? 3 : 1) * columns));
    const context = inputs.context ?? x;
    const q = project('query', x, [wide, wide], glorot(wide, wide));
    const k = project('key', context, [other, shared], glorot(other, shared));
    const v = project('value', context, [other, shared], glorot(other, shared));
    const heard = attend(ir, given, { q, k, v, mask: inputs.mask, padding: inputs.padding });
    return { y: project('output', heard, [wide, wide], 1 / Math.sqrt(wide)) };
  },
  torch(context) {
    const { params: given, inputs, inputTypes, module } = context;
    const { heads, keyHeads = heads, causal, bias } = given;
    const [wide, other] = [inputTypes.x, inputTypes.context ?? inputTypes.x].map(
      (type) => shapeOf(type).at(-1) as number,
    ) as [number, number];
    const [x, source] = [inputs.x ?? '', inputs.context ?? inputs.x ?? ''];
    const isPlain = keyHeads === heads && inputs.mask === undefined && inputs.padding === undefined;
    const isFlat = shapeOf(inputTypes.x).length <= 3;
    const noBias = bias ? '' : ', bias=False';
    // torch.nn.MultiheadAttention knows no groups, and gives NaN where masks leave nothing.
    if (!isPlain || !isFlat || other !== wide) {
      const shared = (wide / heads) * keyHeads;
      const layer = (name: string, from: number, to: number) =>
        module(
          `nn.Linear(${from}, ${to}${noBias})`,
          { weight: { of: name, axes: [1, 0] }, ...(bias && { bias: { of: `${name}-bias` } }) },
          name,
        );
      const [query, key, value, output] = [
        layer('query', wide, wide),
        layer('key', other, shared),
        layer('value', other, shared),
        layer('output', wide, wide),
      ];
      const heard = torchAttend(context, `${query}(${x})`, `${key}(${source})`, `${value}(${source})`);
      return { y: `${output}(${heard})` };
    }
    const names = ['query', 'key', 'value'];
    const batched = shapeOf(inputTypes.x).length > 2 ? ', batch_first=True' : '';
    const layer = module(`nn.MultiheadAttention(${wide}, ${heads}${noBias}${batched})`, {
      in_proj_weight: { of: names, axes: [1, 0] },
      'out_proj.weight': { of: 'output', axes: [1, 0] },
      ...(bias && {
        in_proj_bias: { of: names.map((name) => `${name}-bias`) },
        'out_proj.bias': { of: 'output-bias' },
      }),
    });
    const length = context.length('x', shapeOf(inputTypes.x).length - 2);
    const mask = causal
      ? `, attn_mask=torch.ones(${length}, ${length}, dtype=torch.bool, device=${x}.device).triu(1)`
      : '';
    return { y: `${layer}(${x}, ${source}, ${source}${mask})[0]` };
  },
  parts: headsUnit,
  learns: () => true,
  learnedAxes: (_, { x, context }) => [...(x?.axes.slice(-1) ?? []), ...(context?.axes.slice(-1) ?? [])],
  detached: ['mask', 'padding'],
  examples: [
    {
      // torch.nn.MultiheadAttention(4, 2, batch_first=True) with causal attn_mask: m(x, x, x)
      params: { heads: 2, causal: true },
      inputs: {
        x: { axes: 'b 1, t 3, d 4', values: [1, -0.5, 0.25, 2, -1, 0.5, 0.75, -1.25, 0.3, 0.1, -0.2, 1.5] },
      },
      state: weights,
      expect: {
        y: {
          axes: 'b 1, t 3, d 4',
          values: [
            -1.1925, 0.28, 1.9275, 1.185, -0.6291879227733445, -0.8888085811311754, 1.9285442923593754,
            1.1930908014507184, -0.5827561143871618, -1.2295144822064812, 2.2855499386245848,
            1.3419245028902367,
          ],
        },
      },
    },
    {
      // m(x, c, c, key_padding_mask=[[False, True]])
      params: { heads: 2 },
      inputs: {
        x: { axes: 'b 1, t 3, d 4', values: [1, -0.5, 0.25, 2, -1, 0.5, 0.75, -1.25, 0.3, 0.1, -0.2, 1.5] },
        context: { axes: 'b 1, s 2, d 4', values: [-0.4, 0.35, 0.475, -0.525, 0.25, 0.15, 0, 0.85] },
        padding: { axes: 'b 1, s 2', values: [1, 0] },
      },
      state: weights,
      expect: {
        y: {
          axes: 'b 1, t 3, d 4',
          values: [
            -0.607, -0.45, 0.84225, 0.6335, -0.607, -0.45, 0.84225, 0.6335, -0.607, -0.45, 0.84225, 0.6335,
          ],
        },
      },
      notDifferentiable: ['padding'],
    },
    {
      params: { heads: 4, keyHeads: 2, bias: false },
      inputs: { x: { axes: 't 2, d 4' }, context: { axes: 's 3, e 2' } },
      expect: { y: { axes: 't 2, d 4' } },
    },
    {
      params: { heads: 1 },
      inputs: { x: { axes: 't 2, d 2' } },
      expect: { y: { axes: 't 2, d 2' } },
    },
  ],
});

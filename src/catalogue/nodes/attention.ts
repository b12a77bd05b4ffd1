/** Scaled dot-product attention, in one or several heads. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, number, select } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { commonDivisor, divisorsNear } from '../../tensor/divisors.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import type { Proposal } from '../adapt.ts';
import { expectNoBatch, expectSeveral, roles } from '../axis-roles.ts';
import { type Axis, defineNode, type InferContext } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { shapeOf } from '../given.ts';
import { softmaxAlongLast } from '../log-sum-exp.ts';
import { meetInOrder } from '../meeting.ts';
import { expectQuantities } from '../value-kinds.ts';

/** A masked score: its exponential is 0, however low the others are. */
const never = Number.NEGATIVE_INFINITY;

const ports = ['q', 'k', 'v'] as const;
/** Whose widths are split among the heads; that of k is that of q. */
const parted = ['q', 'v'] as const;

/** q […, t, d], k […, s, d] and v […, s, e] agree where they meet; false, with a diagnostic, when a rank is wrong. */
function meet(context: InferContext<{ heads: number; causal: boolean }>): boolean {
  const { params, inputs, report } = context;
  const [q = [], k = [], v = []] = ports.map((port) => inputs[port]?.axes ?? []);
  const expected = Math.max(2, q.length);
  for (const [i, axes] of [q, k, v].entries())
    if (axes.length !== expected) {
      const [what, names] = [ports[i] as string, axes.map((a) => a.name).join(', ') || '–'];
      report('rank-mismatch', { port: what }, { what, actual: axes.length, axes: names, expected });
      return false;
    }
  const same = (left: readonly Axis[], right: readonly Axis[], port: string) =>
    meetInOrder(context, left, right, port);
  same([...q.slice(0, -2), ...q.slice(-1)], [...k.slice(0, -2), ...k.slice(-1)], 'k');
  same(k.slice(0, -1), v.slice(0, -1), 'v');
  // A causal mask counts both from the same beginning.
  if (params.causal) same(q.slice(-2, -1), k.slice(-2, -1), 'k');
  expectNoBatch(context, 'q', q.at(-2), roles.places);
  if (k !== q) expectNoBatch(context, 'k', k.at(-2), roles.places);
  expectSeveral(context, 'k', k.slice(-2, -1), text('it gets all the attention', '它得到全部注意力'));
  return true;
}

/** States that the widths of q and v are multiples of the heads; false, with a diagnostic, where one is known not to be. */
function partsEqually({
  params: { heads },
  inputs,
  unify,
  fresh,
  report,
}: InferContext<{ heads: number }>): boolean {
  const sizes = parted.map((port) => asNumber(inputs[port]?.axes.at(-1)?.size ?? constant(0)));
  const common = commonDivisor(sizes.filter((size) => size !== undefined));
  for (const port of parted) {
    const width = inputs[port]?.axes.at(-1);
    const size = width && asNumber(width.size);
    if (width && size !== undefined && size % heads !== 0) {
      const told = multipleOf(width.name, size, heads, headsUnit, common);
      report('not-a-multiple', { port, axis: width.name }, told);
      return false;
    }
    const parts = width && { name: width.name, size: multiply(constant(heads), fresh()) };
    if (parts) unify(width, parts, { port, axis: width.name });
  }
  return true;
}

const headsUnit = text(' heads', ' 个头');

/** Numbers of heads that part all widths, the nearest first. */
function fittingHeads(heads: number, widths: readonly number[]): Proposal[] {
  const common = commonDivisor(widths);
  if (common % heads === 0) return [];
  return divisorsNear(common, heads).map((n) => {
    const parts = [...new Set(widths)].map((width) => `${width} = ${n} × ${width / n}`).join(', ');
    return {
      params: { heads: n },
      does: text(`Set heads to ${n} (${parts})`, `把头数设为 ${n}（${parts}）`),
    };
  });
}

export const attention = defineNode({
  type: 'attention',
  category: 'layer',
  title: text('Attention', '注意力'),
  // Vaswani et al., "Attention is all you need", arXiv 1706.03762, section 3.2.
  doc: text(
    'y[t] = Σ_s softmax_s(q[t]·k[s] / √d) v[s]: every place asks all places, and takes in what answers. With several heads, widths are split among them. Causal: no place sees a later one.',
    'y[t] = Σ_s softmax_s(q[t]·k[s] / √d) v[s]：每个位置询问所有位置，并汇入其回应。多头时宽度平分给各头。因果：看不到其后的位置。',
  ),
  glyph: '⋈',
  params: z.object({
    heads: z
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .meta({ label: text('Heads', '头数'), doc: text('They share the width equally', '各头平分宽度') }),
    causal: z
      .boolean()
      .default(false)
      .meta({ label: text('Causal', '因果') }),
  }),
  inputs: [
    { name: 'q', title: text('query', '查询') },
    { name: 'k', title: text('key', '键') },
    { name: 'v', title: text('value', '值') },
  ],
  outputs: [{ name: 'y' }],
  summary: ({ heads }) => `softmax(q·k / √d) v${heads === 1 ? '' : `, ${heads} ×`}`,
  infer(context) {
    if (!meet(context)) return {};
    for (const port of ports) expectQuantities(context, port);
    const { params, inputs } = context;
    if (params.heads > 1 && !partsEqually(context)) return {};
    const [asking, answer] = [inputs.q?.axes ?? [], inputs.v?.axes.at(-1)];
    return answer ? { y: { axes: [...asking.slice(0, -1), answer] } } : {};
  },
  lower({ params: { heads, causal }, inputs, inputTypes, outputTypes, ir }) {
    /** […, t, d] as […, t, head, d / heads]. */
    const split = (port: 'q' | 'k' | 'v'): ValueId => {
      const shape = shapeOf(inputTypes[port]);
      const width = shape.at(-1) as number;
      return ir.reshape(inputs[port] as ValueId, [...shape.slice(0, -1), heads, width / heads]);
    };
    const [q, k, v] = [split('q'), split('k'), split('v')];
    const rank = ir.shape(q).length;
    const batch = Array.from({ length: rank - 3 }, (_, d) => d);
    // Labels: batch axes, then t, s, head, and the two widths.
    const [t, s, h, d, wide] = [rank, rank + 1, rank + 2, rank + 3, rank + 4];
    const scores = ir.contract(
      [q, k],
      [
        [...batch, t, h, d],
        [...batch, s, h, d],
      ],
      [...batch, h, t, s],
      {
        scale: 1 / Math.sqrt(ir.shape(q).at(-1) as number),
      },
    );
    const weights = softmaxAlongLast(ir, causal ? masked() : scores);
    const heard = ir.contract(
      [weights, v],
      [
        [...batch, h, t, s],
        [...batch, s, h, wide],
      ],
      [...batch, t, h, wide],
    );
    return { y: ir.reshape(heard, shapeOf(outputTypes.y)) };

    function masked(): ValueId {
      const shape = ir.shape(scores);
      const axes = shape.map((_, axis) => axis);
      const [now, then] = axes.slice(-2) as [number, number];
      const seen = select(binary('le', arg(2), arg(1)), arg(0), number(never));
      const places = ir.iota(shape.at(-1) as number);
      return ir.map([scores, places, places], seen, [axes, [now], [then]], shape);
    }
  },
  parts: headsUnit,
  repair: ({ heads }, inputs) => {
    const widths = parted.map((port) => inputs[port]?.at(-1)?.size);
    return fittingHeads(
      heads,
      widths.filter((width) => width !== undefined),
    );
  },
  examples: [
    {
      // torch.nn.MultiheadAttention(4, 2, bias=False) with unit matrices for projections: m(q, k, v)
      params: { heads: 2 },
      inputs: {
        q: { axes: 't 3, d 4', values: [1, 0, -1, 2, 0.5, 1, 0, -0.5, 2, -1, 1, 0] },
        k: { axes: 't 3, d 4', values: [0, 1, 2, -1, 1, -0.5, 0.5, 1, -1, 2, 0, 0.5] },
        v: { axes: 't 3, e 4', values: [1, 2, 3, 4, -1, 0.5, 2, 0, 0, 3, -2, 1] },
      },
      expect: {
        y: {
          axes: 't 3, e 4',
          values: [
            -0.291979935474102, 1.2760662272203351, 0.3813973139491776, 0.4551379655683647, 0.173773976461904,
            2.2346492753400904, 1.3496727163042468, 2.2043988064751145, -0.8369338329593534,
            0.6384363093922805, 2.0173235397732006, 2.66972851798257,
          ],
        },
      },
    },
    {
      // The same with attn_mask=torch.triu(torch.ones(3, 3, dtype=torch.bool), 1)
      params: { heads: 2, causal: true },
      inputs: {
        q: { axes: 't 3, d 4', values: [1, 0, -1, 2, 0.5, 1, 0, -0.5, 2, -1, 1, 0] },
        k: { axes: 't 3, d 4', values: [0, 1, 2, -1, 1, -0.5, 0.5, 1, -1, 2, 0, 0.5] },
        v: { axes: 't 3, e 4', values: [1, 2, 3, 4, -1, 0.5, 2, 0, 0, 3, -2, 1] },
      },
      expect: {
        y: {
          axes: 't 3, e 4',
          values: [
            1, 2, 3, 4, 0.3395230986533138, 1.5046423239899853, 2.669761549326657, 2.6790461973066275,
            -0.8369338329593534, 0.6384363093922805, 2.0173235397732006, 2.66972851798257,
          ],
        },
      },
    },
    {
      // Equal scores: each place takes the mean of all.
      inputs: {
        q: { axes: 't 2, d 1', values: [0, 0] },
        k: { axes: 's 3, d 1', values: [1, 2, 3] },
        v: { axes: 's 3, e 2', values: [1, 2, 3, 4, 5, 9] },
      },
      expect: { y: { axes: 't 2, e 2', values: [3, 5, 3, 5] } },
    },
    {
      // The first place sees only itself.
      params: { causal: true },
      inputs: {
        q: { axes: 't 2, d 1', values: [1, 0] },
        k: { axes: 't 2, d 1', values: [5, 7] },
        v: { axes: 't 2, d 1', values: [2, 4] },
      },
      expect: { y: { axes: 't 2, d 1', values: [2, 3] } },
    },
    {
      params: { heads: 2, causal: true },
      inputs: { q: { axes: 'b 2, t 3, d 4' }, k: { axes: 'b 2, t 3, d 4' }, v: { axes: 'b 2, t 3, e 2' } },
      expect: { y: { axes: 'b 2, t 3, e 2' } },
    },
  ],
});

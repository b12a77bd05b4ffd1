/** Scaled dot-product attention, in one or several heads. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { commonDivisor, divisorsNear } from '../../tensor/divisors.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import type { Proposal } from '../adapt.ts';
import {
  attend,
  groupsEqually,
  type HeadParams,
  headParams,
  headsUnit,
  maskPorts,
  meetMasks,
  torchAttend,
} from '../attending.ts';
import { expectNoBatch, expectSeveral, roles } from '../axis-roles.ts';
import { type Axis, defineNode, type InferContext } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { meetInOrder } from '../meeting.ts';
import { expectQuantities } from '../value-kinds.ts';

const ports = ['q', 'k', 'v'] as const;

/** Whose widths are split among the heads, and among how many; where all have as many, k has the width of q. */
const partsOf = ({ heads, keyHeads = heads }: Pick<HeadParams, 'heads' | 'keyHeads'>) =>
  keyHeads === heads
    ? ([
        ['q', heads],
        ['v', heads],
      ] as const)
    : ([
        ['q', heads],
        ['k', keyHeads],
        ['v', keyHeads],
      ] as const);

/** q […, t, d], k […, s, d] and v […, s, e] agree where they meet; false, with a diagnostic, when a rank is wrong. */
function meet(context: InferContext<HeadParams>): boolean {
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
  // Where heads share keys, widths are parts of each other.
  const widths = (params.keyHeads ?? params.heads) === params.heads ? 1 : 0;
  const before = (axes: readonly Axis[]) => [...axes.slice(0, -2), ...axes.slice(axes.length - widths)];
  same(before(q), before(k), 'k');
  same(k.slice(0, -1), v.slice(0, -1), 'v');
  // A causal mask counts both from the same beginning.
  if (params.causal) same(q.slice(-2, -1), k.slice(-2, -1), 'k');
  expectNoBatch(context, 'q', q.at(-2), roles.places);
  if (k !== q) expectNoBatch(context, 'k', k.at(-2), roles.places);
  expectSeveral(context, 'k', k.slice(-2, -1), text('it gets all the attention', '它得到全部注意力'));
  return meetMasks(context, q.slice(0, -2), q.at(-2) as Axis, k.at(-2) as Axis);
}

/** States that the widths are multiples of their heads; false, with a diagnostic, where one is known not to be. */
function partsEqually({ params, inputs, unify, fresh, report }: InferContext<HeadParams>): boolean {
  const parted = partsOf(params);
  const sizes = parted.map(([port]) => asNumber(inputs[port]?.axes.at(-1)?.size ?? constant(0)));
  const common = commonDivisor(sizes.filter((size) => size !== undefined));
  const query = fresh();
  for (const [port, heads] of parted) {
    const width = inputs[port]?.axes.at(-1);
    const size = width && asNumber(width.size);
    if (width && size !== undefined && size % heads !== 0) {
      const told = multipleOf(width.name, size, heads, headsUnit, common);
      report('not-a-multiple', { port, axis: width.name }, told);
      return false;
    }
    const part = port === 'v' ? fresh() : query;
    const parts = width && { name: width.name, size: multiply(constant(heads), part) };
    if (parts) unify(width, parts, { port, axis: width.name });
  }
  return true;
}

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
    'y[t] = Σ_s softmax_s(q[t]·k[s] / √d) v[s]: every place asks all places, and takes in what answers. With several heads, widths are split among them; fewer heads of keys are shared by groups. Causal: no place sees a later one. Where mask [t, s] or padding [s] is 0, s is not seen; who sees nothing gets 0.',
    'y[t] = Σ_s softmax_s(q[t]·k[s] / √d) v[s]：每个位置询问所有位置，并汇入其回应。多头时宽度平分给各头；较少的键头由各组共用。因果：看不到其后的位置。“掩码”[t, s] 或“填充”[s] 为 0 处不可见；什么也看不到的位置得到 0。',
  ),
  glyph: '⋈',
  params: z.object({ ...headParams, ports: maskPorts.param }),
  inputs: (context) => [
    { name: 'q', title: text('query', '查询') },
    { name: 'k', title: text('key', '键') },
    { name: 'v', title: text('value', '值') },
    ...maskPorts.shown(context),
  ],
  outputs: [{ name: 'y' }],
  summary: ({ heads }) => `softmax(q·k / √d) v${heads === 1 ? '' : `, ${heads} ×`}`,
  infer(context) {
    if (!meet(context)) return {};
    for (const port of ports) expectQuantities(context, port);
    const { heads, keyHeads = heads } = context.params;
    if (!groupsEqually(context) || (heads > 1 && !partsEqually(context))) return {};
    const [asking, answer] = [context.inputs.q?.axes ?? [], context.inputs.v?.axes.at(-1)];
    if (!answer) return {};
    const wide =
      heads === keyHeads
        ? answer
        : { name: answer.name, size: multiply(constant(heads / keyHeads), answer.size) };
    return { y: { axes: [...asking.slice(0, -1), wide] } };
  },
  lower({ params, inputs, ir }) {
    const { q, k, v, mask, padding } = inputs as Record<(typeof ports)[number], ValueId> & typeof inputs;
    return { y: attend(ir, params, { q, k, v, mask, padding }) };
  },
  torch(context) {
    const { q = '', k = '', v = '' } = context.inputs;
    return { y: torchAttend(context, q, k, v) };
  },
  detached: ['mask', 'padding'],
  parts: headsUnit,
  repair: ({ heads, keyHeads = heads }, inputs) => {
    if (keyHeads !== heads) return [];
    const widths = partsOf({ heads }).map(([port]) => inputs[port]?.at(-1)?.size);
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
      // The same with attn_mask=[[F, T, F], [T, F, F], [F, F, T]]
      params: { heads: 2 },
      inputs: {
        q: { axes: 't 3, d 4', values: [1, 0, -1, 2, 0.5, 1, 0, -0.5, 2, -1, 1, 0] },
        k: { axes: 't 3, d 4', values: [0, 1, 2, -1, 1, -0.5, 0.5, 1, -1, 2, 0, 0.5] },
        v: { axes: 't 3, e 4', values: [1, 2, 3, 4, -1, 0.5, 2, 0, 0, 3, -2, 1] },
        mask: { axes: 't 3, s 3', values: [1, 0, 1, 0, 1, 1, 1, 1, 0] },
      },
      expect: {
        y: {
          axes: 't 3, e 4',
          values: [
            0.6697615493266569, 2.3302384506733427, -1.8584104072867713, 1.0849537556279372,
            -0.25718331522680704, 2.357041711932982, -0.17631777339690402, 0.544079443349226,
            -0.8447229918631627, 0.616457756102628, 2.7428166847731927, 2.971266739092772,
          ],
        },
      },
      notDifferentiable: ['mask'],
    },
    {
      // The same with key_padding_mask=[[F, F, T], [F, T, T]]
      params: { heads: 2 },
      inputs: {
        q: {
          axes: 'b 2, t 3, d 4',
          values: [1, 0, -1, 2, 0.5, 1, 0, -0.5, 2, -1, 1, 0, 0, 1, 2, -1, 1, -0.5, 0.5, 1, -1, 2, 0, 0.5],
        },
        k: {
          axes: 'b 2, s 3, d 4',
          values: [0, 1, 2, -1, 1, -0.5, 0.5, 1, -1, 2, 0, 0.5, 1, 2, 3, 4, -1, 0.5, 2, 0, 0, 3, -2, 1],
        },
        v: {
          axes: 'b 2, s 3, e 4',
          values: [1, 2, 3, 4, -1, 0.5, 2, 0, 0, 3, -2, 1, 1, 0, -1, 2, 0.5, 1, 0, -0.5, 2, -1, 1, 0],
        },
        padding: { axes: 'b 2, s 3', values: [1, 1, 0, 1, 0, 0] },
      },
      expect: {
        y: {
          axes: 'b 2, t 3, e 4',
          values: [
            -0.3395230986533138, 0.9953576760100146, 2.020053637161087, 0.08021454864434673,
            0.3395230986533138, 1.5046423239899853, 2.669761549326657, 2.6790461973066275,
            -0.8447229918631627, 0.616457756102628, 2.7428166847731927, 2.971266739092772, 1, 0, -1, 2, 1, 0,
            -1, 2, 1, 0, -1, 2,
          ],
        },
      },
      notDifferentiable: ['padding'],
    },
    {
      // torch.nn.MultiheadAttention(4, 4): m(q, k.repeat_interleave(2, 1), v.repeat_interleave(2, 1))
      params: { heads: 4, keyHeads: 2 },
      inputs: {
        q: { axes: 't 3, d 4', values: [1, 0, -1, 2, 0.5, 1, 0, -0.5, 2, -1, 1, 0] },
        k: { axes: 's 3, u 2', values: [0, 1, 1, -0.5, -1, 2] },
        v: { axes: 's 3, e 2', values: [1, 2, -1, 0.5, 0, 3] },
      },
      expect: {
        y: {
          axes: 't 3, e 4',
          values: [
            -0.42051248472002417, 0, 0.9136542034113542, 2.8667509694602336, -0.19928450533715564,
            -0.42051248472002417, 1.8333333333333333, 1.3100716528159093, -0.7495029043711363,
            0.15469789788441718, 2.6047544877637967, 1.8333333333333333,
          ],
        },
      },
    },
    {
      // Whom masks leave nothing gets 0.
      params: { causal: true },
      inputs: {
        q: { axes: 't 2, d 1', values: [1, 0] },
        k: { axes: 't 2, d 1', values: [5, 7] },
        v: { axes: 't 2, d 1', values: [2, 4] },
        padding: { axes: 't 2', values: [0, 1] },
      },
      expect: { y: { axes: 't 2, d 1', values: [0, 4] } },
      notDifferentiable: ['padding'],
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

/** The largest numbers of each row. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { asNumber } from '../../tensor/size.ts';
import { alongAxis, axisFromEnd, axisPlace, axisToEnd, findAxis } from '../along-axis.ts';
import { type Axis, defineNode } from '../define.ts';
import * as params from '../params.ts';
import { byRank, ranksOf } from '../ranking.ts';
import { pythonBoolean } from '../torch.ts';

export const topK = defineNode({
  type: 'top-k',
  category: 'math',
  title: text('Top k', '前 k 个'),
  doc: text(
    'The k largest numbers along an axis, in their order, where they stood, and a mask that is 1 there and 0 elsewhere: what routes to k experts. Gradients go to the chosen numbers.',
    '沿一个轴最大的 k 个数（按大小排列）、它们原来的位置，以及在这些位置为 1、别处为 0 的掩码：把每项分给 k 个专家。梯度只流向被选中的数。',
  ),
  glyph: '⊤',
  params: z.object({
    k: params.size.default(2).meta({ label: text('k', 'k') }),
    ...alongAxis,
    smallest: params.flag.meta({ label: text('Smallest', '取最小') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [
    { name: 'values', title: text('values', '数值') },
    { name: 'indices', title: text('indices', '位置') },
    { name: 'mask', title: text('mask', '掩码') },
  ],
  summary: ({ k, smallest }) => `${smallest ? 'least' : 'top'} ${k}`,
  infer(context) {
    const at = findAxis(context);
    if (at === undefined) return {};
    const axes = context.inputs.x?.axes ?? [];
    const [axis, k] = [axes[at] as Axis, context.size(context.params.k, 'k')];
    const [count, chosen] = [asNumber(axis.size), asNumber(k)];
    if (count !== undefined && chosen !== undefined && chosen > count) {
      const detail = text(
        `${chosen} of the ${count} along ${axis.name} cannot be chosen`,
        `${axis.name} 上只有 ${count} 个，选不出 ${chosen} 个`,
      );
      context.report('bad-param', { param: 'k' }, { param: 'k', detail });
      return {};
    }
    const few = axes.with(at, { name: axis.name, size: k });
    const valueKind = count === undefined ? undefined : ({ kind: 'classes', classes: count } as const);
    return { values: { axes: few }, indices: { axes: few, ...(valueKind && { valueKind }) }, mask: { axes } };
  },
  lower({ params: given, inputs, inputTypes, ir, size }) {
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const x = axisToEnd(ir, inputs.x as ValueId, at);
    const k = size(given.k);
    const ranks = ranksOf(ir, x, !given.smallest);
    const mask = ir.map([ranks], binary('lt', arg(0), number(k)));
    const back = (value: ValueId) => axisFromEnd(ir, value, at);
    return {
      values: back(byRank(ir, x, ranks, k)),
      indices: back(byRank(ir, ir.iota(ir.shape(x).at(-1) as number), ranks, k)),
      mask: back(mask),
    };
  },
  torch({ params: given, inputs, inputTypes, size, let: define }) {
    const { x = '' } = inputs;
    const at = axisPlace(inputTypes.x?.axes ?? [], given);
    const order = `${at}, descending=${pythonBoolean(!given.smallest)}, stable=True`;
    // torch.topk leaves open which of equal ones it takes.
    const sorted = define('ordered', `torch.sort(${x}, dim=${order})`);
    const k = size(given.k);
    const indices = define('chosen', `${sorted}.indices.narrow(${at}, 0, ${k})`);
    return {
      values: `${sorted}.values.narrow(${at}, 0, ${k})`,
      indices: `${indices}.to(${x})`,
      mask: `torch.zeros_like(${x}).scatter(${at}, ${indices}, 1.0)`,
    };
  },
  detached: (inputs) => (inputs.x ? [] : ['x']),
  examples: [
    {
      // torch.topk(x, 2)
      inputs: { x: { axes: 'b 2, e 4', values: [0.1, 3, -1, 2, 5, -2, 7, 6] } },
      expect: {
        values: { axes: 'b 2, e 2', values: [3, 2, 7, 6] },
        indices: { axes: 'b 2, e 2', values: [1, 3, 2, 3] },
        mask: { axes: 'b 2, e 4', values: [0, 1, 0, 1, 0, 0, 1, 1] },
      },
    },
    {
      // torch.sort(x, 0, stable=True), the first two
      params: { axis: 'e', smallest: true },
      inputs: { x: { axes: 'e 3, b 2', values: [2, 1, 1, 5, 1, -1] } },
      expect: {
        values: { axes: 'e 2, b 2', values: [1, -1, 1, 1] },
        indices: { axes: 'e 2, b 2', values: [1, 2, 2, 0] },
        mask: { axes: 'e 3, b 2', values: [0, 1, 1, 0, 1, 1] },
      },
      notDifferentiable: ['x'],
    },
  ],
});

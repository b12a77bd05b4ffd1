/** A drawn function at every place of a grid: what a landscape is drawn from. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { atEach } from '../../ir/tensor-function.ts';
import { constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { quadratic } from '../example-functions.ts';
import { cellCall, cellMiddles, rangeParams, refuseEmptyRange, torchCellMiddles } from '../ranges.ts';
import { continuous } from '../value-kinds.ts';

const schema = z.object(rangeParams(-2, 2, 32, text('places along each axis', '每个轴上的点数')));

export const valuesOnGrid = defineNode({
  type: 'values-on-grid',
  category: 'math',
  title: text('Values on a grid', '网格取值'),
  doc: text(
    'The scalar “of” with “by” at every place of a grid, whatever “by” is now: U[x, y] where “by” has two numbers, U[x] where it is one. Places are the middles of equal cells between the ends, on both axes.',
    '让“变量”取遍网格各点（与它现在的值无关）时标量“函数”的值：“变量”有两个数时为 U[x, y]，是一个数时为 U[x]。两个轴上的点都是两端之间等分小格的中点。',
  ),
  glyph: '⊞',
  params: schema,
  inputs: [
    { name: 'of', title: text('of', '函数') },
    { name: 'by', title: text('by', '变量') },
  ],
  outputs: [
    { name: 'values', title: text('values', '取值') },
    { name: 'x', title: text('x', 'x') },
    { name: 'y', title: text('y', 'y') },
  ],
  summary: ({ from, to, count }) => `${from} … ${to}, ${count}`,
  evaluates: { of: 'of', by: ['by'] },
  notFinite: text(
    'the function is too large, or not defined, at some place of the grid: narrow its range',
    '函数在网格某处过大或无定义：请缩小范围',
  ),
  infer(context) {
    const { params, inputs, unify, report } = context;
    refuseEmptyRange(context);
    const [of, by] = [inputs.of?.axes ?? [], inputs.by?.axes ?? []];
    const names = (axes: typeof of) => axes.map(({ name }) => name).join(', ') || '–';
    if (of.length > 0) report('not-scalar', { port: 'of' }, { what: 'of', axes: names(of) });
    if (by.length > 1) {
      report(
        'rank-mismatch',
        { port: 'by' },
        { what: 'by', actual: by.length, axes: names(by), expected: 1 },
      );
      return {};
    }
    const [plane] = by;
    if (plane) unify(plane, { name: 'xy', size: constant(2) }, { port: 'by', axis: plane.name });
    const [x, y] = ['x', 'y'].map((name) => ({ name, size: constant(params.count) })) as [
      (typeof by)[number],
      (typeof by)[number],
    ];
    return {
      values: { axes: plane ? [x, y] : [x], valueKind: continuous },
      x: { axes: [x], valueKind: continuous },
      y: { axes: [y], valueKind: continuous },
    };
  },
  lower({ params, inputs, ir, function: functionOf }) {
    const { count } = params;
    const places = cellMiddles(ir, params);
    const f = functionOf('of', ['by']);
    const outputs = { x: places, y: ir.copy(places) };
    if (ir.shape(inputs.by as ValueId).length === 0) return { values: atEach(ir, f, [places]), ...outputs };
    const along = (axis: number) => ir.broadcast(places, [axis], [count, count, 1]);
    const points = ir.reshape(ir.concat([along(0), along(1)], 2), [count * count, 2]);
    return { values: ir.reshape(atEach(ir, f, [points]), [count, count]), ...outputs };
  },
  torch({ params, inputTypes, let: assign, helper, function: functionOf }) {
    const f = functionOf('of', ['by']);
    const places = assign('places', helper(torchCellMiddles) + cellCall(params));
    const outputs = { x: places, y: places };
    if (!inputTypes.by?.axes.length)
      return { values: `torch.stack([${f}(x) for x in ${places}])`, ...outputs };
    const grid = assign('grid', `torch.cartesian_prod(${places}, ${places})`);
    const values = `torch.stack([${f}(point) for point in ${grid}])`;
    return { values: `${values}.reshape(${params.count}, ${params.count})`, ...outputs };
  },
  examples: [
    {
      // ½ (3x² + xy + y²) at x, y of −1, 1: by hand
      params: { count: 2 },
      ...quadratic([0.3, 5], [3, 0.5, 0.5, 1]),
      expect: {
        values: { axes: 'x 2, y 2', values: [2.5, 1.5, 1.5, 2.5] },
        x: { axes: 'x 2', values: [-1, 1] },
        y: { axes: 'y 2', values: [-1, 1] },
      },
    },
    {
      params: { from: 0, to: 4, count: 2 },
      inputs: { by: { axes: '', values: [7] } },
      drawn: {
        nodes: { square: { type: 'activation', params: { function: 'square' } } },
        wires: ['in-by.out > square.x', 'square.y > node.of'],
      },
      expect: { values: { axes: 'x 2', values: [1, 9] } },
    },
  ],
});

/** A classifier that is one chain of matrices, one for each feature. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e, number } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scan } from '../../ir/scan.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { withLast } from '../named-axes.ts';
import * as params from '../params.ts';
import { bondParam } from '../tensor-networks.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

/** In PyTorch: the product of the matrices of a chain and a vector, site by site. */
const helper = `def through_chain(vector, matrices):
    """The product of a row vector (batch, l) and matrices (site, batch, l, r), site by site."""
    for matrix in matrices:
        vector = torch.einsum("bl,blr->br", vector, matrix)
    return vector`;

export const mpsClassifier = defineNode({
  type: 'mps-classifier',
  category: 'layer',
  title: text('MPS classifier', 'MPS 分类器'),
  doc: text(
    'Each feature x in [0, 1] becomes φ(x) = (1 − x, x) and chooses a matrix M = φ₁ A₁ + φ₂ A₂; y[c] = L M₁ … M_k C[c] M_{k+1} … M_n R, a matrix-product state with the classes in its middle. E. M. Stoudenmire, D. J. Schwab, “Supervised learning with tensor networks” (2016); the matrices begin near 1, as S. Efthymiou et al. (2019) advise.',
    '每个 [0, 1] 中的特征 x 变为 φ(x) = (1 − x, x)，并选定矩阵 M = φ₁ A₁ + φ₂ A₂；y[c] = L M₁ … M_k C[c] M_{k+1} … M_n R，是类别位于中央的矩阵乘积态。E. M. Stoudenmire, D. J. Schwab, “Supervised learning with tensor networks” (2016)；矩阵初值接近 1，依 S. Efthymiou 等 (2019)。',
  ),
  glyph: '⊷',
  params: z.object({
    classes: params.size
      .default(10)
      .meta({ label: text('Classes', '类别数'), doc: text('Size of the output index', '输出指标的大小') }),
    bond: bondParam.default(10),
    name: params.indexName.default('class').meta({ label: text('Output index', '输出指标名') }),
    scale: z
      .number()
      .positive()
      .default(0.01)
      .meta({
        label: text('Scale', '尺度'),
        doc: text('Standard deviation of what the matrices begin with beside 1', '矩阵初值偏离 1 的标准差'),
      }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ bond }) => `χ = ${bond}`,
  infer(context) {
    const { params, inputs, size, report } = context;
    const axes = inputs.x?.axes ?? [];
    if (axes.length !== 2) {
      const names = axes.map(({ name }) => name).join(', ') || '–';
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: names, expected: 2 });
      return {};
    }
    expectQuantities(context, 'x');
    const classes = { name: params.name, size: size(params.classes, 'classes') };
    return { y: { axes: withLast(context, axes.slice(0, 1), classes), valueKind: continuous } };
  },
  lower({ params: { bond, scale }, inputs, inputTypes, outputTypes, ir, parameter }) {
    const [batch = 1, sites = 1] = shapeOf(inputTypes.x);
    const classes = shapeOf(outputTypes.y)[1] as number;
    const cores = parameter('cores', [sites, 2, bond, bond], { kind: 'normal', scale });
    const middle = parameter('middle', [bond, classes, bond], { kind: 'normal', scale: 1 / bond });
    // What the cores are beside 1; φ₁ + φ₂ = 1, so that the 1 stands once in each matrix.
    const x = inputs.x as ValueId;
    const features = ir.map(
      [x, ir.iota(2)],
      e.add(arg(1), e.mul(e.sub(number(1), e.mul(number(2), arg(1))), e.sub(number(1), arg(0)))),
      [[0, 1], [2]],
      [batch, sites, 2],
    );
    const beside = ir.einsum('bns,nslr->nblr', features, cores);
    const one = ir.delta(2, bond);
    const all = [sites, batch, bond, bond];
    const spread = ir.contract([one], [[2, 3]], [0, 1, 2, 3], { sizes: all });
    const matrices = ir.add(beside, spread);
    const half = Math.floor(sites / 2);
    const end = ir.contract([], [], [0, 1], { sizes: [batch, bond], scale: 1 / Math.sqrt(bond) });
    const sweep = (from: number, count: number, expression: string, reverse: boolean): ValueId =>
      count === 0
        ? end
        : (scan(ir, {
            length: count,
            carries: [end],
            rows: [ir.part(matrices, 0, from, count)],
            reverse,
            body: (inner, [vector = 0], [matrix = 0]) => ({
              carries: [inner.einsum(expression, vector, matrix)],
            }),
          }).last[0] as ValueId);
    const left = sweep(0, half, 'bl,blr->br', false);
    const right = sweep(half, sites - half, 'br,blr->bl', true);
    return { y: ir.einsum('bl,lcr,br->bc', left, middle, right) };
  },
  torch({
    params: { bond, scale },
    inputs,
    inputTypes,
    outputTypes,
    parameter,
    let: assign,
    helper: define,
  }) {
    const sites = inputTypes.x?.axes[1]?.size ?? 1;
    const classes = outputTypes.y?.axes[1]?.size ?? 1;
    const cores = parameter('cores', [sites, 2, bond, bond], { kind: 'normal', scale });
    const middle = parameter('middle', [bond, classes, bond], { kind: 'normal', scale: 1 / bond });
    const chain = define(helper);
    const half = Math.floor(sites / 2);
    const features = assign('features', `torch.stack((1 - ${inputs.x}, ${inputs.x}), -1)`);
    const matrices = assign(
      'matrices',
      `torch.einsum("bns,nslr->nblr", ${features}, ${cores}) + torch.eye(${bond}, dtype=${inputs.x}.dtype)`,
    );
    const end = assign('end', `${inputs.x}.new_full((${inputs.x}.shape[0], ${bond}), ${bond} ** -0.5)`);
    const left = assign('left', `${chain}(${end}, ${matrices}[:${half}])`);
    const right = assign('right', `${chain}(${end}, ${matrices}[${half}:].flip(0).transpose(2, 3))`);
    return { y: `torch.einsum("bl,lcr,br->bc", ${left}, ${middle}, ${right})` };
  },
  learns: () => true,
  learnedAxes: (_, { x }, { y }) => [...(x?.axes.slice(-1) ?? []), ...(y?.axes.slice(-1) ?? [])],
  examples: [
    {
      // torch.einsum('bl,lcr,br->bc', L, C, R) with L = v M₁ and R = M₂ M₃ v, v = (1, 1)/√2
      params: { classes: 2, bond: 2 },
      inputs: { x: { axes: 'b 2, i 3', values: [0, 0.5, 1, 0.25, 1, 0] } },
      state: {
        cores: [
          0.1, 0.2, -0.1, 0, 0.3, -0.2, 0.1, 0.1, 0, 0.4, 0.2, -0.3, 0.5, 0, 0.1, 0.2, -0.4, 0.1, 0.2, 0.3, 0,
          0.1, -0.2, 0.6,
        ],
        middle: [1, 0.5, -1, 2, 0, 1, 0.5, -0.5],
      },
      expect: { y: { axes: 'b 2, class 2', values: [2.09825, 0.7155, 2.143625, 1.248875] } },
    },
    { params: { bond: 3 }, inputs: { x: { axes: 'b 3, i 4' } }, expect: { y: { axes: 'b 3, class 10' } } },
    { params: { bond: 3 }, inputs: { x: { axes: 'b 2, i 1' } }, expect: { y: { axes: 'b 2, class 10' } } },
  ],
});

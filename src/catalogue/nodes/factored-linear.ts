/** A fully connected layer whose matrix is a network of small tensors. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { constant } from '../../tensor/size.ts';
import { orderParam } from '../contractions.ts';
import { defineNode, type OpenedDrawing } from '../define.ts';
import { shapeOf } from '../given.ts';
import { withLast } from '../named-axes.ts';
import * as params from '../params.ts';
import {
  bondParam,
  drawnNetwork,
  lowerNetwork,
  type NetworkForm,
  networkOf,
  openedNetwork,
  type Site,
  torchNetwork,
  WHOLE,
} from '../tensor-networks.ts';
import { continuous, expectQuantities } from '../value-kinds.ts';

const factors = z.array(z.int().min(1).max(4096)).min(1).max(12);

const schema = z.object({
  form: z
    .enum(['mps', 'tucker', 'cp', 'tree'])
    .default('mps')
    .meta({
      label: text('Form', '形式'),
      options: {
        mps: text('Tensor train (MPS)', '张量链（MPS）'),
        tucker: text('Tucker', 'Tucker 分解'),
        cp: text('CP (sum of products)', 'CP 分解'),
        tree: text('Tree', '树'),
      },
    }),
  into: factors.default([8, 8]).meta({
    label: text('Factors of the width', '输入宽度的因子'),
    doc: text('Their product is the width of x', '其乘积为 x 的宽度'),
    widget: 'json',
  }),
  out: factors.default([4, 4]).meta({
    label: text('Factors of the units', '单元数的因子'),
    doc: text('As many; their product is the width of y', '个数相同；其乘积为 y 的宽度'),
    widget: 'json',
  }),
  bond: bondParam,
  name: params.indexName.default('h').meta({ label: text('Output index', '输出指标名') }),
  bias: z
    .boolean()
    .default(true)
    .meta({ label: text('Bias', '偏置') }),
  order: orderParam,
});

type Params = z.output<typeof schema>;

const product = (list: readonly number[]) => list.reduce((n, m) => n * m, 1);

function networkIn({ form, into, out, bond }: Params) {
  const sites = into.map(
    (size, k): Site => [
      { name: `i${k + 1}`, size },
      { name: `o${k + 1}`, size: out[k] ?? 1 },
    ],
  );
  const named = (letter: string) => into.map((_, k) => `${letter}${k + 1}`);
  return { network: networkOf(form as NetworkForm, sites, bond), ins: named('i'), outs: named('o') };
}

/** As wide as what torch.nn.Linear begins with: even in ±1/√width has this standard deviation. */
const deviationOf = ({ into }: Params) => 1 / Math.sqrt(3 * product(into));

/** The name of an axis before them, other than those of the indices of the network. */
function apartFrom(sizes: Readonly<Record<string, number>>, name: string): string {
  let own = name;
  while (Object.hasOwn(sizes, own)) own += '′';
  return own;
}

/** As nodes: the width parted into its factors, the network, the factors of the units merged again, and the bias. */
function opened(given: Params): OpenedDrawing | undefined {
  const { network, ins, outs } = networkIn(given);
  const before = { port: 'x', from: { node: 'factors', port: 'y' }, indices: ins };
  const drawing = openedNetwork(given, network, outs, deviationOf(given), before);
  if (!drawing) return undefined;
  const group = (names: readonly string[]) => (names.length > 1 ? `(${names.join(' ')})` : names.join(''));
  const sizes = ins.map((name) => ({ name, size: network.sizes[name] as number }));
  const parted = `... ${group(ins)} -> ... ${ins.join(' ')}`;
  const whole = `... ${outs.join(' ')} -> ... ${group(outs)}`;
  const named = `... ${given.name} -> ... ${given.name}`;
  const axes = [{ name: given.name, size: product(given.out) }];
  const bias = { axes, init: 'uniform', scale: 1 / Math.sqrt(product(given.into)) };
  const wire = (from: string, port: string, to: string, into: string) => ({
    from: { node: from, port },
    to: { node: to, port: into },
  });
  return {
    nodes: {
      factors: { type: 'rearrange', params: { pattern: parted, sizes } },
      ...drawing.nodes,
      units: { type: 'rearrange', params: { pattern: whole } },
      named: { type: 'rearrange', params: { pattern: named } },
      ...(given.bias && {
        bias: { type: 'parameter', params: bias },
        sum: { type: 'add', params: {} },
      }),
    },
    wires: [
      ...drawing.wires,
      wire(WHOLE, 'out', 'units', 'x'),
      wire('units', 'y', 'named', 'x'),
      ...(given.bias ? [wire('named', 'y', 'sum', 'a'), wire('bias', 'out', 'sum', 'b')] : []),
    ],
    inputs: { x: { node: 'factors', port: 'x' } },
    outputs: { y: given.bias ? { node: 'sum', port: 'out' } : { node: 'named', port: 'y' } },
  };
}

export const factoredLinear = defineNode({
  type: 'factored-linear',
  category: 'layer',
  title: text('Factored linear', '分解线性层'),
  doc: text(
    'y = x W + b, the matrix W a network: its width and its units are products i₁ i₂ … and o₁ o₂ …, and W[i₁ i₂ …, o₁ o₂ …] is a tensor train Σ A₁[i₁,o₁,χ₁] A₂[χ₁,i₂,o₂,χ₂] …, a Tucker or CP form or a tree. A. Novikov et al., “Tensorizing neural networks” (2015).',
    'y = x W + b，矩阵 W 为张量网络：宽度与单元数分别是乘积 i₁ i₂ … 与 o₁ o₂ …，W[i₁ i₂ …, o₁ o₂ …] 为张量链 Σ A₁[i₁,o₁,χ₁] A₂[χ₁,i₂,o₂,χ₂] …、Tucker、CP 或树。A. Novikov 等，“Tensorizing neural networks” (2015)。',
  ),
  glyph: '⋮',
  params: schema,
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ into, out, bond }) => `${into.join('·')} → ${out.join('·')}, χ = ${bond}`,
  infer(context) {
    const { params, inputs, unify, report } = context;
    const axes = inputs.x?.axes ?? [];
    const last = axes.at(-1);
    if (!last) {
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
      return {};
    }
    if (params.into.length !== params.out.length) {
      const detail = text('as many factors as the width has', '因子个数须与宽度的相同');
      report('bad-param', { param: 'out' }, { param: 'out', detail });
      return {};
    }
    expectQuantities(context, 'x');
    const width = { name: 'width', size: constant(product(params.into)) };
    unify(last, width, { port: 'x', axis: last.name });
    const units = { name: params.name, size: constant(product(params.out)) };
    return { y: { axes: withLast(context, axes.slice(0, -1), units), valueKind: continuous } };
  },
  lower(context) {
    const { params, inputs, inputTypes, outputTypes, ir, parameter } = context;
    const shape = shapeOf(outputTypes.y);
    const { network, ins, outs } = networkIn(params);
    const rows = shapeOf(inputTypes.x).slice(0, -1);
    const x = ir.reshape(inputs.x as ValueId, [...rows, ...params.into]);
    const batch = rows.map((_, d) => `row ${d}`);
    const made = lowerNetwork(context, network, [...batch, ...outs], deviationOf(params), [
      { port: 'x', value: x, indices: [...batch, ...ins] },
    ]);
    const y = ir.reshape(made, shape);
    if (!params.bias) return { y };
    const init = { kind: 'uniform', scale: 1 / Math.sqrt(product(params.into)) } as const;
    const bias = parameter('bias', [product(params.out)], init);
    return {
      y: ir.add(
        y,
        ir.contract(
          [bias],
          [[shape.length - 1]],
          shape.map((_, d) => d),
          { sizes: shape },
        ),
      ),
    };
  },
  torch(context) {
    const { params, inputs, inputTypes, parameter } = context;
    const { network, ins, outs } = networkIn(params);
    const rows = inputTypes.x?.axes.slice(0, -1).map(({ size }) => size) ?? [];
    const batch = rows.map((_, d) => `row ${d}`);
    const value = `${inputs.x}.unflatten(-1, (${params.into.join(', ')},))`;
    const made = torchNetwork(context, network, [...batch, ...outs], deviationOf(params), [
      { port: 'x', value, indices: [...batch, ...ins], sizes: [...rows, ...params.into] },
    ]);
    const y = `${made}.flatten(${rows.length})`;
    if (!params.bias) return { y };
    const init = { kind: 'uniform', scale: 1 / Math.sqrt(product(params.into)) } as const;
    return { y: `${y} + ${parameter('bias', [product(params.out)], init)}` };
  },
  network(given, inputs) {
    if (given.into.length !== given.out.length) return undefined;
    const { network, ins, outs } = networkIn(given);
    if (!inputs.x) return drawnNetwork(given, network, [...ins, ...outs]);
    const batch = inputs.x.slice(0, -1).map((name) => apartFrom(network.sizes, name));
    const x = { port: 'x', indices: [...batch, ...ins] };
    return drawnNetwork(given, network, [...batch, ...outs], [x]);
  },
  opens: (given) => (given.into.length === given.out.length ? opened(given) : undefined),
  learns: () => true,
  learnedAxes: (_, { x }, { y }) => [...(x?.axes.slice(-1) ?? []), ...(y?.axes.slice(-1) ?? [])],
  examples: [
    {
      // torch.einsum('bij,iac,cjd->bad', x.reshape(2, 2, 2), A1, A2).reshape(2, 4)
      params: { into: [2, 2], out: [2, 2], bond: 2, bias: false },
      inputs: { x: { axes: 'b 2, i 4', values: [1, 2, 3, 4, 0, 1, -1, 0] } },
      state: { A1: [1, 0, 0, 1, 1, 1, 2, 0], A2: [1, 2, 0, 1, 1, 0, 2, 1] },
      expect: { y: { axes: 'b 2, h 4', values: [15, 18, 11, 22, -2, -1, 0, -3] } },
    },
    {
      params: { form: 'tucker', into: [4, 2], out: [2, 2], bond: 3, order: '((x, A1), (A2, G))' },
      inputs: { x: { axes: 'b 3, i 8' } },
      expect: { y: { axes: 'b 3, h 4' } },
    },
    {
      params: { form: 'cp', into: [2, 2, 2], out: [2, 1, 3], bond: 5, name: 'o' },
      inputs: { x: { axes: 'b 2, t 3, i 8' } },
      expect: { y: { axes: 'b 2, t 3, o 6' } },
    },
    {
      params: { form: 'tree', into: [2, 2, 2], out: [2, 2, 2], bond: 3 },
      inputs: { x: { axes: 'i 8' } },
      expect: { y: { axes: 'h 8' } },
    },
  ],
});

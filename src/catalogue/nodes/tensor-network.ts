/** A tensor of many indices as a network of small ones, of any length. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { orderParam } from '../contractions.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';
import {
  bondParam,
  drawnNetwork,
  formNames,
  forms,
  lowerNetwork,
  networkOf,
  openedNetwork,
  type Site,
  torchNetwork,
} from '../tensor-networks.ts';

const schema = z.object({
  form: z
    .enum(forms)
    .default('mps')
    .meta({ label: text('Form', '形式'), options: formNames }),
  sites: z
    .int()
    .min(2)
    .max(16)
    .default(4)
    .meta({ label: text('Sites', '格点数'), doc: text('Of a grid: in each row', '方格时为每行的格点数') }),
  rows: z
    .int()
    .min(2)
    .max(8)
    .default(2)
    .meta({ label: text('Rows', '行数'), doc: text('Of a grid only', '仅用于方格') }),
  size: z
    .int()
    .min(1)
    .max(1024)
    .default(2)
    .meta({ label: text('Size of an open index', '开放指标的大小') }),
  bond: bondParam,
  name: params.indexName.default('i').meta({ label: text('Open indices', '开放指标名') }),
  second: params.indexName
    .default('j')
    .meta({ label: text('Second indices', '第二组指标名'), doc: text('Of an operator only', '仅用于算符') }),
  scale: z
    .number()
    .positive()
    .default(1)
    .meta({
      label: text('Scale', '尺度'),
      doc: text('Standard deviation of its entries to begin with', '各元素初值的标准差'),
    }),
  order: orderParam,
});

type Params = z.output<typeof schema>;

/** Sites and the order of the open indices: of an operator all first ones, then all second ones. */
function sitesOf({ form, sites, rows, size, name, second }: Params) {
  const count = form === 'peps' ? sites * rows : sites;
  const called = (prefix: string, k: number) => ({ name: `${prefix}${k + 1}`, size });
  const all = Array.from(
    { length: count },
    (_, k): Site => (form === 'mpo' ? [called(name, k), called(second, k)] : [called(name, k)]),
  );
  const open = [0, 1].flatMap((d) => all.flatMap((site) => site[d] ?? []));
  return { all, open };
}

const networkIn = (given: Params) =>
  networkOf(given.form, sitesOf(given).all, given.bond, given.form === 'peps' ? given.rows : 1);

export const tensorNetwork = defineNode({
  type: 'tensor-network',
  category: 'tensor',
  title: text('Tensor network', '张量网络'),
  doc: text(
    'A tensor of many indices made of small learned ones: MPS T = Σ A₁[i₁,χ₁] A₂[χ₁,i₂,χ₂] … in a chain, MPO the same with two open indices at each site, a tree or MERA level by level, PEPS on a grid, Tucker around a core, CP as Σ_χ Π A_k[i_k,χ].',
    '由可学习的小张量构成的多指标张量：MPS 为链 T = Σ A₁[i₁,χ₁] A₂[χ₁,i₂,χ₂] …，MPO 每个格点有两个开放指标，树与 MERA 逐层合并，PEPS 位于方格，Tucker 围绕核心，CP 为 Σ_χ Π A_k[i_k,χ]。',
  ),
  glyph: '⋯',
  params: schema,
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: ({ form, sites, rows, bond }) =>
    `${form.toUpperCase()} ${form === 'peps' ? `${rows} × ${sites}` : sites}, χ = ${bond}`,
  infer(context) {
    const { params, size, report } = context;
    const { open } = sitesOf(params);
    if (params.form === 'mpo' && params.name === params.second) {
      report('name-twice', { param: 'second', axis: params.name }, { axis: params.name });
      return {};
    }
    if (open.length > 32) {
      const detail = text('more than 32 open indices', '开放指标多于 32 个');
      report('bad-param', { param: 'sites' }, { param: 'sites', detail });
      return {};
    }
    return { out: { axes: open.map(({ name, size: n }) => ({ name, size: size(n, 'size') })) } };
  },
  lower: (context) => {
    const output = sitesOf(context.params).open.map(({ name }) => name);
    return { out: lowerNetwork(context, networkIn(context.params), output, context.params.scale) };
  },
  torch: (context) => {
    const output = sitesOf(context.params).open.map(({ name }) => name);
    return { out: torchNetwork(context, networkIn(context.params), output, context.params.scale) };
  },
  network: (given) =>
    drawnNetwork(
      given,
      networkIn(given),
      sitesOf(given).open.map(({ name }) => name),
    ),
  opens: (given) =>
    openedNetwork(
      given,
      networkIn(given),
      sitesOf(given).open.map(({ name }) => name),
      given.scale,
    ),
  learns: () => true,
  learnedAxes: (_, __, { out }) => out?.axes ?? [],
  examples: [
    {
      // torch.einsum('ac,cbd,de->abe', A1, A2, A3)
      params: { form: 'mps', sites: 3, bond: 2 },
      state: { A1: [1, 2, 3, 4], A2: [1, 0, 2, -1, 0, 1, 1, 3], A3: [1, -1, 0.5, 2] },
      expect: {
        out: { axes: 'i1 2, i2 2, i3 2', values: [2, 3, 6.5, 6, 5, 5, 14.5, 8] },
      },
    },
    {
      // torch.einsum('ax,bx,cx->abc', A1, A2, A3)
      params: { form: 'cp', sites: 3, bond: 2 },
      state: { A1: [1, 2, 3, 4], A2: [1, -1, 2, 0], A3: [0.5, 1, 1, 2] },
      expect: { out: { axes: 'i1 2, i2 2, i3 2', values: [-1.5, -3, 1, 2, -2.5, -5, 3, 6] } },
    },
    {
      // torch.einsum('xy,ax,by->ab', G, A1, A2)
      params: { form: 'tucker', sites: 2, bond: 2 },
      state: { G: [1, 2, 0, -1], A1: [1, 2, 3, 4], A2: [1, -1, 2, 0] },
      expect: { out: { axes: 'i1 2, i2 2', values: [1, 2, 1, 6] } },
    },
    {
      // The same from its other end; an order for other cores is none.
      params: { form: 'mps', sites: 3, bond: 2, order: '(A1, (A2, A3))' },
      state: { A1: [1, 2, 3, 4], A2: [1, 0, 2, -1, 0, 1, 1, 3], A3: [1, -1, 0.5, 2] },
      expect: {
        out: { axes: 'i1 2, i2 2, i3 2', values: [2, 3, 6.5, 6, 5, 5, 14.5, 8] },
      },
    },
    {
      params: { form: 'mpo', sites: 3, order: '(A1, A2)' },
      expect: { out: { axes: 'i1 2, i2 2, i3 2, j1 2, j2 2, j3 2' } },
    },
    { params: { form: 'tree', sites: 5 }, expect: { out: { axes: 'i1 2, i2 2, i3 2, i4 2, i5 2' } } },
    { params: { form: 'mera', sites: 4 }, expect: { out: { axes: 'i1 2, i2 2, i3 2, i4 2' } } },
    {
      params: { form: 'peps', sites: 2, rows: 2, bond: 3 },
      expect: { out: { axes: 'i1 2, i2 2, i3 2, i4 2' } },
    },
  ],
});

/**
 * Large tensors as networks of small ones, in the forms that physics and numerical analysis know: which cores there
 * are, and which indices stand on each. Reviews: R. Orús, "A practical introduction to tensor networks", Annals of
 * Physics 349 (2014); T. Kolda, B. Bader, "Tensor decompositions and applications", SIAM Review 51 (2009).
 */
import { z } from 'zod';
import type { PortRef } from '../base/edit.ts';
import { text } from '../base/text.ts';
import { findPath, printContractionPath, readContractionPath } from '../contraction/index.ts';
import type { ValueId } from '../ir/program.ts';
import { ELLIPSIS, writeEinsum } from '../tensor/einsum.ts';
import type { Initialiser } from './bound.ts';
import { operandPort } from './contractions.ts';
import type { LowerContext, NodeNetwork, OpenedDrawing } from './define.ts';
import type { TorchContext } from './torch.ts';
import { type TorchOperand, torchEinsum } from './torch-einsum.ts';

export const forms = ['mps', 'mpo', 'tree', 'mera', 'peps', 'tucker', 'cp'] as const;
export type NetworkForm = (typeof forms)[number];

export const formNames: Readonly<Record<NetworkForm, ReturnType<typeof text>>> = {
  mps: text('MPS (tensor train)', 'MPS（张量链）'),
  mpo: text('MPO (matrix-product operator)', 'MPO（矩阵乘积算符）'),
  tree: text('Tree', '树'),
  mera: text('MERA', 'MERA'),
  peps: text('PEPS (grid)', 'PEPS（方格）'),
  tucker: text('Tucker', 'Tucker 分解'),
  cp: text('CP (sum of products)', 'CP 分解'),
};

/** A small tensor of a network: its name, and the indices on it. */
export interface Core {
  readonly name: string;
  readonly indices: readonly string[];
}

export interface CoreNetwork {
  readonly cores: readonly Core[];
  readonly sizes: Readonly<Record<string, number>>;
}

/** A site of a network: the open indices there. */
export type Site = readonly { readonly name: string; readonly size: number }[];

/** The network of a form over these sites, all inner indices of size `bond`; of a grid the sites stand row by row. */
export function networkOf(form: NetworkForm, sites: readonly Site[], bond: number, rows = 1): CoreNetwork {
  const sizes: Record<string, number> = {};
  for (const { name, size } of sites.flat()) sizes[name] = size;
  let bonds = 0;
  const inner = (): string => {
    let name = `χ${++bonds}`;
    while (Object.hasOwn(sizes, name)) name += '′';
    sizes[name] = bond;
    return name;
  };
  const open = sites.map((site) => site.map(({ name }) => name));
  return { cores: coresOf[form](open, inner, rows), sizes };
}

type Cores = (open: readonly (readonly string[])[], inner: () => string, rows: number) => readonly Core[];

const chain: Cores = (open, inner) => {
  const bonds = open.slice(1).map(inner);
  return open.map((own, k) => ({
    name: `A${k + 1}`,
    indices: [...bonds.slice(Math.max(0, k - 1), k), ...own, ...bonds.slice(k, k + 1)],
  }));
};

/** Cores over pairs of what is left, level by level; `mixes` puts a core between pairs before, as MERA does. */
const levels =
  (mixes: boolean): Cores =>
  (open, inner) => {
    const cores: Core[] = [];
    let left: readonly (readonly string[])[] = open;
    for (let level = 1; left.length > 2; level++) {
      const legs = left.map((own) => [...own]);
      for (let k = 1; mixes && k + 1 < legs.length; k += 2) {
        const [a, b] = [inner(), inner()];
        const indices = [...(legs[k] ?? []), ...(legs[k + 1] ?? []), a, b];
        cores.push({ name: `U${level}${(k + 1) / 2}`, indices });
        [legs[k], legs[k + 1]] = [[a], [b]];
      }
      const next: string[][] = [];
      for (let k = 0; k < legs.length; k += 2) {
        const [a = [], b] = legs.slice(k, k + 2);
        if (!b) next.push(a);
        else {
          const up = inner();
          cores.push({ name: `W${level}${k / 2 + 1}`, indices: [...a, ...b, up] });
          next.push([up]);
        }
      }
      left = next;
    }
    return [...cores, { name: 'T', indices: left.flat() }];
  };

const coresOf: Readonly<Record<NetworkForm, Cores>> = {
  mps: chain,
  mpo: chain,
  tree: levels(false),
  mera: levels(true),
  peps(open, inner, rows) {
    const columns = open.length / rows;
    const right = open.map((_, k) => ((k + 1) % columns === 0 ? [] : [inner()]));
    const down = open.map((_, k) => (k + columns < open.length ? [inner()] : []));
    return open.map((own, k) => {
      const left = k % columns === 0 ? [] : (right[k - 1] ?? []);
      const indices = [
        ...own,
        ...(down[k - columns] ?? []),
        ...left,
        ...(right[k] ?? []),
        ...(down[k] ?? []),
      ];
      return { name: `A${k + 1}`, indices };
    });
  },
  tucker(open, inner) {
    const legs = open.flatMap((own) => own.map((name) => [name, inner()] as const));
    return [
      { name: 'G', indices: legs.map(([, bond]) => bond) },
      ...legs.map(([name, bond], k) => ({ name: `A${k + 1}`, indices: [name, bond] })),
    ];
  },
  cp(open, inner) {
    const shared = inner();
    return open.map((own, k) => ({ name: `A${k + 1}`, indices: [...own, shared] }));
  },
};

const shapeOfCore = ({ sizes }: CoreNetwork, { indices }: Core): number[] =>
  indices.map((name) => sizes[name] as number);

/** Each core normal, so that the entries of the whole, sums over all inner indices, have this standard deviation. */
function startOf(network: CoreNetwork, open: readonly string[], deviation: number): Initialiser {
  const inner = Object.entries(network.sizes).filter(([name]) => !open.includes(name));
  const terms = inner.reduce((n, [, size]) => n * size, 1);
  return { kind: 'normal', scale: (deviation / Math.sqrt(terms)) ** (1 / network.cores.length) };
}

/** A tensor that is there beside the cores, by the name of its port, with its indices. */
interface Other<T> {
  readonly port: string;
  readonly value: T;
  readonly indices: readonly string[];
}

/** The names by which an order speaks of the operands. */
const operandsOf = (network: CoreNetwork, others: readonly { readonly port: string }[]): string[] => [
  ...others.map(({ port }) => port),
  ...network.cores.map(({ name }) => name),
];

interface OrderedContext<C> {
  readonly params: C & { readonly order: string };
}

/** The contraction of the cores, and of what else there is, to a tensor with these indices, along the order of `params`. */
export function lowerNetwork(
  { params, ir, parameter }: OrderedContext<unknown> & Pick<LowerContext<unknown>, 'ir' | 'parameter'>,
  network: CoreNetwork,
  output: readonly string[],
  deviation: number,
  others: readonly Other<ValueId>[] = [],
): ValueId {
  const start = startOf(network, openOf(network), deviation);
  const labels = [...new Set([...others, ...network.cores].flatMap(({ indices }) => indices))];
  const numbered = (indices: readonly string[]) => indices.map((name) => labels.indexOf(name));
  const cores = network.cores.map((core) => parameter(core.name, shapeOfCore(network, core), start));
  return ir.contract(
    [...others.map(({ value }) => value), ...cores],
    [...others, ...network.cores].map(({ indices }) => numbered(indices)),
    numbered(output),
    { path: readContractionPath(params.order, operandsOf(network, others)) },
  );
}

/** The same in PyTorch, along the order of `params`, else the best that is found. */
export function torchNetwork(
  context: OrderedContext<unknown> & Pick<TorchContext<unknown>, 'parameter' | 'let'>,
  network: CoreNetwork,
  output: readonly string[],
  deviation: number,
  others: readonly (Other<string> & { readonly sizes: readonly number[] })[] = [],
): string {
  const start = startOf(network, openOf(network), deviation);
  const operands: TorchOperand[] = [
    ...others.map(({ port, value, indices }) => ({ code: value, labels: indices, name: port })),
    ...network.cores.map((core) => ({
      code: context.parameter(core.name, shapeOfCore(network, core), start),
      labels: core.indices,
      name: core.name,
    })),
  ];
  const sizes = new Map(Object.entries(network.sizes));
  for (const other of others)
    for (const [d, name] of other.indices.entries()) sizes.set(name, other.sizes[d] as number);
  const all = [...sizes.keys()];
  const numbered = (names: readonly string[]) => names.map((name) => all.indexOf(name));
  const found = () =>
    findPath({
      inputs: operands.map(({ labels }) => numbered(labels)),
      output: numbered(output),
      sizes: [...sizes.values()],
    }).path;
  const chosen = readContractionPath(context.params.order, operandsOf(network, others));
  return torchEinsum(context, operands, output, chosen ?? found());
}

/** Indices that stand on one core alone, and of a sum of products the sites' own. */
const openOf = ({ cores, sizes }: CoreNetwork): string[] =>
  Object.keys(sizes).filter(
    (name) => !/^χ/.test(name) && cores.filter(({ indices }) => indices.includes(name)).length === 1,
  );

/** How the network is drawn, and ordered: its cores are the node's own, and nothing of it is written in an expression. */
export function drawnNetwork(
  { order }: { readonly order: string },
  network: CoreNetwork,
  output: readonly string[],
  others: readonly Omit<Other<never>, 'value'>[] = [],
): NodeNetwork {
  const ports = operandsOf(network, others);
  return {
    ports,
    inputs: [...others, ...network.cores].map(({ indices }) => indices),
    output,
    sizes: network.sizes,
    path: readContractionPath(order, ports),
    keep: (path) => ({ order: path ? printContractionPath(path, ports) : '' }),
    write: () => ({}),
  };
}

/** Contract nodes take no more operands. */
const MOST_OPERANDS = 64;

/** The node that contracts the cores of a network that is drawn. */
export const WHOLE = 'network';

/** The network drawn: a parameter for each core, and their contraction; with a tensor before them that has these last indices. */
export function openedNetwork(
  { order }: { readonly order: string },
  network: CoreNetwork,
  output: readonly string[],
  deviation: number,
  before?: { readonly port: string; readonly from: PortRef; readonly indices: readonly string[] },
): OpenedDrawing | undefined {
  const others = before ? [before] : [];
  const operands = operandsOf(network, others);
  if (operands.length > MOST_OPERANDS) return undefined;
  const { scale = 1 } = startOf(network, openOf(network), deviation);
  const cores = network.cores.map(({ name, indices }) => {
    const axes = indices.map((index) => ({ name: index, size: network.sizes[index] as number }));
    return [name, { type: 'parameter', params: { axes, init: 'normal', scale } }] as const;
  });
  const rest = before ? [ELLIPSIS] : [];
  const expression = writeEinsum({
    inputs: [
      ...others.map(({ indices }) => [...rest, ...indices]),
      ...network.cores.map((core) => core.indices),
    ],
    output: [...rest, ...output],
  });
  const chosen = readContractionPath(order, operands);
  const ports = operands.map((_, k) => operandPort(k));
  const params = { expression, ...(chosen && { order: printContractionPath(chosen, ports) }) };
  const sources = [...others.map(({ from }) => from), ...cores.map(([node]) => ({ node, port: 'out' }))];
  return {
    nodes: { ...Object.fromEntries(cores), [WHOLE]: { type: 'contract', params } },
    wires: sources.map((from, k) => ({ from, to: { node: WHOLE, port: operandPort(k) } })),
    outputs: { out: { node: WHOLE, port: 'out' } },
  };
}

export const bondParam = z
  .int()
  .min(1)
  .max(1024)
  .default(4)
  .meta({
    label: text('Bond size', '键维'),
    doc: text(
      'Of all inner indices; the larger, the more the network can express',
      '所有内部指标的大小；越大表达力越强',
    ),
  });

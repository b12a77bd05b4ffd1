/** What a contraction costs, before anything is computed. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import {
  createPathCache,
  greedyPath,
  type Network,
  type PathResult,
  pricePath,
} from '../../contraction/index.ts';
import type { Op } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { contractionInputs, contractionParams, inferContraction, lowerContraction } from '../contractions.ts';
import { defineNode } from '../define.ts';

/** A node is lowered for several programs and after every edit. */
const found = createPathCache();

export const contractionCost = defineNode({
  type: 'contraction-cost',
  category: 'contraction',
  title: text('Contraction cost', '收缩的代价'),
  doc: text(
    'What contracting these tensors costs, from their sizes alone: multiply-adds, and the elements of the largest tensor made on the way. Deltas are bare wires and cost nothing.',
    '只由大小算出收缩这些张量的代价：乘加次数，以及途中最大张量的元素个数。δ 只是导线，不计代价。',
  ),
  glyph: '⊗',
  params: z.object({
    ...contractionParams,
    method: z
      .enum(['best', 'greedy', 'all-at-once'])
      .default('best')
      .meta({
        label: text('How', '方式'),
        doc: text('where no order is written', '未写顺序时使用'),
        options: {
          best: text('the best order that is found', '找到的最优顺序'),
          greedy: text('greedy: each pair by its own gain', '贪心：每次只看眼前的一对'),
          'all-at-once': text('one loop over all indices', '对所有指标一次循环'),
        },
      }),
  }),
  inputs: contractionInputs,
  outputs: [
    { name: 'operations', title: text('multiply-adds', '乘加次数') },
    { name: 'largest', title: text('largest', '最大') },
    { name: 'tensors', title: text('tensors', '张量个数') },
  ],
  summary: ({ expression }) => expression.replace('->', ' → '),
  // Sizes do not depend on numbers.
  detached: (inputs) => Object.keys(inputs),
  infer: (context) =>
    inferContraction(context) ? { operations: scalar, largest: scalar, tensors: scalar } : {},
  lower(context) {
    const { ir, params, inputs } = context;
    const value = lowerContraction(context);
    const op = ir.op(value);
    const { flops, largestIntermediate, tensors } =
      op.kind === 'contract' && !Object.values(inputs).includes(value)
        ? priceOf(op, params.method)
        : { flops: 0, largestIntermediate: 0, tensors: 1 };
    return {
      operations: ir.full([], flops),
      largest: ir.full([], largestIntermediate),
      tensors: ir.full([], tensors),
    };
  },
  examples: [
    {
      params: { expression: 'ij,jk->ik' },
      inputs: { a: { axes: 'i 3, j 4' }, b: { axes: 'j 4, k 2' } },
      expect: {
        operations: { axes: '', values: [24] },
        largest: { axes: '', values: [6] },
        tensors: { axes: '', values: [2] },
      },
      notDifferentiable: ['a', 'b'],
    },
    // A ring: 24 for (a, b), 30 for (c, d), 6 for the two.
    {
      params: { expression: 'ij,jk,kl,li->' },
      inputs: {
        a: { axes: 'i 3, j 4' },
        b: { axes: 'j 4, k 2' },
        c: { axes: 'k 2, l 5' },
        d: { axes: 'l 5, i 3' },
      },
      expect: { operations: { axes: '', values: [60] } },
      notDifferentiable: ['a', 'b', 'c', 'd'],
    },
    // By hand: opt_einsum's greedy takes (a, c) first, which frees most memory: 720 + 180 + 420. The best of all
    // 18 orders, found by trying each, begins with (a, b): 360 + 240 + 420.
    ...(
      [
        ['greedy', 1320],
        ['best', 1020],
        ['all-at-once', 5040],
      ] as const
    ).map(([method, operations]) => ({
      params: { expression: 'xyf,xtf,ytpf,fr->tpr', method },
      inputs: {
        a: { axes: 'x 3, y 4, f 5' },
        b: { axes: 'x 3, t 6, f 5' },
        c: { axes: 'y 4, t 6, p 2, f 5' },
        d: { axes: 'f 5, r 7' },
      },
      expect: { operations: { axes: '', values: [operations] } },
      notDifferentiable: ['a', 'b', 'c', 'd'],
    })),
  ],
});

function priceOf(op: Extract<Op, { kind: 'contract' }>, method: 'best' | 'greedy' | 'all-at-once') {
  const present = new Set(op.inputs.flat());
  // Labels that only the result has are broadcast, and cost nothing before the end.
  const output = op.output.filter((label) => present.has(label));
  const network: Network = { inputs: op.inputs, output, sizes: op.sizes };
  const { flops, naiveFlops, largestIntermediate } = resultOf(network, op.path, method);
  const isLoop = method === 'all-at-once' && !op.path;
  return { flops: isLoop ? naiveFlops : flops, largestIntermediate, tensors: op.args.length };
}

function resultOf(network: Network, path: PathResult['path'] | undefined, method: string): PathResult {
  if (path) return pricePath(network, path);
  return method === 'greedy' ? greedyPath(network) : found(network);
}

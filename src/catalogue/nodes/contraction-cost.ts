/** What a contraction costs, before anything is computed. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import {
  createPathCache,
  greedyPath,
  type Network,
  type PathResult,
  pricePath,
  type SsaPath,
} from '../../contraction/index.ts';
import { hasNoOperands } from '../../ir/absorb.ts';
import type { Builder } from '../../ir/builder.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import {
  contractionInputs,
  contractionParams,
  inferContraction,
  lowerContraction,
  networkOfContraction,
} from '../contractions.ts';
import { defineNode, type LowerContext } from '../define.ts';
import { tensorCode } from '../torch.ts';

/** A node is lowered for several programs and after every edit. */
const found = createPathCache();

const params = z.object({
  ...contractionParams,
  sizes: z
    .record(
      z.string().min(1).max(50),
      z
        .int()
        .min(1)
        .max(2 ** 20),
    )
    .default({})
    .meta({
      label: text('Sizes', '大小'),
      doc: text(
        'By index of the expression, in place of those on the wires: {"i": 1000}',
        '按表达式中的指标给出，代替连线上的大小：{"i": 1000}',
      ),
    }),
});

export const contractionCost = defineNode({
  type: 'contraction-cost',
  category: 'contraction',
  title: text('Contraction cost', '收缩的代价'),
  doc: text(
    'What contracting these tensors costs, from their sizes alone: multiply-adds in the order that is written, or else in the best that is found; by a greedy choice of pairs; in one loop over all indices; and the elements of the largest tensor made on the way. Deltas are bare wires and cost nothing.',
    '只由大小算出收缩这些张量的代价：按所写顺序（没有则按找到的最优顺序）、按贪心选对、以及对所有指标一次循环的乘加次数；还有途中最大张量的元素个数。δ 只是导线，不计代价。',
  ),
  glyph: '⊗',
  params,
  inputs: contractionInputs,
  outputs: [
    { name: 'operations', title: text('multiply-adds', '乘加次数') },
    { name: 'greedy', title: text('greedy', '贪心') },
    { name: 'loop', title: text('all at once', '一次循环') },
    { name: 'largest', title: text('largest', '最大') },
    { name: 'tensors', title: text('tensors', '张量个数') },
  ],
  summary: ({ expression }) => expression.replace('->', ' → '),
  // Sizes do not depend on numbers.
  detached: (inputs) => Object.keys(inputs),
  infer: (context) =>
    inferContraction(context)
      ? { operations: scalar, greedy: scalar, loop: scalar, largest: scalar, tensors: scalar }
      : {},
  lower(context) {
    const network = networkIn(context);
    const best = network && priced(network);
    const figures = {
      operations: best?.flops ?? 0,
      greedy: network ? greedyPath(network).flops : 0,
      loop: best?.naiveFlops ?? 0,
      largest: best?.largestIntermediate ?? 0,
      tensors: network?.inputs.length ?? 1,
    };
    const filled = Object.entries(figures).map(([name, figure]) => [name, context.ir.full([], figure)]);
    return Object.fromEntries(filled);
  },
  torch({ outputTypes, known, constant }) {
    const figures = Object.keys(outputTypes).map((port) => [
      port,
      constant(port, tensorCode([known(port) ?? 0], [])),
    ]);
    return Object.fromEntries(figures);
  },
  examples: [
    {
      params: { expression: 'ij,jk->ik' },
      inputs: { a: { axes: 'i 3, j 4' }, b: { axes: 'j 4, k 2' } },
      expect: {
        operations: { axes: '', values: [24] },
        greedy: { axes: '', values: [24] },
        loop: { axes: '', values: [24] },
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
      expect: { operations: { axes: '', values: [60] }, loop: { axes: '', values: [120] } },
      notDifferentiable: ['a', 'b', 'c', 'd'],
    },
    // By hand: opt_einsum's greedy takes (a, c) first, which frees most memory: 720 + 180 + 420. The best of all
    // 18 orders, found by trying each, begins with (a, b): 360 + 240 + 420.
    {
      params: { expression: 'xyf,xtf,ytpf,fr->tpr', sizes: { x: 3, y: 4 } },
      inputs: {
        a: { axes: 'x 1, y 2, f 5' },
        b: { axes: 'x 1, t 6, f 5' },
        c: { axes: 'y 2, t 6, p 2, f 5' },
        d: { axes: 'f 5, r 7' },
      },
      expect: {
        operations: { axes: '', values: [1020] },
        greedy: { axes: '', values: [1320] },
        loop: { axes: '', values: [5040] },
      },
      notDifferentiable: ['a', 'b', 'c', 'd'],
    },
    // The order that is written counts.
    {
      params: { expression: 'xyf,xtf,ytpf,fr->tpr', order: '(((a, c), b), d)' },
      inputs: {
        a: { axes: 'x 3, y 4, f 5' },
        b: { axes: 'x 3, t 6, f 5' },
        c: { axes: 'y 4, t 6, p 2, f 5' },
        d: { axes: 'f 5, r 7' },
      },
      expect: { operations: { axes: '', values: [1320] } },
      notDifferentiable: ['a', 'b', 'c', 'd'],
    },
  ],
});

interface OrderedNetwork extends Network {
  readonly path: SsaPath | undefined;
}

/** What is contracted once deltas are bare wires; undefined where nothing is. */
function networkIn(context: LowerContext<z.output<typeof params>>): OrderedNetwork | undefined {
  const { ir, inputTypes, params: written } = context;
  const inputs = Object.fromEntries(
    Object.entries(context.inputs).map(([port, given]) => [port, bare(ir, given)]),
  );
  const value = lowerContraction({ ...context, inputs });
  const op = ir.op(value);
  if (op.kind !== 'contract' || Object.values(inputs).includes(value)) return undefined;
  const names = Object.entries(inputTypes).map(
    ([port, { axes }]) => [port, axes.map((a) => a.name)] as const,
  );
  const drawn = networkOfContraction(written, Object.fromEntries(names));
  // Where deltas have tied indices together, those that are left go by other numbers.
  const isWhole = op.args.length === drawn?.ports.length;
  const indices = isWhole ? [...new Set(drawn.inputs.flat())] : [];
  const sizes = op.sizes.map((size, label) => written.sizes[indices[label] ?? ''] ?? size);
  // Labels that only the result has are broadcast, and cost nothing before the end.
  const present = new Set(op.inputs.flat());
  const output = op.output.filter((label) => present.has(label));
  return { inputs: op.inputs, output, sizes, path: op.path };
}

/** Each port is a value of its own, a delta too: this is the delta itself, for contractions to take in. */
function bare(ir: Builder, value: ValueId): ValueId {
  const op = ir.op(value);
  if (op.kind !== 'map' || op.expr.op !== 'arg') return value;
  const [arg = value] = op.args;
  return hasNoOperands(ir.op(arg)) ? arg : value;
}

const priced = ({ path, ...network }: OrderedNetwork): PathResult =>
  path ? pricePath(network, path) : found(network);

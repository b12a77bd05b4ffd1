/** Comparisons, which give 1 or 0. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, type Expr, e, number } from '../../ir/expr.ts';
import { broadcastAll } from '../broadcast.ts';
import { defineNode } from '../define.ts';
import { elementwise, torchOperands } from '../elementwise.ts';
import { pythonNumber } from '../torch.ts';

const relations = {
  less: { sign: '<', python: '<', of: (a: Expr, b: Expr) => binary('lt', a, b) },
  'at-most': { sign: '≤', python: '<=', of: (a: Expr, b: Expr) => binary('le', a, b) },
  equal: { sign: '=', python: '==', of: (a: Expr, b: Expr) => binary('eq', a, b) },
  different: { sign: '≠', python: '!=', of: (a: Expr, b: Expr) => e.sub(number(1), binary('eq', a, b)) },
  'at-least': { sign: '≥', python: '>=', of: (a: Expr, b: Expr) => binary('le', b, a) },
  greater: { sign: '>', python: '>', of: (a: Expr, b: Expr) => binary('lt', b, a) },
} as const;
const names = Object.keys(relations) as [keyof typeof relations, ...(keyof typeof relations)[]];

export const compare = defineNode({
  type: 'compare',
  category: 'math',
  title: text('Compare', '比较'),
  doc: text(
    '1 where a < b (or another relation) holds, else 0: a mask. Without a wire at b, a is compared with a number. No gradient passes.',
    'a < b（或其他关系）成立处为 1，否则为 0：即掩码。b 未接入时与一个数比较。梯度不通过。',
  ),
  glyph: '≶',
  params: z.object({
    relation: z
      .enum(names)
      .default('less')
      .meta({
        label: text('Relation', '关系'),
        options: {
          less: text('a < b', 'a < b'),
          'at-most': text('a ≤ b', 'a ≤ b'),
          equal: text('a = b', 'a = b'),
          different: text('a ≠ b', 'a ≠ b'),
          'at-least': text('a ≥ b', 'a ≥ b'),
          greater: text('a > b', 'a > b'),
        },
      }),
    than: z
      .number()
      .default(0)
      .meta({ label: text('Number', '数'), doc: text('b, where nothing is wired to it', 'b 未接入时的数') }),
  }),
  inputs: [{ name: 'a' }, { name: 'b', optional: true }],
  outputs: [{ name: 'y' }],
  summary: ({ relation, than }, wired) => `a ${relations[relation].sign} ${wired.includes('b') ? 'b' : than}`,
  infer(context) {
    const y = broadcastAll(context, context.inputs.b ? ['a', 'b'] : ['a']);
    return y ? { y: { ...y, valueKind: { kind: 'classes', classes: 2 } } } : {};
  },
  lower(context) {
    const { relation, than } = context.params;
    const { of } = relations[relation];
    return {
      y:
        context.inputs.b === undefined
          ? elementwise(context, ['a'], of(arg(0), number(than)))
          : elementwise(context, ['a', 'b'], of(arg(0), arg(1))),
    };
  },
  torch(context) {
    const { relation, than } = context.params;
    const isAlone = context.inputs.b === undefined;
    const [a, b = pythonNumber(than)] = torchOperands(context, isAlone ? ['a'] : ['a', 'b']);
    return { y: `(${a} ${relations[relation].python} ${b}).to(${context.inputs.a})` };
  },
  detached: ['a', 'b'],
  examples: [
    ...(
      [
        ['less', [1, 0, 0]],
        ['at-most', [1, 1, 0]],
        ['equal', [0, 1, 0]],
        ['different', [1, 0, 1]],
        ['at-least', [0, 1, 1]],
        ['greater', [0, 0, 1]],
      ] as const
    ).map(([relation, values]) => ({
      // a < b, a <= b, …
      params: { relation },
      inputs: { a: { axes: 'i 3', values: [1, 2, 3] }, b: { axes: 'i 3', values: [2, 2, 2] } },
      expect: { y: { axes: 'i 3', values } },
      notDifferentiable: ['a', 'b'],
    })),
    {
      params: { relation: 'at-least', than: 2 },
      inputs: { a: { axes: 'i 3', values: [1, 2, 3] } },
      expect: { y: { axes: 'i 3', values: [0, 1, 1] } },
      notDifferentiable: ['a'],
    },
  ],
});

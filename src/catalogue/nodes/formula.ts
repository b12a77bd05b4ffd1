/** An element-wise expression that the user types. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { alignment, broadcastAll } from '../broadcast.ts';
import { defineNode } from '../define.ts';
import { torchOperands } from '../elementwise.ts';
import { type Formula, namesOf, type Operator, parseFormula, partsOf } from '../formula.ts';
import { mathematical, torchFormula } from '../formula-print.ts';
import { scalarFunctions } from '../scalar-functions.ts';

const [x, y] = [arg(0), arg(1)];

const operations: Readonly<Record<Exclude<Operator, '^'>, Expr>> = {
  '+': e.add(x, y),
  '-': e.sub(x, y),
  '*': e.mul(x, y),
  '/': e.div(x, y),
  '<': binary('lt', x, y),
  '<=': binary('le', x, y),
  '==': binary('eq', x, y),
};

/** Whole powers up to this are products. */
const mostMultiplied = 8;

/** x to a power that is written as a number: whole ones of negative numbers, too. */
function powerOf(exponent: number): Expr {
  if (exponent === 0.5) return unary('sqrt', x);
  if (!Number.isInteger(exponent) || exponent === 0 || Math.abs(exponent) > mostMultiplied)
    return binary('pow', x, number(exponent));
  const product = Array.from({ length: Math.abs(exponent) - 1 }).reduce((p: Expr) => e.mul(p, x), x);
  return exponent < 0 ? unary('recip', product) : product;
}

/** A part of a formula as it is computed, and the axes of the result that it runs along, ascending. */
interface Part {
  readonly value: ValueId;
  readonly axes: readonly number[];
}

/** One operation of the program for each of the formula's, so that derivatives grow with it and not with its powers. */
function lowerFormula(
  ir: Builder,
  formula: Formula,
  operand: (name: string) => Part,
  shape: readonly number[],
): Part {
  const go = (part: Formula): Part => {
    const join = (expr: Expr, ...of: readonly Formula[]): Part => {
      const parts = of.map(go);
      const axes = [...new Set(parts.flatMap((p) => p.axes))].sort((a, b) => a - b);
      const value = ir.map(
        parts.map((p) => p.value),
        expr,
        parts.map((p) => p.axes.map((axis) => axes.indexOf(axis))),
        axes.map((axis) => shape[axis] as number),
      );
      return { value, axes };
    };
    switch (part.kind) {
      case 'number':
        return { value: ir.full([], part.value), axes: [] };
      case 'name':
        return operand(part.name);
      case 'negative':
        return join(e.neg(x), part.of);
      case 'apply':
        return join(scalarFunctions[part.function].expr, part.of);
      case 'extreme':
        return join(
          part.of.reduce<Expr>((all, _, k) => (k === 0 ? x : binary(part.function, all, arg(k))), x),
          ...part.of,
        );
      case 'where':
        return join(select(x, y, arg(2)), part.if, part.a, part.b);
      case 'operation':
        if (part.operator !== '^') return join(operations[part.operator], part.a, part.b);
        return part.b.kind === 'number'
          ? join(powerOf(part.b.value), part.a)
          : join(binary('pow', x, y), part.a, part.b);
    }
  };
  return go(formula);
}

/** How many operations a formula may have. */
const mostOperations = 200;
const operationsIn = (formula: Formula): number =>
  partsOf(formula).reduce((n, part) => n + operationsIn(part), partsOf(formula).length === 0 ? 0 : 1);

/** The formula where it can be read; what reads it has been checked. */
function read(expression: string): Formula {
  const reading = parseFormula(expression);
  if ('error' in reading) throw new Error('internal: a formula was lowered that does not check');
  return reading.formula;
}

export const formula = defineNode({
  type: 'formula',
  category: 'math',
  title: text('Formula', '公式'),
  doc: text(
    'An expression that is computed element by element; its names are the inputs: x * sigmoid(1.702 x). + − * / ^, < ≤ = in where(c, a, b), max, min, and the functions of Activation with _ for - (exp, log, sqrt, sin, tanh, gelu_tanh …); pi and e. Side by side is multiplied. A tensor of lower rank is repeated along the axes whose names it lacks.',
    '逐元素计算的表达式，其中的名称就是输入：x * sigmoid(1.702 x)。可用 + − * / ^，where(c, a, b) 中的 < ≤ =，max、min，以及“激活”中的函数（- 写作 _：exp、log、sqrt、sin、tanh、gelu_tanh……）；pi 与 e。并列表示相乘。低阶张量沿其缺少的轴重复。',
  ),
  glyph: 'ƒ',
  params: z.object({
    expression: z
      .string()
      .max(1000)
      .default('x * sigmoid(1.702 x)')
      .meta({ label: text('Expression', '表达式'), widget: 'expression' }),
  }),
  inputs: ({ params: { expression }, wired }) => {
    const reading = parseFormula(expression);
    // While it is being typed, wires keep their ports.
    return ('error' in reading ? wired : namesOf(reading.formula)).map((name) => ({ name }));
  },
  outputs: [{ name: 'y' }],
  summary: ({ expression }) => {
    const reading = parseFormula(expression);
    return 'error' in reading ? expression : mathematical(reading.formula);
  },
  infer(context) {
    const { expression } = context.params;
    const reading = parseFormula(expression);
    const refuse = (detail: ReturnType<typeof text>) => {
      context.report('bad-param', { param: 'expression' }, { param: 'expression', detail });
      return {};
    };
    if ('error' in reading) {
      const { error, at } = reading;
      const after = expression.slice(Math.max(0, at - 12), at);
      const [en, zh] = after
        ? [`after “${after}” (character ${at + 1})`, `在 “${after}” 之后（第 ${at + 1} 个字符）`]
        : ['at its beginning', '在开头'];
      return refuse(text(`${error.en}, ${en}`, `${error.zh}，${zh}`));
    }
    const count = operationsIn(reading.formula);
    if (count > mostOperations)
      return refuse(
        text(
          `it has ${count} operations, of at most ${mostOperations}: part it into several`,
          `有 ${count} 个运算，至多 ${mostOperations} 个：请分成几个公式`,
        ),
      );
    const y = broadcastAll(context, namesOf(reading.formula));
    return y ? { y } : {};
  },
  lower({ params: { expression }, inputs, inputTypes, outputTypes, ir }) {
    const whole = outputTypes.y?.axes ?? [];
    const names = namesOf(read(expression));
    const largest = names
      .map((name) => inputTypes[name]?.axes ?? [])
      .find((axes) => axes.length === whole.length);
    const operand = (name: string): Part => {
      const along = alignment(inputTypes[name]?.axes ?? [], largest ?? whole) ?? [];
      const order = along.map((_, d) => d).sort((a, b) => (along[a] as number) - (along[b] as number));
      return { value: ir.transpose(inputs[name] as ValueId, order), axes: along.toSorted((a, b) => a - b) };
    };
    return {
      y: lowerFormula(
        ir,
        read(expression),
        operand,
        whole.map((axis) => axis.size),
      ).value,
    };
  },
  torch(context) {
    const parsed = read(context.params.expression);
    const names = namesOf(parsed);
    const operands = torchOperands(context, names);
    return {
      y: torchFormula(parsed, (name) => operands[names.indexOf(name)] as string, context.helper),
    };
  },
  repair({ expression }) {
    const reading = parseFormula(expression);
    if (!('error' in reading) || reading.meant === undefined) return [];
    const { meant } = reading;
    const does = text(`Write ${meant} instead of ${expression}`, `用 ${meant} 代替 ${expression}`);
    return [{ params: { expression: meant }, does }];
  },
  examples: [
    {
      // x * torch.sigmoid(1.702 * x)
      inputs: { x: { axes: 'i 4', values: [-2, -0.5, 0, 1.5] } },
      expect: {
        y: { axes: 'i 4', values: [-0.06434137685579186, -0.1496115633936199, 0.0, 1.3916621984470765] },
      },
    },
    {
      // torch.where(a < c, -a ** 2 / 2 + torch.exp(-torch.abs(b))[:, None], (b[:, None] * a) ** -1)
      params: { expression: 'where(a < c, −a² / 2 + exp(-abs(b)), (b a)^-1)' },
      inputs: {
        a: { axes: 'i 2, j 3', values: [1, -2, 0.5, 3, 0.25, -1.5] },
        b: { axes: 'i 2', values: [0.5, 2] },
        c: { axes: '', values: [1.25] },
      },
      expect: {
        y: {
          axes: 'i 2, j 3',
          values: [
            0.10653065971263342, -1.3934693402873666, 0.4815306597126334, 0.16666666666666666,
            0.1040852832366127, -0.9896647167633873,
          ],
        },
      },
    },
    {
      // torch.maximum(torch.maximum(a, b[:, None]), 0) ** 1.5
      params: { expression: 'max(a, b, 0) ^ 1.5' },
      inputs: {
        a: { axes: 'i 2, j 3', values: [1, -2, 0.5, 3, 0.25, -1.5] },
        b: { axes: 'i 2', values: [0.75, 2] },
      },
      expect: {
        y: {
          axes: 'i 2, j 3',
          values: [
            1.0, 0.649519052838329, 0.649519052838329, 5.196152422706632, 2.8284271247461903,
            2.8284271247461903,
          ],
        },
      },
    },
    {
      params: { expression: '2 pi (1 + 1/2)' },
      expect: { y: { axes: '', values: [9.42477796076938] } },
    },
    {
      params: { expression: '(x + y z) / (1 + z^2)' },
      inputs: { x: { axes: 'i 2' }, y: { axes: 'j 3' }, z: { axes: 'i 2, j 3' } },
      expect: { y: { axes: 'i 2, j 3' } },
    },
  ],
});

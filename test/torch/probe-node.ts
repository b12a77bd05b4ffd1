/**
 * A node that only the parity test has: it takes whatever outputs it is given, makes a scalar of them, and leaves what
 * is compared as state: the outputs while training, the first derivatives, and their derivatives along a direction.
 */
import { z } from 'zod';
import { keyFrom, normal } from '../../src/base/random.ts';
import { text } from '../../src/base/text.ts';
import { defineNode, type LowerContext } from '../../src/catalogue/define.ts';
import { install } from '../../src/catalogue/index.ts';
import { unsupported } from '../../src/catalogue/torch.ts';
import { arg, e, number } from '../../src/ir/expr.ts';
import { gradient } from '../../src/ir/gradient.ts';
import { elements, type ValueId } from '../../src/ir/program.ts';

/** Weights of an output's elements in the scalar: Σ w (y + y²/2). */
export const weightsOf = (port: string, count: number): number[] => [
  ...normal(keyFrom(3, 'weights', port), count),
];
/** The direction along which the gradient is differentiated, for a parameter by its name. */
export const directionOf = (name: string, count: number): number[] => [
  ...normal(keyFrom(4, 'direction', name), count),
];

export const PARITY = 'parity-probe';

function compared({ inputs, ir, trainable, state, update }: LowerContext<unknown>): void {
  const keep = (name: string, value: ValueId) => update(state(name, ir.shape(value)), value);
  const zero = ir.full([], 0);
  const add = (a: ValueId, b: ValueId) => ir.map([a, b], e.add(arg(0), arg(1)));
  let total = zero;
  for (const [port, y] of Object.entries(inputs)) {
    const shape = ir.shape(y);
    keep(`trained ${port}`, y);
    const weights = ir.constant(shape, weightsOf(port, elements(shape)));
    const bent = e.mul(arg(0), e.add(arg(1), e.mul(number(0.5), e.mul(arg(1), arg(1)))));
    total = add(total, ir.sum(ir.map([weights, y], bent)));
  }
  const parameters = trainable(total);
  const names = parameters.map((value) => (ir.op(value) as { name?: string }).name ?? '');
  const first = gradient(ir, total, parameters);
  let along = zero;
  for (const [i, slope] of first.entries()) {
    keep(`first ${names[i]}`, slope);
    const shape = ir.shape(slope);
    const direction = ir.constant(shape, directionOf(names[i] as string, elements(shape)));
    along = add(along, ir.sum(ir.map([direction, slope], e.mul(arg(0), arg(1)))));
  }
  for (const [i, slope] of gradient(ir, along, parameters).entries()) keep(`second ${names[i]}`, slope);
}

install('parity', [
  defineNode({
    type: PARITY,
    category: 'optimizer',
    title: text('Parity', '对照'),
    doc: text('', ''),
    glyph: '=',
    params: z.object({}),
    inputs: ({ wired }) => wired.map((name) => ({ name })),
    outputs: [],
    trains: true,
    infer: () => ({}),
    lower(context) {
      compared(context);
      return {};
    },
    torch: unsupported(text('only the test has it', '仅测试使用')),
    examples: [],
  }),
]);

/** What schedules of a learning rate share: the rate that they change, the step that they change it by. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import { arg, binary, type Expr, e, number, unary } from '../ir/expr.ts';
import { scalar } from '../tensor/axis.ts';
import { defineNode, type Example, type NodeDefinition } from './define.ts';
import { pythonNumber } from './torch.ts';

interface ScheduleDefinition<S extends z.ZodRawShape> {
  readonly type: string;
  readonly title: Text;
  readonly doc: Text;
  readonly params: S;
  summary(params: z.output<z.ZodObject<S>>): string;
  /** The rate in step t, of η and t. */
  rate(params: z.output<z.ZodObject<S>>, eta: Expr, t: Expr): Expr;
  /** The same in Python, of the names of two scalar tensors. */
  torch(params: z.output<z.ZodObject<S>>, eta: string, t: string): string;
  readonly examples: readonly Example[];
}

/** How many steps something lasts. */
export const stepsParam = (usual: number, label: Text) =>
  z.int().min(1).max(1_000_000_000).default(usual).meta({ label });

export const fractionParam = (usual: number, label: Text) =>
  z.number().min(0).max(1).default(usual).meta({ label });

/**
 * A node whose output goes to the rate port of an optimizer. The rate that it changes is its parameter or, where another
 * schedule is wired to it, that one's: they multiply, as torch.optim.lr_scheduler.ChainedScheduler has it. The step is
 * that of the training, from 0, or what is wired.
 */
export function defineSchedule<S extends z.ZodRawShape>({
  params: own,
  summary,
  rate,
  torch,
  ...about
}: ScheduleDefinition<S>): NodeDefinition {
  type Params = z.output<z.ZodObject<S>> & { readonly rate: number };
  return defineNode({
    ...about,
    category: 'math',
    glyph: 'η',
    params: z.object({
      rate: z
        .number()
        .min(0)
        .default(0.1)
        .meta({ label: text('Learning rate η', '学习率 η') }),
      ...own,
    }),
    inputs: [
      { name: 'rate', title: text('learning rate', '学习率'), optional: true },
      { name: 'step', title: text('step', '步数'), optional: true },
    ],
    outputs: [{ name: 'out', title: text('learning rate', '学习率') }],
    summary: (params) => summary(params as Params),
    infer({ inputs, report }) {
      for (const [port, { axes }] of Object.entries(inputs))
        if (axes.length > 0)
          report('not-scalar', { port }, { what: port, axes: axes.map((a) => a.name).join(', ') });
      return { out: scalar };
    },
    lower(context) {
      const { inputs, ir } = context;
      const params = context.params as Params;
      const eta = inputs.rate ?? ir.full([], params.rate);
      const t = inputs.step ?? context.step();
      return { out: ir.map([eta, t], rate(params, arg(0), arg(1)), [[], []], []) };
    },
    torch({ params, inputs, step, let: line }) {
      const t = inputs.step ?? line('t', `torch.tensor(float(${step()}))`);
      const { rate: own } = params as Params;
      return { out: torch(params as Params, inputs.rate ?? pythonNumber(own), t) };
    },
  });
}

/** ½ (1 + cos(π x)): from 1 at 0 to 0 at 1. */
export const halfCosine = (x: Expr): Expr =>
  e.mul(number(0.5), e.add(number(1), unary('cos', e.mul(number(Math.PI), x))));

/** min(t, n) / n. */
export const portion = (t: Expr, n: number): Expr => e.div(binary('min', t, number(n)), number(n));

/**
 * What optimizers share: a scalar loss, the parameters above it and the gradient by them, a learning rate, the decay
 * of weights. `defineOptimizer` makes a node type of a rule that moves one parameter along its gradient.
 */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, type Expr, e, number } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import {
  defineNode,
  type Example,
  type InferContext,
  type LowerContext,
  type NodeDefinition,
  type OptimizerReading,
  type PortSpec,
} from './define.ts';
import type { ParamsMigration } from './migrations.ts';
import {
  type Clipping,
  clipParams,
  clipped,
  groupOf,
  groupsParam,
  type ParameterGroup,
  torchClipping,
} from './parameter-groups.ts';
import { type PythonValue, pythonCall } from './torch.ts';
import { type Averaging, averageParams, keepAverage, torchAverage } from './weight-averages.ts';

export const optimizerInputs: readonly PortSpec[] = [
  { name: 'loss', title: text('loss', '损失'), meaning: 'loss' },
  // A schedule is a node like others: whatever computes a scalar may be the rate.
  { name: 'rate', title: text('learning rate', '学习率'), optional: true },
];

/** Nothing is learned through the rate: the gradient is that of the loss. */
export const detachedInputs: readonly string[] = ['rate'];

/** For the card: a parameter that a wire replaces is not shown. */
export const showRate = (rate: number, wired: readonly string[], symbol = 'η'): string =>
  wired.includes('rate') ? `${symbol}(t)` : `${symbol} = ${rate}`;

/** Loss and rate must be scalars; an optimizer has no outputs. */
export function inferOptimizer({ inputs, report }: InferContext<unknown>): Record<string, never> {
  for (const [port, { axes }] of Object.entries(inputs))
    if (axes.length > 0)
      report('not-scalar', { port }, { what: port, axes: axes.map((a) => a.name).join(', ') });
  return {};
}

/** A trainable parameter and ∂loss/∂parameter, of the same shape. */
export interface TrainedParameter {
  readonly value: ValueId;
  readonly gradient: ValueId;
}

/** Every trainable parameter the loss depends on, in document order. The loss becomes a metric. */
export function gradients({
  inputs,
  trainable,
  objective,
  metric,
}: LowerContext<unknown>): readonly TrainedParameter[] {
  const parameters = trainable(inputs.loss as ValueId);
  const { loss, gradients } = objective()(parameters);
  metric('loss', loss);
  return parameters.map((value, i) => ({ value, gradient: gradients[i] as ValueId }));
}

/** The learning rate, a scalar: what is wired to `rate`, else the parameter, which becomes a constant of the step. */
export const learningRate = ({ inputs, params, ir }: LowerContext<{ readonly rate: number }>): ValueId =>
  inputs.rate ?? ir.full([], params.rate);

/** One parameter in one step, as a rule sees it. Operands are of the parameter's shape, counts or scalars. */
export interface RuleContext<P> extends TrainedParameter {
  readonly params: P;
  /** A scalar. */
  readonly rate: ValueId;
  /** θ and what else a rule wants, element by element, in the parameter's shape. */
  map(args: readonly ValueId[], expr: Expr): ValueId;
  /**
   * Keeps a tensor of the parameter's shape from step to step, 0 to begin with: it becomes `next` of what it was,
   * argument 0, and of the operands. Gives what it becomes.
   */
  kept(name: string, args: readonly ValueId[], next: Expr): ValueId;
  /** The same where something else is made of what was kept than what is kept next. */
  keep(name: string, of: (before: ValueId) => { readonly gives: ValueId; readonly next: ValueId }): ValueId;
  /** The same for one number, which is one for each repeat where the parameter is; operands are such numbers. */
  counted(name: string, args: readonly ValueId[], next: Expr): ValueId;
  /**
   * How many gradients the parameter has seen, this one too. It is state beside the moments, and not the number of
   * the run's step: moments that begin in the middle of a run (the parameter changed its shape, or had another
   * optimizer) need the correction of a first step, while those beside them do not; and a resumed run finds the
   * count with them.
   */
  count(): ValueId;
  /** A number made of the count, argument 0: computed once for the parameter, not for each of its elements. */
  ofCount(expr: Expr): ValueId;
}

function ruleContext<P>(
  { ir, stateOf, update }: Pick<LowerContext<P>, 'ir' | 'stateOf' | 'update'>,
  given: Pick<RuleContext<P>, 'params' | 'rate' | 'value' | 'gradient'>,
): RuleContext<P> {
  const { value } = given;
  const state = (kind: 'like' | 'count') => (name: string, args: readonly ValueId[], next: Expr) => {
    const before = stateOf(value, name, kind);
    const after = along(ir, [before, ...args], next, ir.shape(before));
    update(before, after);
    return after;
  };
  const counted = state('count');
  let count: ValueId | undefined;
  const counting = () => {
    count ??= counted('steps', [], e.add(arg(0), number(1)));
    return count;
  };
  return {
    ...given,
    map: (args, expr) => along(ir, args, expr, ir.shape(value)),
    kept: state('like'),
    keep(name, of) {
      const before = stateOf(value, name, 'like');
      const { gives, next } = of(before);
      update(before, next);
      return gives;
    },
    counted,
    count: counting,
    ofCount: (expr) => ir.map([counting()], expr),
  };
}

/** Element by element; what has fewer axes has the leading ones, those of repeats, or none. */
const along = (ir: Builder, args: readonly ValueId[], expr: Expr, shape: readonly number[]): ValueId =>
  ir.map(
    args,
    expr,
    args.map((value) => ir.shape(value).map((_, d) => d)),
    shape,
  );

const rateParam = (usual: number) =>
  z
    .number()
    .min(0)
    .default(usual)
    .meta({ label: text('Learning rate η', '学习率 η') });

const decayParam = (doc: Text) =>
  z
    .number()
    .min(0)
    .default(0)
    .meta({ label: text('Weight decay λ', '权重衰减 λ'), doc });

const decayDocs = {
  /** L2: of the loss. */
  coupled: text('Adds λ θ to the gradient (L2)', '把 λ θ 加入梯度（L2）'),
  /** I. Loshchilov and F. Hutter, "Decoupled weight decay regularization", arXiv 1711.05101. */
  decoupled: text('Shrinks θ by η λ θ beside the step', '在更新之外把 θ 缩小 η λ θ'),
};

interface Common extends Clipping, Averaging {
  readonly groups: readonly ParameterGroup[];
  readonly rate: number;
  readonly decay: number;
}

interface OptimizerDefinition<S extends z.ZodRawShape> {
  readonly type: string;
  readonly title: Text;
  readonly doc: Text;
  /** The usual learning rate. */
  readonly rate: number;
  /** Whether the decay of weights is a part of the gradient or of the step. */
  readonly decay: keyof typeof decayDocs;
  readonly params: S;
  readonly migrations?: readonly ParamsMigration[];
  /** What the card says beside the rate. */
  summary?(params: z.output<z.ZodObject<S>>): string;
  /** The direction d of one parameter: θ ← θ − η d. Its gradient holds a coupled decay already. */
  direction(context: RuleContext<z.output<z.ZodObject<S>> & Common>): ValueId;
  /** What is read off it: see NodeDefinition. */
  readonly reading?: OptimizerReading<z.output<z.ZodObject<S>> & Common>;
  /** The class of PyTorch and its arguments beside rate and decay. */
  torch(
    params: z.output<z.ZodObject<S>>,
    helper: (code: string) => string,
  ): { readonly class: string } & Readonly<Record<string, PythonValue>>;
  readonly examples: readonly Example[];
}

/** θ − η d, of θ, d and η. */
const descent = e.sub(arg(0), e.mul(arg(2), arg(1)));
const withDecay = (decay: number): Expr => e.add(arg(0), e.mul(number(decay), arg(1)));

/** An optimizer that moves each parameter by a rule of its own. */
export function defineOptimizer<S extends z.ZodRawShape>({
  rate: usual,
  decay: kind,
  params: own,
  summary,
  direction: directionOf,
  torch,
  reading,
  ...about
}: OptimizerDefinition<S>): NodeDefinition {
  type Params = z.output<z.ZodObject<S>> & Common;
  return defineNode({
    ...about,
    category: 'optimizer',
    glyph: '↧',
    params: z.object({
      rate: rateParam(usual),
      ...own,
      decay: decayParam(decayDocs[kind]),
      ...clipParams,
      groups: groupsParam,
      ...averageParams,
    }),
    inputs: optimizerInputs,
    outputs: [],
    trains: true,
    detached: detachedInputs,
    ...(reading && { reading: reading as OptimizerReading<unknown> }),
    summary: (params, wired) =>
      [showRate((params as Common).rate, wired), summary?.(params as Params)].filter(Boolean).join(', '),
    infer: inferOptimizer,
    lower(context) {
      const params = context.params as Params;
      const { ir, tagsOf, update } = context;
      const whole = learningRate(context as LowerContext<Params>);
      const trained = gradients(context);
      const slopes = clipped(
        ir,
        trained.map(({ gradient }) => gradient),
        params,
      );
      for (const [i, { value }] of trained.entries()) {
        const tags = tagsOf(value);
        const { decay = params.decay, rate: factor = 1 } = groupOf(params.groups, tags) ?? {};
        const rate = factor === 1 ? whole : ir.map([whole], e.mul(number(factor), arg(0)), [[]], []);
        const slope = slopes[i] as ValueId;
        const { map, ...rest } = ruleContext(context, { params, rate, value, gradient: slope });
        const gradient = kind === 'coupled' && decay > 0 ? map([slope, value], withDecay(decay)) : slope;
        const found = directionOf({ ...rest, map, gradient });
        const all = kind === 'decoupled' && decay > 0 ? map([found, value], withDecay(decay)) : found;
        const next = map([value, all, rate], descent);
        update(value, next);
        keepAverage(context, params, value, next);
      }
      return {};
    },
    torch({ params, optimizer, helper }) {
      const { rate, decay } = params as Params;
      const { class: name, ...given } = torch(params as Params, helper);
      const { groups } = params as Params;
      // Without, torch.optim.AdamW decays by 0.01.
      const told = kind === 'coupled' && decay === 0 ? undefined : decay;
      optimizer((parameters) => pythonCall(name, [parameters], { lr: rate, ...given, weight_decay: told }), {
        clip: torchClipping(params as Params),
        average: torchAverage(params as Params),
        ...(groups.length > 0 && {
          groupOf(tags) {
            const group = groupOf(groups, tags);
            if (!group) return undefined;
            const { rate: factor } = group;
            return { lr: rate * factor, weight_decay: group.decay ?? decay, factor };
          },
        }),
      });
      return {};
    },
  });
}

/** What losses share: how the losses of elements or rows become one number, and losses of pairs of elements. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { Expr } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { type Axis, scalar, type TensorType } from '../tensor/axis.ts';
import {
  defineNode,
  type Example,
  type InferContext,
  type LowerContext,
  type NodeDefinition,
} from './define.ts';
import { elementwise } from './elementwise.ts';
import { meetInOrder } from './meeting.ts';
import { type PythonValue, pythonCall, type TorchContext } from './torch.ts';
import { continuous, expectQuantities } from './value-kinds.ts';

export const reduction = z
  .enum(['mean', 'sum', 'none'])
  .default('mean')
  .meta({
    label: text('Reduction', '归约'),
    options: { mean: text('mean', '平均'), sum: text('sum', '求和'), none: text('none', '不归约') },
  });
export type LossReduction = z.output<typeof reduction>;

export const lossOutputs = [{ name: 'loss', title: text('loss', '损失'), meaning: 'loss' }] as const;

/** A number, or a loss for each element along `axes`. */
export const lossType = (kind: LossReduction, axes: readonly Axis[]): TensorType =>
  kind === 'none' ? { axes, valueKind: continuous } : scalar;

/** The losses of all elements as one number, which becomes a metric; where they are not reduced, as they are. */
export function reduced(
  { ir, metric }: Pick<LowerContext<unknown>, 'ir' | 'metric'>,
  each: ValueId,
  kind: LossReduction,
): { loss: ValueId } {
  if (kind === 'none') return { loss: each };
  const loss = kind === 'mean' ? ir.mean(each) : ir.sum(each);
  metric('loss', loss);
  return { loss };
}

/** As a keyword of PyTorch's losses. */
export const reductionInTorch = (kind: LossReduction): PythonValue =>
  kind === 'mean' ? undefined : `'${kind}'`;

/** Losses of all elements in Python, as one number. */
export const reducedInTorch = (losses: string, kind: LossReduction): string =>
  kind === 'none' ? losses : `(${losses}).${kind}()`;

/** A loss in Python, which the log tells where it is a number. */
export function lossInTorch(
  { params, metric, let: line }: Pick<TorchContext<unknown>, 'params' | 'metric' | 'let'>,
  code: string,
): { loss: string } {
  const loss = line('loss', code);
  const { reduction: kind } = params as { readonly reduction?: string };
  if (kind !== 'none') metric('loss', loss);
  return { loss };
}

/** Axes of `left` where those of `right` are the same, each of the size of its partner; told where ranks differ. */
export function expectSameAxes(
  context: InferContext<unknown>,
  left: string,
  right: string,
): readonly Axis[] | undefined {
  const { inputs, report } = context;
  const [ours, theirs] = [inputs[left]?.axes ?? [], inputs[right]?.axes ?? []];
  if (ours.length === theirs.length) return meetInOrder(context, ours, theirs, right);
  // What the numbers are may help to find the remedy.
  const { valueKind } = inputs[right] ?? {};
  report(
    'rank-mismatch',
    { port: right },
    {
      what: right,
      actual: theirs.length,
      axes: theirs.map((a) => a.name).join(', ') || '–',
      expected: ours.length,
      ...(valueKind?.kind === 'classes' && { classes: valueKind.classes }),
    },
  );
  return undefined;
}

interface PairLoss<S extends z.ZodRawShape> {
  readonly type: string;
  readonly title: Text;
  readonly doc: Text;
  readonly params: S;
  summary(params: z.output<z.ZodObject<S>>): string;
  /** Whether target holds quantities like those of prediction; else it says which side is meant. */
  readonly comparesQuantities?: boolean;
  /** The loss of one element, of prediction and target. */
  each(params: z.output<z.ZodObject<S>>): Expr;
  /** PyTorch's function and its keywords beside the reduction; or all of it, of the two and the keyword. */
  torch(
    params: z.output<z.ZodObject<S>>,
  ):
    | ({ readonly function: string } & Readonly<Record<string, PythonValue>>)
    | ((prediction: string, target: string) => string);
  readonly examples: readonly Example[];
}

/** A loss that is a sum or a mean over pairs of elements, of a prediction and a target of equal shape. */
export function definePairLoss<S extends z.ZodRawShape>({
  params: own,
  summary,
  comparesQuantities = true,
  each,
  torch,
  ...about
}: PairLoss<S>): NodeDefinition {
  type Params = z.output<z.ZodObject<S>> & { readonly reduction: LossReduction };
  return defineNode({
    ...about,
    category: 'loss',
    glyph: '∇',
    params: z.object({ ...own, reduction }),
    inputs: [
      { name: 'prediction', title: text('prediction', '预测'), meaning: 'scores' },
      { name: 'target', title: text('target', '目标'), meaning: 'labels' },
    ],
    outputs: lossOutputs,
    summary: (params) => summary(params as Params),
    measures: 'loss',
    infer(context) {
      const axes = expectSameAxes(context, 'prediction', 'target');
      if (!axes) return {};
      if (comparesQuantities) for (const port of ['prediction', 'target']) expectQuantities(context, port);
      return { loss: lossType((context.params as Params).reduction, axes) };
    },
    lower(context) {
      const params = context.params as Params;
      const losses = elementwise(context, ['prediction', 'target'], each(params));
      return reduced(context, losses, params.reduction);
    },
    torch(context) {
      const { prediction = '', target = '' } = context.inputs;
      const given = context.params as Params;
      const written = torch(given);
      if (typeof written === 'function')
        return lossInTorch(context, reducedInTorch(written(prediction, target), given.reduction));
      const { function: name, ...keywords } = written;
      const reduction = reductionInTorch(given.reduction);
      return lossInTorch(context, pythonCall(name, [prediction, target], { ...keywords, reduction }));
    },
  });
}

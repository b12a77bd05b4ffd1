/**
 * What losses of classifiers share beside classes.ts: weights of classes and of rows, smoothed labels, and how they are
 * reduced. Formulas are those of torch.nn.functional.cross_entropy.
 */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, binary, type Expr, e, number, select } from '../ir/expr.ts';
import { elements, type ValueId } from '../ir/program.ts';
import { classParams, countedLabel, hasProbabilities, matchClasses, ofLabel } from './classes.ts';
import type { InferContext, LowerContext, PortContext, PortSpec, TensorType } from './define.ts';
import { type LossReduction, reduction, reductionInTorch } from './loss.ts';
import { meetAxes, meetInOrder } from './meeting.ts';
import { optionalPorts } from './optional-ports.ts';
import { pythonCall, type TorchContext } from './torch.ts';

const weighting = optionalPorts([
  { name: 'weights', title: text('class weights', '类别权重') },
  { name: 'rows', title: text('row weights', '行权重') },
]);

export const classLossParams = classParams.extend({
  smoothing: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({
      label: text('Label smoothing ε', '标签平滑 ε'),
      doc: text('Each class gets ε/c of the target', '每一类分得目标的 ε/c'),
    }),
  reduction,
  ports: weighting.param,
});
interface Params extends Pick<z.output<typeof classParams>, 'ignored'> {
  readonly smoothing?: number;
  readonly reduction: LossReduction;
}

export const classLossInputs =
  (scores: PortSpec) =>
  (context: PortContext<{ readonly ports: readonly string[] }>): readonly PortSpec[] => [
    scores,
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
    ...weighting.shown(context),
  ];

/** Class numbers and weights are counted by; probabilities are factors. */
export const detachedOfClassLoss =
  (port: string) =>
  ({ [port]: scores, target }: Readonly<Record<string, TensorType>>): readonly string[] =>
    target?.axes.length === scores?.axes.length ? ['weights', 'rows'] : ['target', 'weights', 'rows'];

/** Axes of the rows; undefined, with a diagnostic, where target or weights do not fit. */
export function inferClassLoss(context: InferContext<Params>, port: string): TensorType['axes'] | undefined {
  if (!matchClasses(context, port)) return undefined;
  const { inputs, report } = context;
  const scores = inputs[port]?.axes ?? [];
  const before = scores.slice(0, -1);
  for (const [name, expected] of [
    ['weights', scores.slice(-1)],
    ['rows', before],
  ] as const) {
    const axes = inputs[name]?.axes;
    if (!axes) continue;
    if (axes.length !== expected.length) {
      const told = { what: name, actual: axes.length, axes: axes.map((a) => a.name).join(', ') || '–' };
      report('rank-mismatch', { port: name }, { ...told, expected: expected.length });
      return undefined;
    }
    if (name === 'rows') meetInOrder(context, before, axes, 'rows');
    else if (axes[0] && expected[0])
      meetAxes(context, { axis: expected[0], axes: scores }, { axis: axes[0], axes }, 'weights');
  }
  return before;
}

/** −t · log p, of t and log p. What cannot be and need not be costs nothing: 0 · log 0 = 0. */
export function surprise(target: Expr, logarithm: Expr): Expr {
  const isNothing = e.mul(
    binary('eq', target, number(0)),
    binary('eq', logarithm, number(Number.NEGATIVE_INFINITY)),
  );
  return e.neg(e.mul(target, select(isNothing, number(0), logarithm)));
}

/** The same numbers, taken for constants by differentiation: the largest along an axis of one element. */
function constantOf(ir: Builder, x: ValueId): ValueId {
  const shape = ir.shape(x);
  return ir.reduce('max', ir.reshape(x, [...shape, 1]), [shape.length], true);
}

/** The loss of each row and what a mean divides their sum by, from log-probabilities [rows…, c]. */
function lossesOf(
  { params, inputs, inputTypes, ir, chooses }: LowerContext<Params>,
  port: string,
  logarithms: ValueId,
): { readonly each: ValueId; readonly divisor: ValueId } {
  const shape = ir.shape(logarithms);
  const classes = shape.at(-1) as number;
  const all = shape.map((_, d) => d);
  const kept = all.slice(0, -1);
  const [target, { smoothing = 0 }] = [inputs.target as ValueId, params];
  const given = (port: 'weights' | 'rows', otherwise: readonly number[]) => {
    const value = inputs[port];
    return value === undefined ? ir.full(otherwise, 1) : constantOf(ir, value);
  };
  const [ofClass, ofRow] = [given('weights', [classes]), given('rows', shape.slice(0, -1))];
  const last = kept.length;
  if (hasProbabilities(inputTypes, port)) {
    const smooth = e.add(e.mul(number(1 - smoothing), arg(0)), number(smoothing / classes));
    const terms = ir.map(
      [target, logarithms, ofClass],
      e.mul(surprise(smoothing > 0 ? smooth : arg(0), arg(1)), arg(2)),
      [all, all, [last]],
    );
    return { each: ir.mul(ir.sum(terms, [last]), ofRow), divisor: ir.sum(ofRow) };
  }
  chooses('target', classes, params.ignored);
  // The target is picked by an indicator, which costs no gather.
  const isTarget = binary('eq', arg(1), countedLabel(arg(2), params));
  const pick = (value: ValueId, axes: readonly number[], then: Expr) =>
    ir.sum(
      ir.map(
        [value, ir.iota(classes), target, ofClass],
        select(isTarget, then, number(0)),
        [axes, [last], kept, [last]],
        shape,
      ),
      [last],
    );
  const told = pick(logarithms, all, e.neg(e.mul(arg(0), arg(3))));
  const weight = pick(ofClass, [last], arg(0));
  const evenly = ir.sum(
    ir.map([logarithms, ofClass], e.neg(e.mul(arg(0), arg(1))), [all, [last]]),
    [last],
    1 / classes,
  );
  const smoothed = e.add(e.mul(number(1 - smoothing), arg(0)), e.mul(number(smoothing), arg(3)));
  const loss = e.mul(smoothing > 0 ? smoothed : arg(0), arg(2));
  const factors = [told, target, ofRow, ...(smoothing > 0 ? [evenly] : [])];
  const counted = ir.map([weight, target, ofRow], ofLabel(arg(1), classes, params, e.mul(arg(0), arg(2))));
  return { each: ir.map(factors, ofLabel(arg(1), classes, params, loss)), divisor: ir.sum(counted) };
}

/** The loss from log-probabilities, reduced; a number of it becomes a metric. */
export function lowerClassLoss(
  context: LowerContext<Params>,
  port: string,
  logarithms: ValueId,
): { loss: ValueId } {
  const { params, ir, metric } = context;
  const { each, divisor } = lossesOf(context, port, logarithms);
  if (params.reduction === 'none') return { loss: each };
  const sum = ir.sum(each);
  const loss = params.reduction === 'sum' ? sum : ir.map([sum, divisor], e.div(arg(0), arg(1)));
  metric('loss', loss);
  return { loss };
}

/** Whether nothing but an ignored label is asked of a mean: the common case, which has a shorter way. */
export const isPlain = ({ params, inputs }: LowerContext<Params>): boolean =>
  !params.smoothing && params.reduction === 'mean' && !inputs.weights && !inputs.rows;

/** The mean over rows of probabilities, of the sum over all. */
export const perRow = (shape: readonly number[]): number => 1 / elements(shape.slice(0, -1));

/** A call of F.cross_entropy or F.nll_loss, which want the rows as one axis before the classes. */
export function classLossInTorch(
  context: TorchContext<Params>,
  port: string,
  name: 'F.cross_entropy' | 'F.nll_loss',
): { loss: string } {
  const { params, inputs, inputTypes, let: line } = context;
  const { [port]: scores = '', target = '', weights, rows } = inputs;
  const many = (inputTypes[port]?.axes.length ?? 0) > 2;
  const labelled = !hasProbabilities(inputTypes, port);
  const flat = (written: string, end = '') => (many ? `${written}.flatten(${end})` : written);
  const labels = labelled ? `${flat(target)}.long()` : flat(target, '0, -2');
  const kind: LossReduction = rows ? 'none' : params.reduction;
  const { ignored, smoothing } = params;
  const call = pythonCall(name, [flat(scores, '0, -2'), labels], {
    weight: weights && `${weights}.detach()`,
    ignore_index: labelled ? ignored : undefined,
    label_smoothing: smoothing ? smoothing : undefined,
    reduction: reductionInTorch(kind),
  });
  const unflattened = many ? `.reshape(${scores}.shape[:-1])` : '';
  if (!rows) return { loss: kind === 'none' ? call + unflattened : call };
  const weight = flat(`${rows}.detach()`);
  const each = line('each', call);
  const losses = line('losses', `${each} * ${weight}`);
  if (params.reduction === 'none') return { loss: losses + unflattened };
  if (params.reduction === 'sum') return { loss: `${losses}.sum()` };
  const counted = [
    weight,
    ...(labelled && weights ? [`${weights}.detach()[${labels}.clamp(min=0)]`] : []),
    ...(labelled && ignored !== undefined ? [`(${labels} != ${ignored})`] : []),
  ].join(' * ');
  return { loss: `${losses}.sum() / ${line('counted', counted)}.sum()` };
}

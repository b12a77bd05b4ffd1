/**
 * How often each class was true, was told and was both: what metrics of classifiers are computed from. A row is told
 * to be of the class with the largest score, the first of equal ones.
 */
import { z } from 'zod';
import { text } from '../base/text.ts';
import { arg, binary, type Expr, e, number, select } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { scalar } from '../tensor/axis.ts';
import { expectSeveral } from './axis-roles.ts';
import { classParams, hasProbabilities, matchClasses, ofLabel } from './classes.ts';
import {
  defineNode,
  type Example,
  type InferContext,
  type LowerContext,
  type NodeDefinition,
  type PortSpec,
} from './define.ts';
import type { TorchContext } from './torch.ts';

export const classInputs: readonly PortSpec[] = [
  { name: 'logits', title: text('scores', '得分'), meaning: 'scores' },
  { name: 'target', title: text('target', '目标'), meaning: 'labels' },
];
type Params = z.output<typeof classParams>;

export function inferClasses(context: InferContext<Params>): boolean {
  const scores = context.inputs.logits?.axes.slice(-1) ?? [];
  expectSeveral(context, 'logits', scores, text('every row is told to be of class 0', '每行都被判为类别 0'));
  return matchClasses(context);
}

/** The labels of the rows [rows…], and 0 for each, which is NaN where its scores or its label are none. */
export function labelsOf({ params, inputs, inputTypes, ir, chooses }: LowerContext<Params>): {
  readonly labels: ValueId;
  readonly told: ValueId;
  readonly classes: number;
  /** 1 where a row counts; NaN where it has no class. */
  readonly counted: ValueId;
} {
  const [scores, target] = [inputs.logits as ValueId, inputs.target as ValueId];
  const last = ir.shape(scores).length - 1;
  const classes = ir.shape(scores)[last] as number;
  const ofRow = (reduce: 'argmax' | 'max', x: ValueId) => ir.reduce(reduce, x, [last], true);
  const orNaN = (k: number, then: Expr) => select(binary('eq', arg(k), arg(k)), then, arg(k));
  const [told, best] = [ofRow('argmax', scores), ofRow('max', scores)];
  if (hasProbabilities(inputTypes)) {
    const labels = ofRow('argmax', target);
    const counted = ir.map([best, ofRow('max', target)], orNaN(0, orNaN(1, number(1))));
    return { labels, told, classes, counted };
  }
  chooses('target', classes, params.ignored);
  const isCounted = ofLabel(arg(1), classes, params, number(1));
  return { labels: target, told, classes, counted: ir.map([best, target], orNaN(0, isCounted)) };
}

/** counts[true, told], each row with its weight. */
export function confusionOf(context: LowerContext<Params>): ValueId {
  const { ir } = context;
  const { labels, told, classes, counted } = labelsOf(context);
  const rows = ir.shape(labels).map((_, d) => d);
  const [c, k] = [rows.length, rows.length + 1];
  const oneHot = (of: ValueId) =>
    ir.map([of, ir.iota(classes)], binary('eq', arg(0), arg(1)), [rows, [c]], [...ir.shape(of), classes]);
  return ir.contract([oneHot(labels), oneHot(told), counted], [[...rows, c], [...rows, k], rows], [c, k]);
}

export const averages = z
  .enum(['macro', 'micro', 'weighted', 'none'])
  .default('macro')
  .meta({
    label: text('Average', '平均方式'),
    options: {
      macro: text('of classes', '各类平均'),
      micro: text('of all rows together', '所有行一起'),
      weighted: text('of classes by their rows', '各类按行数加权'),
      none: text('none: each class', '不平均：各类'),
    },
  });

interface ClassMetric {
  readonly type: string;
  readonly title: NodeDefinition['title'];
  readonly doc: NodeDefinition['doc'];
  readonly summary: string;
  /** The score of counts: rows that are of the class and told to be, told to be, and are. What is divided by is never 0 here. */
  readonly parts: readonly [over: Expr, under: Expr];
  readonly inPython: readonly [over: string, under: string];
  readonly examples: readonly Example[];
}

const quotient = ([over, under]: ClassMetric['parts']): Expr =>
  select(binary('eq', under, number(0)), number(0), e.div(over, under));

const inTorch = `def class_counts(scores, target, ignored=None):
    """Of each class: rows of it that are told to be of it, rows told to be of it, rows of it."""
    classes = scores.shape[-1]
    target = target.argmax(-1) if target.dim() == scores.dim() else target.long()
    counted = torch.ones_like(target) if ignored is None else (target != ignored).long()
    told = F.one_hot(scores.argmax(-1), classes) * counted.unsqueeze(-1)
    true = (target.unsqueeze(-1) == torch.arange(classes)) * counted.unsqueeze(-1)
    return [x.reshape(-1, classes).sum(0).to(scores.dtype) for x in (told * true, told, true)]`;

const averageInTorch = `def class_average(over, under, true, present, average):
    each = torch.where(under == 0, torch.zeros_like(over), over / under)
    if average == 'micro':
        return over.sum() / under.sum()
    if average == 'weighted':
        return (each * true).sum() / true.sum()
    return each if average == 'none' else each.sum() / present.sum()`;

/**
 * A metric of each class, averaged as scikit-learn does: over the classes that are true or told anywhere; what would
 * be 0/0 is 0.
 */
export function defineClassMetric({ parts, inPython, summary, ...about }: ClassMetric): NodeDefinition {
  type MetricParams = Params & { readonly average: z.output<typeof averages> };
  const name = about.type;
  return defineNode({
    ...about,
    category: 'metric',
    glyph: '◎',
    params: classParams.extend({ average: averages }),
    inputs: classInputs,
    outputs: [{ name: 'value', title: about.title, meaning: 'metric' }],
    summary: () => summary,
    measures: name,
    infer(context) {
      if (!inferClasses(context)) return {};
      const axes = context.inputs.logits?.axes ?? [];
      return { value: context.params.average === 'none' ? { axes: axes.slice(-1) } : scalar };
    },
    lower(context) {
      const { params, ir, metric } = context;
      const confusion = confusionOf(context as LowerContext<Params>);
      const both = ir.contract([confusion], [[0, 0]], [0]);
      const [told, is] = [ir.sum(confusion, [0]), ir.sum(confusion, [1])];
      const given = [both, told, is];
      const each = ir.map(given, quotient(parts));
      const { average } = params as MetricParams;
      if (average === 'none') return { value: each };
      const divided = (over: ValueId, under: ValueId) =>
        ir.map([ir.sum(over), ir.sum(under)], e.div(arg(0), arg(1)));
      const present = binary('lt', number(0), e.add(arg(1), arg(2)));
      const value = {
        micro: () => divided(ir.map(given, parts[0]), ir.map(given, parts[1])),
        weighted: () => divided(ir.mul(each, is), is),
        macro: () => divided(each, ir.map(given, present)),
      }[average]();
      metric(name, value);
      return { value };
    },
    torch(context) {
      const { params, inputs, helper, metric, let: line } = context as TorchContext<MetricParams>;
      const ignored = params.ignored === undefined ? '' : `, ${params.ignored}`;
      const counted = line('counts', `${helper(inTorch)}(${inputs.logits}, ${inputs.target}${ignored})`);
      const [both, told, is] = [0, 1, 2].map((i) => `${counted}[${i}]`) as [string, string, string];
      const [over, under] = inPython.map((code) =>
        code
          .replace(/\bboth\b/g, both)
          .replace(/\btold\b/g, told)
          .replace(/\btrue\b/g, is),
      );
      const present = line('present', `${told} + ${is} > 0`);
      const call = `${helper(averageInTorch)}(${over}, ${under}, ${is}, ${present}, '${params.average}')`;
      const value = line('value', call);
      if (params.average !== 'none') metric(name, value);
      return { value };
    },
    detached: ['logits', 'target'],
  });
}

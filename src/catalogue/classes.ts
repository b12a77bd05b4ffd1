/**
 * What cross-entropy and accuracy share: a score for each class […, c], and as the target either a
 * class number for each row […] or a probability for each class […, c].
 */

import { z } from 'zod';
import { text } from '../base/text.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../ir/expr.ts';
import type { TensorType } from '../tensor/axis.ts';
import { asNumber } from '../tensor/size.ts';
import { expectNoBatch, roles } from './axis-roles.ts';
import type { BoundType } from './bound.ts';
import type { InferContext } from './define.ts';
import { meetInOrder } from './meeting.ts';
import { expectChoices, expectIndices } from './value-kinds.ts';

export const classParams = z.object({
  ignored: z
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .optional()
    .meta({
      label: text('Ignored label', '忽略的标签'),
      doc: text(
        'Rows with this label do not count, such as −100; empty: every row counts',
        '带此标签的行不计入，例如 −100；留空则每行都计入',
      ),
    }),
});
type Params = z.output<typeof classParams>;

const isClass = (label: Expr, classes: number): Expr =>
  e.mul(
    binary('eq', unary('floor', label), label),
    e.mul(binary('le', number(0), label), binary('lt', label, number(classes))),
  );

/**
 * `then` for a row whose label is a class, 0 for one whose label is ignored, and NaN for one whose label is neither:
 * that stops a run, which says where the label is.
 */
export function ofLabel(label: Expr, classes: number, { ignored }: Params, then: Expr): Expr {
  const checked = select(isClass(label, classes), then, number(Number.NaN));
  return ignored === undefined ? checked : select(binary('eq', label, number(ignored)), number(0), checked);
}

/** The label, or −1, which is no class, where it is the ignored one. */
export const countedLabel = (label: Expr, { ignored }: Params): Expr =>
  ignored === undefined || ignored < 0
    ? label
    : select(binary('eq', label, number(ignored)), number(-1), label);

/** 1 for a row that counts, else 0. */
export const counts = ({ ignored }: Params): Expr =>
  ignored === undefined ? number(1) : e.sub(number(1), binary('eq', arg(0), number(ignored)));

/** States that target's axes are those of logits, with or without the last. False, with a diagnostic, when ranks forbid both. */
export function matchClasses(context: InferContext<Params>, port = 'logits'): boolean {
  const { params, inputs, report } = context;
  const logits = inputs[port]?.axes ?? [];
  const target = inputs.target?.axes ?? [];
  if (logits.length === 0) {
    report('rank-mismatch', { port }, { what: port, actual: 0, axes: '–', expected: 1 });
    return false;
  }
  if (target.length !== logits.length && target.length !== logits.length - 1) {
    // Told of the one that has too many axes: there a flatten or a sum was forgotten.
    const [what, many, expected] =
      target.length > logits.length
        ? (['target', target, logits.length - 1] as const)
        : ([port, logits, target.length + 1] as const);
    const axes = many.map((a) => a.name).join(', ');
    report('rank-mismatch', { port: what }, { what, actual: many.length, axes, expected });
    return false;
  }
  meetInOrder(context, logits, target, 'target');
  expectNoBatch(context, port, logits.at(-1), roles.classes);
  if (target.length < logits.length) {
    const last = logits.at(-1) as (typeof logits)[number];
    expectIndices(context, 'target');
    expectChoices(context, 'target', asNumber(last.size), params.ignored);
  }
  countClasses(inputs[port], inputs.target, port, report);
  return true;
}

/** Fewer scores than classes: some class could never be told. */
function countClasses(
  logits: TensorType | undefined,
  target: TensorType | undefined,
  port: string,
  report: InferContext<unknown>['report'],
): void {
  const last = logits?.axes.at(-1);
  const scores = last && asNumber(last.size);
  const classes = target?.valueKind?.kind === 'classes' ? target.valueKind.classes : undefined;
  if (last === undefined || scores === undefined || classes === undefined || scores >= classes) return;
  const values = { classes, greatest: classes - 1, scores, axis: last.name };
  report('class-count', { port, axis: last.name }, values);
}

/** Whether the target holds a probability for each class, not a class number. */
export const hasProbabilities = (types: Readonly<Record<string, BoundType>>, port = 'logits'): boolean =>
  types.target?.axes.length === types[port]?.axes.length;

/**
 * What cross-entropy and accuracy share: a score for each class […, c], and as the target either a
 * class number for each row […] or a probability for each class […, c].
 */
import { asNumber } from '../tensor/size.ts';
import type { BoundType, InferContext } from './define.ts';
import { expectIndices } from './value-kinds.ts';

/** States that target's axes are those of logits, with or without the last. False, with a diagnostic, when ranks forbid both. */
export function matchClasses(context: InferContext<unknown>): boolean {
  const { inputs, report, unify } = context;
  const logits = inputs.logits?.axes ?? [];
  const target = inputs.target?.axes ?? [];
  if (logits.length === 0) {
    report('rank-mismatch', { port: 'logits' }, { what: 'logits', actual: 0, axes: '–', expected: 1 });
    return false;
  }
  if (target.length !== logits.length && target.length !== logits.length - 1) {
    // Told of the one that has too many axes: there a flatten or a sum was forgotten.
    const [what, many, expected] =
      target.length > logits.length
        ? (['target', target, logits.length - 1] as const)
        : (['logits', logits, target.length + 1] as const);
    const axes = many.map((a) => a.name).join(', ');
    report('rank-mismatch', { port: what }, { what, actual: many.length, axes, expected });
    return false;
  }
  for (const [d, axis] of target.entries()) {
    const other = logits[d] as typeof axis;
    unify(other, axis, { port: 'target', axis: axis.name });
  }
  if (target.length < logits.length) expectIndices(context, 'target');
  countClasses(inputs, report);
  return true;
}

/** Fewer scores than classes: some class could never be told. */
function countClasses(
  { logits, target }: InferContext<unknown>['inputs'],
  report: InferContext<unknown>['report'],
): void {
  const last = logits?.axes.at(-1);
  const scores = last && asNumber(last.size);
  const classes = target?.valueKind?.kind === 'classes' ? target.valueKind.classes : undefined;
  if (last === undefined || scores === undefined || classes === undefined || scores >= classes) return;
  const values = { classes, greatest: classes - 1, scores, axis: last.name };
  report('class-count', { port: 'logits', axis: last.name }, values);
}

/** Whether the target holds a probability for each class, not a class number. */
export const hasProbabilities = (types: Readonly<Record<string, BoundType>>): boolean =>
  types.target?.axes.length === types.logits?.axes.length;

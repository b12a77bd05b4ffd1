/** Two axes that meet: they have one size, and where their names differ that is told, for the names say that they are not the same index. */
import { text } from '../base/text.ts';
import type { Axis } from '../tensor/axis.ts';
import { asNumber } from '../tensor/size.ts';
import type { InferContext } from './define.ts';

type Context = Pick<InferContext<unknown>, 'unify' | 'report'>;

/** An axis of an input, and all axes beside it. */
export interface MeetingSide {
  readonly axis: Axis;
  readonly axes: readonly Axis[];
}

/**
 * States that two axes have one size, at an input of the right one. `left` and `right` are given in the order of
 * the ports. The result is the axis to go on with, named like `left`; it remembers the names it has met.
 */
export function meetAxes(
  { unify, report }: Context,
  left: MeetingSide,
  right: MeetingSide,
  port: string,
): Axis {
  const [a, b] = [left.axis, right.axis];
  const place = { port, axis: b.name };
  const met = unify(a, b, place);
  if (sizesDiffer(a, b)) return met;
  if (!haveMet(a, b))
    report('names-differ', place, { left: a.name, right: b.name, hint: hintOf(left, right) });
  const metNames = namesMet(met, b);
  return metNames === met.metNames ? met : { ...met, metNames };
}

/** Where the sizes differ that is told, and the names are not to blame. A batch has no fixed number of examples. */
export const sizesDiffer = (a: Axis, b: Axis): boolean => {
  const [m, n] = [asNumber(a.size), asNumber(b.size)];
  if (m === undefined || n === undefined) return (m ?? n) !== undefined && a.batch !== b.batch;
  return m !== n;
};

/** Whether one side has the other's name elsewhere: then its axes stand in another order. */
const isCrossed = ({ axis, axes }: MeetingSide, other: Axis): boolean =>
  axes.some((own) => own !== axis && own.name === other.name);

function hintOf(left: MeetingSide, right: MeetingSide) {
  const crossed = isCrossed(right, left.axis)
    ? left.axis
    : isCrossed(left, right.axis)
      ? right.axis
      : undefined;
  return crossed
    ? text(
        `; an axis called ${crossed.name} stands elsewhere on the other side: transpose it with a Rearrange`,
        `；另一侧在别处有名为 ${crossed.name} 的轴：请用“重排”转置`,
      )
    : '';
}

/** Axes that meet one by one, the first with the first; all of `left` and of `right` as they stand. */
export function meetInOrder(
  context: Context,
  left: readonly Axis[],
  right: readonly Axis[],
  port: string,
): readonly Axis[] {
  return right.map((axis, d) =>
    meetAxes(context, { axis: left[d] as Axis, axes: left }, { axis, axes: right }, port),
  );
}

const goesBy = (name: string, axis: Axis): boolean =>
  name === axis.name || axis.metNames?.includes(name) === true;

/** Two axes that count the examples are one index, whatever a pattern has called them. */
const haveMet = (a: Axis, b: Axis): boolean =>
  goesBy(a.name, b) || goesBy(b.name, a) || (a.batch === true && b.batch === true);

/** As many names as an axis remembers: a chain of ever new ones must not cost the square of its length. */
const mostNames = 8;

/** The names an axis has met once it meets another. */
export function namesMet(axis: Axis, other: Axis): Axis['metNames'] {
  const { metNames = none } = axis;
  if (goesBy(other.name, axis) && !other.metNames) return axis.metNames;
  const fresh = [other.name, ...(other.metNames ?? none)].filter((name) => !goesBy(name, axis));
  return fresh.length === 0 ? axis.metNames : [...metNames, ...fresh].slice(-mostNames);
}

const none: readonly string[] = [];

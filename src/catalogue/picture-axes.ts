/**
 * What pictures take the axes of their inputs for. An axis named `t` is time: the clock of the page moves along it,
 * wherever it stands. A last axis of 2 holds the coordinates of a point, x and y. All other axes count things that
 * are drawn side by side: chains, bodies, starts.
 */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Axis } from '../tensor/axis.ts';
import { asNumber } from '../tensor/size.ts';
import type { InferContext, PortSpec } from './define.ts';
import { meetAxes } from './meeting.ts';

type Context = Pick<InferContext<unknown>, 'inputs' | 'unify' | 'report'>;
interface Named {
  readonly name: string;
}

export const timeAxis = 't';

const letters = 'abcdefgh';

/** Inputs a, b, c …: always one more than is wired, at most eight; the first is required where that is said. */
export function seriesPorts(wired: readonly string[], isFirstRequired: boolean): PortSpec[] {
  const last = Math.max(-1, ...wired.map((port) => (port.length === 1 ? letters.indexOf(port) : -1)));
  const count = Math.min(Math.max(isFirstRequired ? 1 : 2, last + 2), letters.length);
  return [...letters.slice(0, count)].map((name, k) => ({
    name,
    ...((k > 0 || !isFirstRequired) && { optional: true }),
  }));
}

/** Those of a, b, c … that have a wire, in this order. */
export const wiredSeries = (inputs: object): string[] =>
  Object.keys(inputs)
    .filter((port) => port.length === 1 && letters.includes(port))
    .sort();

/** Where time runs; −1 where nothing moves. */
export const placeOfTime = (axes: readonly Named[]): number =>
  axes.findIndex(({ name }) => name === timeAxis);

/**
 * The axis along which a curve runs, among those that are no coordinates: the one named like the axis of the places
 * x where there are such, else time, else the last. −1 for a single number.
 */
export function placeOfCurve(axes: readonly Named[], along?: string): number {
  const named = along === undefined ? -1 : axes.findIndex(({ name }) => name === along);
  if (named >= 0) return named;
  const time = placeOfTime(axes);
  if (along === undefined) return time >= 0 ? time : axes.length - 1;
  return time === axes.length - 1 ? time - 1 : axes.length - 1;
}

const written = (axes: readonly Axis[]) => axes.map(({ name }) => name).join(', ') || '–';

/** Holds an input to so many axes, time not counted; undefined where it has others, which is told. */
export function expectRank(
  { inputs, report }: Context,
  port: string,
  ranks: readonly number[],
): readonly Axis[] | undefined {
  const all = inputs[port]?.axes ?? [];
  const axes = all.filter(({ name }) => name !== timeAxis);
  if (ranks.includes(axes.length)) return axes;
  const expected = ranks.join(' / ');
  report('rank-mismatch', { port }, { what: port, actual: axes.length, axes: written(all), expected });
  return undefined;
}

/** Told where the last axis holds no coordinates of a point: it must have 2 elements, and be no time. */
export function expectCoordinates({ inputs, report }: Context, port: string): readonly Axis[] | undefined {
  const axes = inputs[port]?.axes ?? [];
  const last = axes.at(-1);
  const size = last && last.name !== timeAxis ? asNumber(last.size) : 1;
  if (size === undefined || size === 2) return axes.slice(0, -1);
  report(
    'not-coordinates',
    { port, ...(last && { axis: last.name }) },
    { what: port, axes: written(axes), actual: last ? `${last.name} = ${asNumber(last.size)}` : '–' },
  );
  return undefined;
}

/** The axis of places that are wired to `port`; undefined where they are no list, which is told. */
export function expectPlaces({ inputs, report }: Context, port: string): Axis | undefined {
  const axes = inputs[port]?.axes ?? [];
  if (axes.length === 1) return axes[0];
  report('rank-mismatch', { port }, { what: port, actual: axes.length, axes: written(axes), expected: 1 });
  return undefined;
}

/** Places along an axis, wired to `port`: one number for each element of `axis`. */
export function meetPlaces(
  context: Context,
  port: string,
  axis: Axis | undefined,
  axes: readonly Axis[],
): void {
  if (context.inputs[port] === undefined || axis === undefined) return;
  const own = expectPlaces(context, port);
  if (own) meetAxes(context, { axis: own, axes: [own] }, { axis, axes }, port);
}

/** Told where an input that is one number has axes, time not counted. */
export function expectNumber({ inputs, report }: Context, port: string): void {
  const axes = inputs[port]?.axes.filter(({ name }) => name !== timeAxis) ?? [];
  if (axes.length > 0) report('not-scalar', { port }, { what: port, axes: written(axes) });
}

const placeOfEnd = (axis: string, end: string, zh: string, value: number) =>
  z
    .number()
    .default(value)
    .meta({
      label: text(`${axis} ${end}`, `${axis} ${zh}`),
      doc: text(`Where no places are wired to ${axis}`, `未接入 ${axis} 的坐标时使用`),
    });

/** From where to where the places of x run that has no wire: evenly, both ends included. */
export const rangeOfX = {
  xFrom: placeOfEnd('x', 'from', '起点', -2),
  xTo: placeOfEnd('x', 'to', '终点', 2),
};
export const rangeOfY = {
  yFrom: placeOfEnd('y', 'from', '起点', -2),
  yTo: placeOfEnd('y', 'to', '终点', 2),
};

/** Names of what is drawn, in the order of the inputs. */
export const seriesNames = z
  .string()
  .max(400)
  .default('')
  .meta({
    label: text('Names', '名称'),
    doc: text(
      'Of a, b, c, with commas between; empty: the titles of the nodes that are wired in',
      'a、b、c 的名称，以逗号分隔；留空则用所接节点的标题',
    ),
  });

export const axisLabel = (axis: string) =>
  z
    .string()
    .max(100)
    .default('')
    .meta({ label: text(`Name of ${axis}`, `${axis} 轴名称`) });

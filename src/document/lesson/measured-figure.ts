/** Figures that lessons ask for, read from what the engine has measured, and how guesses of them are judged. */
import type { Figure, Guess } from '../../../graph-schema/lesson.ts';
import { readPortKey } from '../../base/path.ts';
import { type CheckedDocument, type MeasuredState, typeOfPort } from './lesson-state.ts';

/** Undefined while it is not known: nothing was computed yet, or what it refers to is not there. */
export function measuredFigure(
  figure: Figure,
  at: Pick<CheckedDocument, 'checked'>,
  measured: MeasuredState,
): number | undefined {
  if ('check' in figure) {
    const found = measured.checks.find(({ node }) => node === figure.check);
    return found?.[figure.of ?? 'value'];
  }
  if ('metric' in figure)
    return Object.hasOwn(measured.metrics, figure.metric) ? measured.metrics[figure.metric] : undefined;
  if ('port' in figure) return elementOf(figure, measured);
  const axes = typeOfPort(at, readPortKey('size' in figure ? figure.size : figure.rank))?.axes;
  if (!axes || 'rank' in figure) return axes?.length;
  const sizes = axes.filter(({ name }) => figure.axis === undefined || name === figure.axis);
  if (sizes.length === 0 && figure.axis !== undefined) return undefined;
  return sizes.reduce<number | undefined>(
    (product, { size }) => (product === undefined || size === undefined ? undefined : product * size),
    1,
  );
}

function elementOf(
  { port, at, statistic }: Extract<Figure, { port: string }>,
  { values }: MeasuredState,
): number | undefined {
  const value = Object.hasOwn(values, port) ? values[port] : undefined;
  if (!value || statistic) return value?.[statistic as NonNullable<typeof statistic>];
  const index = at ?? value.shape.map(() => 0);
  if (index.length !== value.shape.length || index.some((i, d) => i >= (value.shape[d] as number)))
    return undefined;
  // Undefined beyond the elements that are shown.
  return value.data[index.reduce((offset, i, d) => offset * (value.shape[d] as number) + i, 0)];
}

type Choice = Extract<Guess, { kind: 'choice' }>;

/** The option that the measured figure makes right: the first whose range it lies in; undefined where none is. */
export function rightOption({ options }: Choice, figure: number): number | undefined {
  const at = options.findIndex(
    ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }) => figure >= from && figure <= to,
  );
  return at < 0 ? undefined : at;
}

/** Whether a guess is as close to the measured figure as its question asks for: within a part of it, of 0 within a number. */
export const isClose = (
  { within }: Pick<Extract<Guess, { kind: 'number' }>, 'within'>,
  guess: number,
  figure: number,
): boolean => Math.abs(guess - figure) <= within * (figure === 0 ? 1 : Math.abs(figure));

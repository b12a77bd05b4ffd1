/** Bodies with coordinates, and the pairs of them: what the node types on forces between bodies share. */
import { text } from '../base/text.ts';
import type { Axis, InferContext } from './define.ts';
import * as params from './params.ts';

/** The second body of a pair, as a parameter. */
export const pairName = params.indexName.default('j').meta({
  label: text('Other body', '另一物体'),
  doc: text('Name of the index of the other body of a pair', '一对中另一物体的指标名'),
});

export interface Bodies {
  /** Axes before those of bodies and coordinates: batches. */
  readonly before: readonly Axis[];
  readonly body: Axis;
  /** As many as `body`, under another name. */
  readonly other: Axis;
  readonly coordinate: Axis;
}

/** The axes of positions at the port `r`; told where they are fewer than two, or the name of a pair is one of theirs. */
export function expectBodies({
  params: { name },
  inputs,
  report,
}: InferContext<{ readonly name: string }>): Bodies | undefined {
  const axes = inputs.r?.axes ?? [];
  const [body, coordinate] = axes.slice(-2);
  if (!body || !coordinate) {
    const names = axes.map((a) => a.name).join(', ') || '–';
    report('rank-mismatch', { port: 'r' }, { what: 'r', actual: axes.length, axes: names, expected: 2 });
    return undefined;
  }
  if (axes.some((a) => a.name === name)) report('name-twice', { param: 'name', axis: name }, { axis: name });
  // The names it has met are the body's: the other is an index of its own.
  const { metNames: _, ...sized } = body;
  return { before: axes.slice(0, -2), body, other: { ...sized, name }, coordinate };
}

/** The places of the two indices of a pair: of two indices both, else the two before the last, which is that of vectors. */
export const pairOf = (rank: number): readonly [number, number] =>
  rank === 2 ? [0, 1] : [rank - 3, rank - 2];

/** The axes of images and sequences: what stands before the channels, the channels, and what windows slide along. */
import type { TensorType } from '../tensor/axis.ts';
import { expectChannelsFirst, expectNoBatch, roles } from './axis-roles.ts';
import type { Axis, InferContext } from './define.ts';

type Context = Pick<InferContext<unknown>, 'inputs' | 'report'>;

export interface ImageAxes {
  readonly before: readonly Axis[];
  readonly channel: Axis;
  readonly space: readonly Axis[];
}

/** Told where x has fewer than `rank` axes. */
export function expectRank({ inputs, report }: Context, rank: number): readonly Axis[] | undefined {
  const axes = inputs.x?.axes ?? [];
  if (axes.length >= rank) return axes;
  const names = axes.map(({ name }) => name).join(', ') || '–';
  report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: names, expected: rank });
  return undefined;
}

/** The last `rank` axes of x, and those before: told where one of them counts examples, or the channels stand last. */
export function slidAxes(
  context: Context,
  rank: number,
): { readonly before: readonly Axis[]; readonly space: readonly Axis[] } | undefined {
  const axes = expectRank(context, rank);
  if (!axes) return undefined;
  const [before, space] = [axes.slice(0, -rank), axes.slice(-rank)];
  for (const axis of space) expectNoBatch(context, 'x', axis, roles.window);
  expectChannelsFirst(context, 'x', before, space);
  return { before, space };
}

/** x […, channel, and `rank` axes]. */
export function imageAxes(context: Context, rank: number): ImageAxes | undefined {
  const axes = expectRank(context, rank + 1);
  const channel = axes?.at(-rank - 1);
  if (!channel) return undefined;
  expectNoBatch(context, 'x', channel, roles.channels);
  const slid = slidAxes(context, rank);
  return slid && { before: slid.before.slice(0, -1), channel, space: slid.space };
}

/** The channels among the axes of x and of y: what a kernel is learned along. */
export const channelsOf = (rank: number, ...types: readonly (TensorType | undefined)[]): readonly Axis[] =>
  types.flatMap((type) => type?.axes.slice(-rank - 1, -rank) ?? []);

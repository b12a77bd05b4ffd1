/**
 * What a node takes an axis for, by its place, held against what the axis is: the batch is no time, no channel and
 * no class, for examples would be mixed with one another; and along an axis of one element a softmax or a norm says
 * nothing. None of it is an error: the numbers can be computed. It is never what was meant.
 */
import { type Text, text } from '../base/text.ts';
import type { Axis } from '../tensor/axis.ts';
import { asNumber } from '../tensor/size.ts';
import type { InferContext } from './define.ts';

type Context = Pick<InferContext<unknown>, 'report'>;

/** What an axis is taken for. */
export const roles = {
  time: text('the time of a sequence', '序列的时间'),
  places: text('the places that attend to each other', '互相关注的位置'),
  channels: text('channels', '通道'),
  window: text('what a window slides along', '窗口滑动的方向'),
  classes: text('classes', '类别'),
  normalised: text('what is normalised together', '一起归一化的元素'),
  merged: text('features of one example', '一个样本的特征'),
} as const;

/** Told where the batch stands in a place for something else. */
export function expectNoBatch({ report }: Context, port: string, axis: Axis | undefined, role: Text): void {
  if (axis?.batch) report('batch-misread', { port, axis: axis.name }, { axis: axis.name, role });
}

/** Told where an axis has one element and the result is the same whatever comes in: `result` says what. */
export function expectSeveral({ report }: Context, port: string, axes: readonly Axis[], result: Text): void {
  const [axis] = axes;
  if (axis && axes.every(({ size }) => asNumber(size) === 1))
    report(
      'single-element',
      { port, axis: axis.name },
      { axis: axes.map(({ name }) => name).join(', '), result },
    );
}

const channelNames = /^(c|ch|chan|channels?|rgb|features?|filters?)$/i;
const spaceNames = /^(h|w|height|width|x|y|z|rows?|col(umn)?s?|t|time|len(gth)?|seq(uence)?|pos(ition)?s?)$/i;

/**
 * Told where names say that the channels stand last, as TensorFlow stores images: `slid` are the axes that windows
 * slide along, the last of x; `before` those before them, the channels last.
 */
export function expectChannelsFirst(
  { report }: Context,
  port: string,
  before: readonly Axis[],
  slid: readonly Axis[],
): void {
  const channel = slid.find(({ name }) => channelNames.test(name));
  const space = before.at(-1);
  if (channel && space && spaceNames.test(space.name))
    report('channels-last', { port, axis: channel.name }, { channel: channel.name, space: space.name });
}

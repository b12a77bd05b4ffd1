/** What the scenes of several kinds have in common. */
import { fill, type Text } from '../../../base/text.ts';
import { placeOfTime } from '../../../catalogue/picture-axes.ts';
import type { TensorValue } from '../../../worker/protocol.ts';
import { formatCount, formatNumber } from '../../parts/numbers.ts';
import type { Plane } from '../model/picture-scene.ts';
import { type Known, known, numberOf, type PictureSource } from '../model/picture-source.ts';
import { evenly, extentOf, type NumberRange } from '../model/tensors.ts';
import { said, words } from '../picture-strings.ts';

/** A number in a sentence; what is left of rounding is 0. */
export const spoken = (x: number): string => formatNumber(Math.abs(x) < 1e-12 ? 0 : x, 3);
export const place = (...at: readonly number[]): string => `(${at.map(spoken).join(', ')})`;

/** What is not sent of an input, and what of it is no number. */
export function partNotes({ name, value }: Known): Text[] {
  const { data, count } = value;
  const odd = data.filter((x) => !Number.isFinite(x)).length;
  return [
    ...(data.length < count
      ? [fill(words.part, { shown: formatCount(data.length), count: formatCount(count), name })]
      : []),
    ...(odd > 0 && odd < data.length ? [fill(words.someNotFinite, { count: formatCount(odd), name })] : []),
  ];
}

export const isNowhereFinite = ({ value }: Known): boolean =>
  value.data.length > 0 && !value.data.some((x) => Number.isFinite(x));

const placeOf = (value: TensorValue) => placeOfTime(value.axes.map((name) => ({ name })));

/** The sizes of a value's axes, time not counted. */
export const sizesBesideTime = (value: TensorValue): readonly number[] =>
  value.shape.filter((_, d) => d !== placeOf(value));

/** Where the places of an axis stand: as wired to `axis`, else evenly over the range that the parameters give. */
export function placesAlong(source: PictureSource, axis: 'x' | 'y', count: number): Float64Array {
  const wired = known(source, axis);
  if (wired && wired.value.data.length >= count) return Float64Array.from(wired.value.data.slice(0, count));
  return evenly(count, numberOf(source, `${axis}From`) ?? 0, numberOf(source, `${axis}To`) ?? count - 1);
}

const extents = new WeakMap<TensorValue, readonly [NumberRange | undefined, NumberRange | undefined]>();

/** How far the points of a value reach along x and y; found once. */
export function reachOf(value: TensorValue): readonly [NumberRange | undefined, NumberRange | undefined] {
  let found = extents.get(value);
  if (!found) {
    found = [
      extentOf([value.data.filter((_, i) => i % 2 === 0)]),
      extentOf([value.data.filter((_, i) => i % 2 === 1)]),
    ];
    extents.set(value, found);
  }
  return found;
}

/** Around all of these. */
export function union(list: Iterable<NumberRange | undefined>): NumberRange | undefined {
  return extentOf([...list].flatMap((extent) => (extent ? [[extent.from, extent.to]] : [])));
}

/** The values that an input has had and has now: by them ranges stay the same while a run is played. */
export const allValues = ({ value, history }: Known): readonly TensorValue[] =>
  history.length > 0 ? [...new Set(history)] : [value];

export function axesInWords({ x, y }: Plane, yOtherwise: Text | string = 'y'): Text[] {
  const [xName, yName] = [x.name || 'x', y.name || yOtherwise];
  return [
    fill(said.axes, {
      x: xName,
      xFrom: spoken(x.from),
      xTo: spoken(x.to),
      y: yName,
      yFrom: spoken(y.from),
      yTo: spoken(y.to),
    }),
    ...(x.log ? [fill(said.logX, { x: xName })] : []),
    ...(y.log ? [fill(said.logY, { y: yName })] : []),
  ];
}

/** How the features of a row are looked at, by their axes: as an image, a point of the plane, or numbers. */

interface FeatureAxis {
  readonly name: string;
  readonly size: number;
}

export type FeatureView =
  | { readonly kind: 'image'; readonly height: number; readonly width: number }
  | { readonly kind: 'point' }
  | { readonly kind: 'numbers'; readonly names: readonly string[] };

/** A row of numbers that is as long as a square is drawn as one from this side on: as digits often are. */
const leastSide = 7;
/** An image has at least so many rows and columns. */
const leastOfImage = 4;

export const elementsIn = (axes: readonly FeatureAxis[]): number => axes.reduce((n, { size }) => n * size, 1);

export function viewOf(axes: readonly FeatureAxis[]): FeatureView {
  // Axes of one say nothing: the channel of a grey image.
  const wide = axes.filter(({ size }) => size > 1);
  const [a, b] = wide;
  if (wide.length === 2 && a && b && Math.min(a.size, b.size) >= leastOfImage)
    return { kind: 'image', height: a.size, width: b.size };
  const side = Math.sqrt(a?.size ?? 0);
  if (wide.length === 1 && Number.isInteger(side) && side >= leastSide)
    return { kind: 'image', height: side, width: side };
  if (wide.length === 1 && a?.size === 2) return { kind: 'point' };
  return { kind: 'numbers', names: namesOf(axes) };
}

/** `f₀`, or `t 2, f 0` where there are several axes. */
function namesOf(axes: readonly FeatureAxis[]): string[] {
  if (axes.length === 0) return ['x'];
  return axes.reduce<string[]>(
    (names, { name, size }) =>
      names.flatMap((before) =>
        Array.from({ length: size }, (_, i) => `${before}${before && ', '}${name} ${i}`),
      ),
    [''],
  );
}

/** The least and the greatest number of a column. */
export function rangeOf(data: Float32Array): { readonly least: number; readonly most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of data) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return most > least ? { least, most } : { least: Math.min(0, least), most: Math.max(1, most) };
}

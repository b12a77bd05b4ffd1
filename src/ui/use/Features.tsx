/** The features of one row, as one would look at them: an image, or numbers. */
import type { JudgedRows } from '../../worker/protocol.ts';
import { Heat } from '../parts/Heat.tsx';
import { formatNumber } from '../parts/numbers.ts';
import { elementsIn, type FeatureView, rangeOf, viewOf } from './feature-view.ts';
import { rowOf } from './judge.ts';

/** The longer side of an image on a card, in pixels. */
const SIDE = 64;
/** Of more numbers the first few are written. */
const MOST_NUMBERS = 6;

export function Features({ held, index }: { readonly held: JudgedRows; readonly index: number }) {
  return (
    <div className="use-features">
      {held.features.map(({ key, axes, data }) => (
        <FeaturesOfRow key={key} axes={axes} numbers={rowOf(data, index, elementsIn(axes))} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly axes: JudgedRows['features'][number]['axes'];
  readonly numbers: Float32Array;
}

/** An image, or the first few numbers. */
export function FeaturesOfRow({ axes, numbers }: RowProps) {
  const view = viewOf(axes);
  if (view.kind === 'image') return <Image numbers={numbers} view={view} />;
  return (
    <p className="use-numbers">
      {[...numbers.subarray(0, MOST_NUMBERS)].map((x) => formatNumber(x, 3)).join('  ')}
      {numbers.length > MOST_NUMBERS && ' …'}
    </p>
  );
}

interface ImageProps {
  readonly numbers: Float32Array;
  readonly view: Extract<FeatureView, { kind: 'image' }>;
}

function Image({ numbers, view: { width, height } }: ImageProps) {
  const { least, most } = rangeOf(numbers);
  const greatest = Math.max(Math.abs(least), Math.abs(most));
  const cells = Array.from(numbers, (x) => x / greatest);
  return <Heat heat={{ rows: height, columns: width, cells }} cell={SIDE / Math.max(width, height)} />;
}

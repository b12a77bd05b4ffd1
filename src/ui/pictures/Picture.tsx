/** A picture node's picture, wherever it is wanted: on its card, in the dock, beside a lesson. */
import { lazy, Suspense } from 'react';
import type { PictureProps } from './PictureView.tsx';

// Drawing is fetched with the first picture.
const View = lazy(async () => ({ default: (await import('./PictureView.tsx')).PictureView }));

export function Picture(props: PictureProps) {
  return (
    <Suspense>
      <View {...props} />
    </Suspense>
  );
}

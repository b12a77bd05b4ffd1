/** The size of an element on the screen, in pixels, as it changes. */
import { type RefObject, useLayoutEffect, useState } from 'react';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

export function useSize(ref: RefObject<Element | null>, before: PixelSize): PixelSize {
  const [size, setSize] = useState(before);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? before;
      if (width > 0 && height > 0) setSize({ width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, before]);
  return size;
}

/** The colours and letters of the page, as a canvas takes them. */
import { type Rgb, rgbOf } from '../../parts/heat-colours.ts';
import type { Ink } from '../model/picture-scene.ts';

export interface PictureTheme {
  colour(ink: Ink): string;
  rgb(ink: Ink): Rgb;
  readonly words: string;
  readonly math: string;
}

const tokens: Readonly<Partial<Record<Ink, string>>> = {
  plus: '--tl-plus',
  minus: '--tl-minus',
};

/** Reads the theme off an element: to be read anew when the theme changes. */
export function themeOf(element: HTMLElement, context: CanvasRenderingContext2D): PictureTheme {
  const style = getComputedStyle(element);
  const known = new Map<Ink, string>();
  const token = (ink: Ink) => tokens[ink] ?? (ink.startsWith('hue-') ? `--tl-${ink}` : `--${ink}`);
  const colour = (ink: Ink): string => {
    let found = known.get(ink);
    if (found === undefined) {
      // A canvas gives back what it has read, as #rrggbb.
      context.fillStyle = style.getPropertyValue(token(ink)).trim();
      found = String(context.fillStyle);
      known.set(ink, found);
    }
    return found;
  };
  return {
    colour,
    rgb: (ink) => rgbOf(colour(ink)),
    words: style.getPropertyValue('--words'),
    math: style.getPropertyValue('--math'),
  };
}

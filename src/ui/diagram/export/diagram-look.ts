/** What a copied diagram looks like on paper: the hues of the light canvas, whatever the theme of the page. */
import type { Hues } from '../../ribbon/index-hues.ts';
import { dashOf, hueCount } from '../../ribbon/index-hues.ts';

/** Okabe and Ito's set as in ribbon.css, and what has no hue. */
export const paperHues = ['0072B2', 'D55E00', '009E73', 'CC79A7', 'B8860B', '4AA8DE'] as const;
export const paperQuiet = '8B8E96';
export const paperInk = '24231F';

export interface PaperPaint {
  /** Six hexadecimal digits. */
  readonly hex: string;
  /** Lengths of dashes and gaps in pixels, with blanks between. */
  readonly dash: string | undefined;
}

/** The paint of an axis name. */
export function paperPaint(hues: Hues, axis: string): PaperPaint {
  const hue = hues.get(axis);
  if (hue === undefined) return { hex: paperQuiet, dash: undefined };
  return { hex: paperHues[hue % hueCount] ?? paperQuiet, dash: dashOf(hue) };
}

/** Two digits after the point are enough. */
export const short = (x: number): string => String(Math.round(100 * x) / 100 + 0);

/** The colours of heat maps, the same wherever there is one: warm above zero, cool below, paler towards it. */

export interface HeatPaint {
  readonly ink: 'plus' | 'minus' | 'bad' | 'line';
  readonly alpha: number;
}

/**
 * How a cell is painted whose number is this part of the largest magnitude, −1 … 1. NaN stands out; zero, and what
 * is not known, is neither warm nor cool.
 */
export function heatPaint(level: number | undefined): HeatPaint {
  if (level === undefined || level === 0) return { ink: 'line', alpha: 0.45 };
  if (!Number.isFinite(level)) return { ink: 'bad', alpha: 1 };
  return { ink: level < 0 ? 'minus' : 'plus', alpha: 0.08 + 0.88 * Math.min(1, Math.abs(level)) };
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour `#rrggbb`, as a canvas gives it back. */
export const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

/** A colour laid over another. */
export const mixed = (over: Rgb, under: Rgb, alpha: number): Rgb =>
  over.map((part, i) => Math.round(part * alpha + (under[i] as number) * (1 - alpha))) as unknown as Rgb;

/** Relative luminance (WCAG 2). */
function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const x = part / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours, 1 … 21 (WCAG 2). */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

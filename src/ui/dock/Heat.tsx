/** A matrix as colours: warm above zero, cool below, paler towards zero. */
import { useEffect, useRef } from 'react';
import { shownTheme, useSettings } from '../settings.ts';

interface HeatProps {
  readonly rows: readonly (readonly (number | undefined)[])[];
  readonly label: string;
}

/** The longer side on the screen, and the largest cell, in pixels. */
const SIDE = 150;
const LARGEST_CELL = 22;

export function Heat({ rows, label }: HeatProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useSettings((s) => shownTheme(s.theme));
  const height = rows.length;
  const width = rows[0]?.length ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page.
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!ref.current || !context) return;
    const style = getComputedStyle(ref.current);
    const colour = (token: string) => style.getPropertyValue(token).trim();
    const [plus, minus, odd] = [colour('--tl-plus'), colour('--tl-minus'), colour('--bad')];
    const finite = rows.flat().filter((x): x is number => x !== undefined && Number.isFinite(x));
    const greatest = finite.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
    context.clearRect(0, 0, width, height);
    for (const [i, row] of rows.entries())
      for (const [j, x] of row.entries()) {
        if (x === undefined) continue;
        const sound = Number.isFinite(x);
        context.globalAlpha = sound ? 0.06 + 0.9 * (Math.abs(x) / greatest) : 1;
        context.fillStyle = sound ? (x < 0 ? minus : plus) : odd;
        context.fillRect(j, i, 1, 1);
      }
  }, [rows, theme, width, height]);

  const cell = Math.min(LARGEST_CELL, SIDE / Math.max(width, height));
  return (
    <canvas
      ref={ref}
      className="heat"
      width={width}
      height={height}
      style={{ width: width * cell, height: height * cell }}
      role="img"
      aria-label={label}
    />
  );
}

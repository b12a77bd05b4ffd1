/** A matrix as colours: in the dock, on cards and where a value is looked at. */
import { useEffect, useRef } from 'react';
import { shownTheme, useSettings } from '../settings.ts';
import { heatPaint } from './heat-colours.ts';

export interface HeatCells {
  readonly rows: number;
  readonly columns: number;
  /** −1 … 1, relative to the largest magnitude; NaN where a number is not finite, undefined where none is known. */
  readonly cells: readonly (number | undefined)[];
}

interface HeatProps {
  readonly heat: HeatCells;
  /** The side of a cell, in pixels. */
  readonly cell: number;
  /** Said of it; it says nothing where it only adorns. */
  readonly label?: string;
}

/** Cells of this side have a gap between them; smaller ones are a pixel each, blown up. */
const gapFrom = 8;

const tokens = { plus: '--tl-plus', minus: '--tl-minus', bad: '--bad', line: '--line' } as const;

export function Heat({ heat: { rows, columns, cells }, cell, label }: HeatProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const theme = useSettings((s) => shownTheme(s.theme));
  const side = cell >= gapFrom ? Math.round(cell * Math.max(2, devicePixelRatio)) : 1;
  const gap = side > 1 ? Math.round(side / cell) : 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page.
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!ref.current || !context) return;
    const style = getComputedStyle(ref.current);
    context.clearRect(0, 0, columns * side, rows * side);
    for (let k = 0; k < rows * columns; k++) {
      const { ink, alpha } = heatPaint(cells[k]);
      context.globalAlpha = alpha;
      context.fillStyle = style.getPropertyValue(tokens[ink]);
      context.fillRect((k % columns) * side, Math.floor(k / columns) * side, side - gap, side - gap);
    }
  }, [cells, rows, columns, side, gap, theme]);

  return (
    <canvas
      ref={ref}
      className={side > 1 ? 'heat' : 'heat heat-fine'}
      width={columns * side}
      height={rows * side}
      style={{ width: columns * cell, height: rows * cell }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}

/** The longer side on the screen, and the largest cell, in pixels. */
const longest = 150;
const largestCell = 22;

/** A matrix written out, relative to its own largest magnitude. */
export function MatrixHeat({
  rows,
  label,
}: {
  readonly rows: readonly (readonly (number | undefined)[])[];
  readonly label: string;
}) {
  const numbers = rows.flat();
  const finite = numbers.filter((x): x is number => x !== undefined && Number.isFinite(x));
  const greatest = finite.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const columns = rows[0]?.length ?? 0;
  const cells = numbers.map((x) => x && (Number.isFinite(x) ? x / greatest : Number.NaN));
  const cell = Math.min(largestCell, longest / Math.max(columns, rows.length));
  return <Heat heat={{ rows: rows.length, columns, cells }} cell={cell} label={label} />;
}

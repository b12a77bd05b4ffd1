/** The small picture of a tensor inside its card: warm is positive, cool is negative, pale is near zero. */
import { memo } from 'react';
import type { PictureShape } from '../model/card-layout.ts';
import { heatCellsOf } from '../model/sample.ts';
import type { TensorValue } from '../props.ts';

interface Props extends PictureShape {
  readonly x: number;
  readonly y: number;
  /** Without a value the cells are empty: the shape is known before the numbers are. */
  readonly value: TensorValue | undefined;
}

export const HeatMap = memo(function HeatMap({ x, y, rows, columns, cell, value }: Props) {
  const heat = value
    ? heatCellsOf(value, rows, columns)
    : { rows, columns, cells: new Array<number>(rows * columns).fill(Number.NaN) };
  return (
    <g className="tl-heat">
      {heat.cells.map((level, i) => {
        // Nothing known, and zero, are neither warm nor cool.
        const plain = Number.isNaN(level) || level === 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: cells are known by their position.
            key={i}
            x={x + (i % heat.columns) * cell}
            y={y + Math.floor(i / heat.columns) * cell}
            width={cell - 1}
            height={cell - 1}
            rx={1.5}
            fill={plain ? 'var(--line)' : `var(--tl-${level > 0 ? 'plus' : 'minus'})`}
            opacity={plain ? 0.45 : 0.1 + 0.85 * Math.abs(level)}
          />
        );
      })}
    </g>
  );
});

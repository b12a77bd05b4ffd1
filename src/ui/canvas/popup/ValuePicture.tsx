/** A tensor looked at closely: heat map, histogram, and the figures that sum it up. */
import { useMemo } from 'react';
import { fill, type Locale } from '../../../base/text.ts';
import { Heat } from '../../parts/Heat.tsx';
import { formatCount, formatNumber } from '../../parts/numbers.ts';
import { strings } from '../canvas-strings.ts';
import { heatCellsOf, histogramOf } from '../model/sample.ts';
import type { TensorValue } from '../props.ts';

const mostRows = 40;
const mostColumns = 72;
const bins = 24;

/** Of the whole picture, and of a cell, in pixels. */
const [widest, highest, largestCell] = [232, 120, 14];

function ValueHeat({ value }: { readonly value: TensorValue }) {
  const heat = useMemo(() => heatCellsOf(value, mostRows, mostColumns), [value]);
  const cell = Math.max(
    3,
    Math.min(largestCell, Math.floor(widest / heat.columns), Math.floor(highest / heat.rows)),
  );
  return <Heat heat={heat} cell={cell} />;
}

function Histogram({ value }: { readonly value: TensorValue }) {
  const counts = histogramOf(value, bins);
  const most = Math.max(1, ...counts);
  return (
    <svg
      className="tl-histogram"
      viewBox={`0 0 ${bins * 4} 28`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {counts.map((count, i) => {
        const height = count === 0 ? 0 : Math.max(1, (28 * count) / most);
        const middle = value.min + ((i + 0.5) / bins) * (value.max - value.min);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bins are known by their position.
            key={i}
            x={i * 4}
            y={28 - height}
            width={3.4}
            height={height}
            fill={`var(--tl-${middle >= 0 ? 'plus' : 'minus'})`}
          />
        );
      })}
    </svg>
  );
}

export function ValuePicture({ value, locale }: { readonly value: TensorValue; readonly locale: Locale }) {
  if (value.count === 1)
    return <div className="tl-picture-number">{formatNumber(value.data[0] ?? Number.NaN, 8)}</div>;
  const figures = [
    [strings.smallest, value.min],
    [strings.average, value.mean],
    [strings.largest, value.max],
    [strings.deviation, value.deviation],
  ] as const;
  const shown = value.data.length;
  const count =
    shown < value.count
      ? fill(strings.firstShown, { shown: formatCount(shown), count: formatCount(value.count) })
      : fill(strings.elements, { count: formatCount(value.count) });
  return (
    <div className="tl-value">
      <ValueHeat value={value} />
      <Histogram value={value} />
      <dl className="tl-figures">
        {figures.map(([name, figure]) => (
          <div key={name.en}>
            <dt>{name[locale]}</dt>
            <dd>{formatNumber(figure)}</dd>
          </div>
        ))}
      </dl>
      <p className="tl-value-count">{count[locale]}</p>
    </div>
  );
}

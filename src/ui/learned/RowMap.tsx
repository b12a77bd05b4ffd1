/** Rows of a matrix as points of a plane: those that are alike lie together. */
import { useMemo } from 'react';
import type { TensorValue } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { formatCount } from '../parts/numbers.ts';
import { learnedWords as words } from '../strings/learned-words.ts';
import { closestPairs } from './closest-pairs.ts';
import { principalAxes } from './principal-axes.ts';

interface RowMapProps {
  readonly value: TensorValue;
  /** Of all rows; undefined: their numbers. */
  readonly names: readonly string[] | undefined;
}

/** The height of the drawing, in its own units; as large as its writing on a dock of usual height. */
const HEIGHT = 220;
const MARGIN = 14;
/** How much wider than high it may be, or the other way round. */
const MOST_WIDE = 3;
/** More names would cover each other; each point still says its own. */
const MOST_NAMED = 150;
const LONGEST_NAME = 14;
const PAIRS = 5;

export function RowMap({ value: { data, shape }, names }: RowMapProps) {
  const t = useT();
  const [count = 0, columns = 1] = shape;
  const rows = Math.min(count, Math.floor(data.length / columns));
  const found = useMemo(() => principalAxes(data, rows, columns), [data, rows, columns]);
  const pairs = useMemo(() => closestPairs(data, rows, columns, PAIRS), [data, rows, columns]);
  if (!found) return <p className="dock-empty">{t(words.notFinite)}</p>;
  const { places, shares } = found;
  const nameOf = (row: number) => names?.[row] ?? String(row);
  const { points, width } = spread(places);
  const [first, second] = shares.map((share) => (100 * share).toFixed(0)) as [string, string];
  const said = t(words.mapOf, { count: formatCount(rows), first, second });
  const near = t(words.closest, {
    pairs: pairs.map(([i, j]) => `${nameOf(i)}\u00a0↔\u00a0${nameOf(j)}`).join(', '),
  });
  return (
    <figure className="learned-map">
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${said}. ${near}`}>
        {points.map(([x, y], row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a matrix is known by its position.
          <g key={row} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
            <title>{nameOf(row)}</title>
            {rows > MOST_NAMED ? <circle r={2.5} /> : <text dy="0.35em">{shortened(nameOf(row))}</text>}
          </g>
        ))}
      </svg>
      <figcaption className="soft">
        <p>{said}</p>
        {rows < count && <p>{t(words.firstRows, { shown: formatCount(rows), count: formatCount(count) })}</p>}
        <p>{near}</p>
      </figcaption>
    </figure>
  );
}

const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;

/** On the drawing, both axes on one scale: distances on it are those of the map. */
function spread(places: Float64Array): {
  readonly points: readonly (readonly [number, number])[];
  readonly width: number;
} {
  const along = (axis: 0 | 1) => {
    const values = places.filter((_, i) => i % 2 === axis);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return { least, extent: most - least };
  };
  const [x, y] = [along(0), along(1)];
  const inner = HEIGHT - 2 * MARGIN;
  const scale = inner / Math.max(y.extent, x.extent / MOST_WIDE, Number.MIN_VALUE);
  const width = Math.max(HEIGHT, x.extent * scale + 2 * MARGIN);
  const points = Array.from({ length: places.length / 2 }, (_, i): readonly [number, number] => [
    width / 2 + ((places[2 * i] as number) - x.least - x.extent / 2) * scale,
    HEIGHT / 2 - ((places[2 * i + 1] as number) - y.least - y.extent / 2) * scale,
  ]);
  return { points, width };
}

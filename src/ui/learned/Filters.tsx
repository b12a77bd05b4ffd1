/** Kernels of a convolution as small pictures, one for each output channel. */
import { useEffect, useRef, useState } from 'react';
import type { TensorValue } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { Heat } from '../parts/Heat.tsx';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import { learnedWords as words } from '../strings/learned-words.ts';
import { kernelsOf, seen } from './kernel-pictures.ts';
import type { KernelForm } from './learned-kind.ts';

interface FiltersProps {
  readonly value: TensorValue;
  readonly form: KernelForm;
}

/** More pictures than this are for nobody. */
const MOST = 256;
/** The longer side of a picture, and of a cell at least and at most, in pixels. */
const SIDE = 56;
const CELL = { least: 2, most: 14 } as const;

/** Input channels by their index, all of them averaged, or three of them as colours. */
type Channel = number | 'mean' | 'colours';

export function Filters({ value, form }: FiltersProps) {
  const t = useT();
  const { counts } = form;
  const { channels, rows, columns } = counts;
  const [wished, setWished] = useState<Channel>();
  const first = channels === 3 ? 'colours' : channels > 1 ? 'mean' : 0;
  const channel = wished ?? first;
  const kernels = kernelsOf(value.data, form, MOST);
  const pictures = channel === 'colours' ? kernels : kernels.map((kernel) => [seen(kernel, channel)]);
  const greatest = pictures.flat(2).reduce((most, x) => Math.max(most, Math.abs(x) || 0), 0) || 1;
  const cell = Math.max(CELL.least, Math.min(CELL.most, Math.floor(SIDE / Math.max(rows, columns))));
  return (
    <>
      <div className="learned-line">
        {channels > 1 && (
          <label>
            {t(words.channel)}
            <select
              className="input"
              value={channel}
              onChange={({ target }) => {
                const chosen = target.value;
                setWished(chosen === 'mean' || chosen === 'colours' ? chosen : Number(chosen));
              }}
            >
              {channels === 3 && <option value="colours">{t(words.colours)}</option>}
              <option value="mean">{t(words.mean, { count: channels })}</option>
              {Array.from({ length: channels }, (_, c) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a channel is known by its place.
                <option key={c} value={c}>
                  {c}
                </option>
              ))}
            </select>
          </label>
        )}
        {kernels.length < counts.out && (
          <span className="soft">
            {t(words.firstFilters, { shown: kernels.length, count: formatCount(counts.out) })}
          </span>
        )}
      </div>
      <ul
        className="learned-filters"
        aria-label={t(words.filterList, { count: kernels.length, rows, columns })}
      >
        {pictures.map((planes, index) => {
          const numbers = planes.flat();
          const [least, most] = [Math.min(...numbers), Math.max(...numbers)].map((x) => formatNumber(x, 3));
          const label = t(words.filterOf, { index, least: least as string, most: most as string });
          const cells = numbers.map((x) => x / greatest);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an output channel is known by its place.
            <li key={index} title={label}>
              {channel === 'colours' ? (
                <Colours cells={cells} rows={rows} columns={columns} cell={cell} label={label} />
              ) : (
                <Heat heat={{ rows, columns, cells }} cell={cell} label={label} />
              )}
              <span aria-hidden>{index}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface ColoursProps {
  /** −1 … 1: all of red, then of green, then of blue. */
  readonly cells: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly cell: number;
  readonly label: string;
}

/** Three input channels as one picture; grey is zero. */
function Colours({ cells, rows, columns, cell, label }: ColoursProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(columns, rows);
    const plane = rows * columns;
    for (let k = 0; k < plane; k++) {
      const colour = [0, 1, 2].map((c) => 127.5 * (1 + (cells[c * plane + k] as number)));
      image.data.set([...colour, 255], 4 * k);
    }
    context.putImageData(image, 0, 0);
  }, [cells, rows, columns]);
  return (
    <canvas
      ref={ref}
      className="heat heat-fine"
      width={columns}
      height={rows}
      style={{ width: columns * cell, height: rows * cell }}
      role="img"
      aria-label={label}
    />
  );
}

/** The numbers of a tensor: statistics, and a heat map and the table of one slice. */
import { useState } from 'react';
import type { TensorValue } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { MatrixHeat } from '../parts/Heat.tsx';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import { dock } from '../strings/dock.ts';
import { sliceOf } from './slice.ts';

export function Statistics({ value }: { readonly value: TensorValue }) {
  const t = useT();
  const facts = [
    [dock.elements, formatCount(value.count)],
    [dock.min, formatNumber(value.min)],
    [dock.max, formatNumber(value.max)],
    [dock.mean, formatNumber(value.mean)],
    [dock.deviation, formatNumber(value.deviation)],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, shown]) => (
        <div key={name.en}>
          <dt>{t(name)}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Numbers({ value }: { readonly value: TensorValue }) {
  const t = useT();
  const leading = value.shape.slice(0, -2);
  const [at, setAt] = useState<readonly number[]>(leading.map(() => 0));
  const slice = sliceOf(value, at);
  return (
    <div className="numbers">
      {leading.length > 0 && (
        <div className="slice-row">
          {leading.map((size, d) => (
            <label key={value.axes[d]}>
              {t(dock.slice, { axis: value.axes[d] ?? '' })}
              <input
                type="number"
                className="input"
                min={0}
                max={size - 1}
                value={at[d]}
                onChange={(event) => {
                  const next = Math.min(size - 1, Math.max(0, Math.trunc(Number(event.target.value)) || 0));
                  setAt(at.map((old, i) => (i === d ? next : old)));
                }}
              />
            </label>
          ))}
        </div>
      )}
      <div className="numbers-body">
        {slice.rows.length > 0 && value.count > 1 && <MatrixHeat rows={slice.rows} label={t(dock.heat)} />}
        <div className="table-scroll">
          <table className="number-table" aria-label={t(dock.table)}>
            {value.shape.length > 0 && (
              <thead>
                <tr>
                  <th className="math">{value.axes.slice(-2).join(' \\ ')}</th>
                  {slice.rows[0]?.map((_, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column of a tensor is known by its position.
                    <th key={j} scope="col">
                      {j}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {slice.rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row of a tensor is known by its position.
                <tr key={i}>
                  {value.shape.length > 0 && <th scope="row">{value.shape.length > 1 ? i : ''}</th>}
                  {row.map((x, j) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: so is its column.
                    <td key={j} title={x === undefined ? '' : String(x)}>
                      {x === undefined ? '' : formatNumber(x)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {value.data.length < value.count && (
            <p className="soft pad">
              {t(dock.firstOnly, { shown: formatCount(value.data.length), count: formatCount(value.count) })}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

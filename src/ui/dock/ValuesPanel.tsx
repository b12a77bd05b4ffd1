/** The numbers of a port: statistics, a heat map and the table of one slice. */

import { useState } from 'react';
import { useLocale, useT } from '../locale.ts';
import { titleIn } from '../parts/node-title.ts';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import { TypeLabel } from '../parts/TypeLabel.tsx';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { dock } from '../strings/dock.ts';
import type { TensorValue } from '../worker/worker-client.ts';
import { Heat } from './Heat.tsx';
import { sliceOf } from './slice.ts';

export function ValuesPanel() {
  const t = useT();
  const locale = useLocale();
  const { state } = useSession();
  const document = useEditorState((s) => s.document);
  const view = useEditorState((s) => s.view);
  const values = useSessionState((s) => s.values);
  const selected = useSelectedPort();
  const chosen = useSessionState((s) => s.port);
  const ports = Object.keys(view.graph.nodes).flatMap((id) =>
    (view.node(id)?.outputs ?? []).flatMap(({ name }) => {
      const key = view.valueKey({ node: id, port: name });
      return key === undefined ? [] : [{ key, id, port: name }];
    }),
  );
  const known = ports.filter((p) => values[p.key]);
  const port = ports.find((p) => p.key === chosen) ?? ports.find((p) => p.key === selected) ?? known[0];
  if (!port) return <p className="dock-empty">{t(dock.noValues)}</p>;
  const value = values[port.key];
  const several = (id: string) => (view.node(id)?.outputs.length ?? 0) > 1;
  return (
    <div className="values">
      <div className="values-head">
        <select
          className="input"
          aria-label={t(dock.port)}
          value={port.key}
          onChange={(event) => state.setState({ port: event.target.value })}
        >
          {ports.map((p) => (
            <option key={p.key} value={p.key}>
              {titleIn(document, view.graph.nodes, p.id, locale)}
              {several(p.id) && ` · ${p.port}`}
            </option>
          ))}
        </select>
        <p>
          <TypeLabel type={view.node(port.id)?.outputTypes[port.port]} />
        </p>
        {value && <Statistics value={value} />}
      </div>
      {value ? (
        <Numbers key={`${port.key} ${value.shape.join(' ')}`} value={value} />
      ) : (
        <p className="dock-empty">{t(dock.noValues)}</p>
      )}
    </div>
  );
}

/** The output that the selection speaks of: a wire's source, or a node's first output, or what it reads. */
function useSelectedPort(): string | undefined {
  return useEditorState(({ selection, view }) => {
    const { edges } = view.graph;
    const edge = edges[selection.edges[0] ?? ''];
    if (edge) return view.valueKey(edge.from);
    const [id] = selection.nodes;
    if (id === undefined) return undefined;
    const [output] = view.node(id)?.outputs ?? [];
    if (output) return view.valueKey({ node: id, port: output.name });
    const feeding = Object.values(edges).find((e) => e.to.node === id);
    return feeding && view.valueKey(feeding.from);
  });
}

function Statistics({ value }: { readonly value: TensorValue }) {
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

function Numbers({ value }: { readonly value: TensorValue }) {
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
        {slice.rows.length > 0 && value.count > 1 && <Heat rows={slice.rows} label={t(dock.heat)} />}
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

/** Layers through training: norms of gradients and weights, how far updates go, histograms. Fetched when it is opened. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLocale, useT } from '../locale.ts';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import { tensorTitle } from '../parts/tensor-title.ts';
import { figureOf, isHistogram, layerQuantities, pointAt } from '../run/layer-history.ts';
import type { RunState } from '../run/run-state.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { shownTheme, useSettings } from '../settings.ts';
import { layerWords as words } from '../strings/layer-words.ts';
import { histogramOptions, type LayerPlot, layerColour, layerData, lineOptions } from './layer-plot.ts';
import './layers.css';
import { sizeOf } from './plot-axes.ts';
import { type RunLayers, useLayers } from './use-layers.ts';

interface LayerViewProps {
  readonly run: RunState;
  /** The choice of views, which stands first. */
  readonly views: ReactNode;
}

export default function LayerView({ run, views }: LayerViewProps) {
  const t = useT();
  const [quantity, setQuantity] = useState<LayerPlot['quantity']>('gradient');
  const [isLog, setIsLog] = useState(true);
  const layers = useLayers(run);
  return (
    <>
      <div className="run-view">
        {views}
        <select
          className="input layer-quantity"
          aria-label={t(words.quantity)}
          title={t(words[`${quantity}Hint`])}
          value={quantity}
          onChange={(event) => setQuantity(layerQuantities[event.target.selectedIndex] ?? quantity)}
        >
          {layerQuantities.map((one) => (
            <option key={one} value={one}>
              {t(words[one])}
            </option>
          ))}
        </select>
        {!isHistogram(quantity) && (
          <label>
            <input type="checkbox" checked={isLog} onChange={(event) => setIsLog(event.target.checked)} />
            {t(words.logarithmic)}
          </label>
        )}
      </div>
      <Layers layers={layers} quantity={quantity} isLog={isLog} />
    </>
  );
}

interface LayersProps extends Pick<LayerPlot, 'quantity' | 'isLog'> {
  readonly layers: RunLayers;
}

function Layers({ layers: { points, isLooking }, quantity, isLog }: LayersProps) {
  const t = useT();
  const [chosen, setChosen] = useState<string>();
  const [pointed, setPointed] = useState<number>();
  const step = useSessionState((s) => s.trained?.step ?? 0);
  const last = points.at(-1);
  if (!last) return <p className="dock-empty">{t(isLooking ? words.waiting : words.nothing)}</p>;
  if (last.layers.length === 0) return <p className="dock-empty">{t(words.none)}</p>;
  const names = last.layers.map(({ name }) => name);
  const known = chosen !== undefined && names.includes(chosen) ? chosen : undefined;
  const at = pointAt(points, pointed ?? step) ?? last;
  const drawn = known ?? (isHistogram(quantity) ? names[0] : undefined);
  const plot = { points, quantity, names, chosen: drawn, isLog, shown: step, pointed: setPointed };
  return (
    <div className="layers">
      <div className="layer-list">
        <p className="soft">{t(words.atStep, { step: formatCount(at.step) })}</p>
        <ul aria-label={t(words.list)}>
          {names.map((name, i) => (
            <Row
              key={name}
              name={name}
              index={i}
              count={names.length}
              value={figureOf(
                at.layers.find((layer) => layer.name === name),
                quantity,
              )}
              isChosen={name === drawn}
              onChoose={() => setChosen(name === known ? undefined : name)}
            />
          ))}
        </ul>
      </div>
      <Plot plot={plot} />
    </div>
  );
}

interface RowProps {
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly value: number | undefined;
  readonly isChosen: boolean;
  onChoose(): void;
}

function Row({ name, index, count, value, isChosen, onChoose }: RowProps) {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const isDark = useSettings((s) => shownTheme(s.theme)) === 'dark';
  const title = tensorTitle(document, name, locale);
  return (
    <li>
      <button type="button" aria-pressed={isChosen} title={title} data-layer={name} onClick={onChoose}>
        <i className="run-mark" style={{ background: layerColour(index, count, isDark) }} />
        <span className="layer-name">{title}</span>
        <output>{value === undefined ? '–' : formatNumber(value, 3)}</output>
      </button>
    </li>
  );
}

function Plot({ plot }: { readonly plot: LayerPlot }) {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const theme = useSettings((s) => shownTheme(s.theme));
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const latest = useRef(plot);
  latest.current = plot;
  const { points, quantity, names, chosen, isLog, shown } = plot;
  const order = names.join('\n');
  const data = useMemo(() => {
    const all = layerData({ ...latest.current, points, quantity, isLog, names: order.split('\n') });
    return isHistogram(quantity) ? (all.slice(0, 2) as uPlot.AlignedData) : all;
  }, [points, quantity, order, isLog]);
  const drawn = useRef(data);
  drawn.current = data;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page, the lines from what is drawn.
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const make = isHistogram(quantity) ? histogramOptions : lineOptions;
    const made = new uPlot(
      make(element, () => latest.current),
      drawn.current,
      element,
    );
    chart.current = made;
    const observer = new ResizeObserver(() => made.setSize(sizeOf(element)));
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.current = null;
      made.destroy();
    };
  }, [quantity, order, chosen, isLog, theme]);

  useEffect(() => chart.current?.setData(data), [data]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line at the step that is shown moves.
  useEffect(() => chart.current?.redraw(false), [shown]);

  const [first, last] = [points[0]?.step ?? 0, points.at(-1)?.step ?? 0];
  const steps = { first: formatCount(first), last: formatCount(last) };
  const label = isHistogram(quantity)
    ? t(words.histogram, {
        ...steps,
        quantity: t(words[quantity]),
        name: tensorTitle(document, chosen ?? '', locale),
      })
    : t(words.chart, { ...steps, quantity: t(words[quantity]), count: names.length });
  return <div className="plot" ref={host} role="img" aria-label={label} />;
}

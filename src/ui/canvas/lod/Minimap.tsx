/**
 * The small map of the whole graph, with the view as its clear part: dragging in it moves the view, the
 * wheel zooms. All cards of one tint are one path: a map of a thousand cards is drawn as fast as one of ten.
 */
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { Panel, useStore } from 'reactflow';
import { shallow } from 'zustand/shallow';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import { around, type Rect } from '../geometry/rect.ts';
import type { ViewModel } from '../model/view-model.ts';
import type { View } from '../view/use-view.ts';

const size = { width: 150, height: 96 };
/** Around the graph and the view, as a part of their size. */
const air = 0.1;

interface Props {
  readonly model: ViewModel;
  /** Of all cards. */
  readonly bounds: Rect;
  readonly view: View;
  onPan(): void;
}

const outline = ({ x, y, width, height }: Rect): string => `M${x},${y}h${width}v${height}h${-width}z`;

/** For each tint the outlines of its cards. */
function outlines(model: ViewModel): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const id of model.cards) {
    const tint = model.body(id)?.category ?? 'unknown';
    paths.set(tint, (paths.get(tint) ?? '') + outline(model.place(id)));
  }
  return paths;
}

/** The view on the graph. */
function useViewRect(): Rect {
  return useStore(
    ({ width, height, transform: [x, y, zoom] }) => ({
      x: -x / zoom,
      y: -y / zoom,
      width: width / zoom,
      height: height / zoom,
    }),
    shallow,
  );
}

export function Minimap({ model, bounds, view, onPan }: Props) {
  const { locale } = useCanvas();
  const map = useRef<SVGSVGElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how tall each card is to a pixel does not show.
  const paths = useMemo(() => outlines(model), [model.arrangement]);
  const seen = useViewRect();
  const all = around(bounds, seen);
  const scale = Math.max(all.width / size.width, all.height / size.height) * (1 + air);
  const [width, height] = [size.width * scale, size.height * scale];
  const shown = {
    x: all.x - (width - all.width) / 2,
    y: all.y - (height - all.height) / 2,
    width,
    height,
  };

  useEffect(() => {
    const element = map.current;
    // React's wheel events cannot be kept from scrolling or zooming the page.
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 25 : 1;
      void view.flow.zoomTo(view.flow.getZoom() * 2 ** (-event.deltaY * 0.002 * lines));
    };
    element?.addEventListener('wheel', zoom, { passive: false });
    return () => element?.removeEventListener('wheel', zoom);
  }, [view]);

  const pan = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { x, y, zoom } = view.flow.getViewport();
    const by = scale * zoom;
    void view.flow.setViewport({ x: x - event.movementX * by, y: y - event.movementY * by, zoom });
  };
  return (
    <Panel position="bottom-right" className="tl-minimap">
      <svg
        ref={map}
        {...size}
        viewBox={`${shown.x} ${shown.y} ${width} ${height}`}
        role="img"
        aria-label={strings.minimap[locale]}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          onPan();
        }}
        onPointerMove={pan}
      >
        {[...paths].map(([tint, path]) => (
          <path key={tint} className={`tl-minimap-node tl-tint-${tint}`} d={path} />
        ))}
        <path className="tl-minimap-mask" d={outline(shown) + outline(seen)} fillRule="evenodd" />
      </svg>
    </Panel>
  );
}

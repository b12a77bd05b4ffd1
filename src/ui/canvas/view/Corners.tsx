/** What stands around the graph: the dotted ground, the overview, the zoom buttons. */
import { useMemo } from 'react';
import { Background, BackgroundVariant, Panel, type ReactFlowState, useStore } from 'reactflow';
import type { Text } from '../../../base/text.ts';
import { lazily } from '../../parts/lazily.tsx';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import { boundsOf } from '../geometry/edge-geometry.ts';
import type { Rect } from '../geometry/rect.ts';
import type { ViewModel } from '../model/view-model.ts';
import type { View } from './use-view.ts';

const Minimap = lazily(async () => (await import('../lod/from-afar.ts')).Minimap, { early: true });

/** Pixels that the canvas must have for the overview to have a corner of its own. */
const roomy = { width: 560, height: 380 };

/** Something lies outside the view, and there is room to say where. */
function needsOverview({ x, y, width: w, height: h }: Rect, state: ReactFlowState): boolean {
  const { width, height, transform } = state;
  if (width < roomy.width || height < roomy.height) return false;
  const [panX, panY, zoom] = transform;
  const [left, top] = [x * zoom + panX, y * zoom + panY];
  return left < -1 || top < -1 || left + w * zoom > width + 1 || top + h * zoom > height + 1;
}

interface Props {
  readonly view: View;
  readonly model: ViewModel;
  /** The user moves the view with what stands here. */
  onMove(): void;
}

export function Corners({ view, model, onMove }: Props) {
  const { locale } = useCanvas();
  // biome-ignore lint/correctness/useExhaustiveDependencies: cards lie elsewhere only when it is another.
  const bounds = useMemo(() => boundsOf(model, model.cards), [model.arrangement]);
  const overview = useStore((state) => bounds !== undefined && needsOverview(bounds, state));
  const zoom = (by: View['flow']['zoomIn']) => {
    onMove();
    void by({ duration: 120 });
  };
  const button = (sign: string, title: Text, key: string, act: () => void) => (
    <button type="button" title={`${title[locale]} (${key})`} aria-label={title[locale]} onClick={act}>
      {sign}
    </button>
  );
  return (
    <>
      <Background variant={BackgroundVariant.Dots} gap={22} size={2.2} color="var(--dot)" />
      {overview && bounds && <Minimap view={view} model={model} bounds={bounds} onPan={onMove} />}
      <Panel position="bottom-left" className="tl-zoom" data-covers>
        {button('+', strings.zoomIn, '+', () => zoom(view.flow.zoomIn))}
        {button('−', strings.zoomOut, '−', () => zoom(view.flow.zoomOut))}
        {button('⤢', strings.fit, 'F', view.fit)}
      </Panel>
    </>
  );
}

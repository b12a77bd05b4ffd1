/** What stands around the graph: the dotted ground, the overview, the zoom buttons. */
import { Background, BackgroundVariant, MiniMap, Panel, type ReactFlowState, useStore } from 'reactflow';
import type { Text } from '../../base/text.ts';
import type { CardNode } from './scene.ts';
import { useShared } from './shared.ts';
import { strings } from './strings.ts';
import type { View } from './use-view.ts';

/** Pixels that the canvas must have for the overview to have a corner of its own. */
const roomy = { width: 560, height: 380 };

/** Something lies outside the view, and there is room to say where. */
function needsOverview({ width, height, transform: [x, y, zoom], nodes }: ReactFlowState): boolean {
  if (width < roomy.width || height < roomy.height) return false;
  return nodes.some(({ position, width: w = 0, height: h = 0 }) => {
    const [left, top] = [position.x * zoom + x, position.y * zoom + y];
    return left < -1 || top < -1 || left + w * zoom > width + 1 || top + h * zoom > height + 1;
  });
}

export function Corners({ view, onZoom }: { readonly view: View; onZoom(): void }) {
  const { locale } = useShared();
  const overview = useStore(needsOverview);
  const zoom = (by: View['flow']['zoomIn']) => {
    onZoom();
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
      {overview && (
        <MiniMap<CardNode>
          className="tl-minimap"
          pannable
          zoomable
          ariaLabel={strings.minimap[locale]}
          nodeClassName={({ data }) => `tl-minimap-node tl-tint-${data.category ?? 'unknown'}`}
          nodeBorderRadius={12}
        />
      )}
      <Panel position="bottom-left" className="tl-zoom">
        {button('+', strings.zoomIn, '+', () => zoom(view.flow.zoomIn))}
        {button('−', strings.zoomOut, '−', () => zoom(view.flow.zoomOut))}
        {button('⤢', strings.fit, 'F', view.fit)}
      </Panel>
    </>
  );
}

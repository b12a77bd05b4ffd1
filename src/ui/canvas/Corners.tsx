/** What stands around the graph: the dotted ground, the overview, the zoom buttons. */
import { Background, BackgroundVariant, MiniMap, Panel } from 'reactflow';
import type { Text } from '../../base/text.ts';
import type { CardNode } from './scene.ts';
import { useShared } from './shared.ts';
import { strings } from './strings.ts';
import type { View } from './use-view.ts';

export function Corners({ view, overview }: { readonly view: View; readonly overview: boolean }) {
  const { locale } = useShared();
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
        {button('+', strings.zoomIn, '+', () => void view.flow.zoomIn({ duration: 120 }))}
        {button('−', strings.zoomOut, '−', () => void view.flow.zoomOut({ duration: 120 }))}
        {button('⤢', strings.fit, 'F', view.fit)}
      </Panel>
    </>
  );
}

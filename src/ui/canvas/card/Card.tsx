/** A node: a card with a tinted edge, its title and formula, its ports, and what it does in between. */
import { memo } from 'react';
import { Handle, type NodeProps, Position, useStore } from 'reactflow';
import { fill } from '../../../base/text.ts';
import type { WireEnd } from '../../../editor/index.ts';
import { Picture } from '../../pictures/Picture.tsx';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import type { Rect } from '../geometry/rect.ts';
import type { CardData } from '../model/card-data.ts';
import { type PortPlace, titleSizeFromAfar } from '../model/card-layout.ts';
import { portTitle } from '../model/spoken.ts';
import { useStoreValue } from '../model/stores.ts';
import type { CardNode } from '../model/view-model.ts';
import { CardBody } from './CardBody.tsx';
import { CheckBadge } from './CheckBadge.tsx';

interface PortProps {
  readonly node: string;
  readonly port: PortPlace;
  readonly direction: WireEnd['direction'];
  readonly named: boolean;
  readonly missing?: boolean;
}

const Port = memo(function Port({ node, port, direction, named, missing = false }: PortProps) {
  const { held, locale } = useCanvas();
  const light = useStoreValue(held, () => held.highlight({ node, port: port.name }, direction));
  const side = direction === 'input' ? 'left' : 'right';
  const title = portTitle(port.spec, locale);
  return (
    <>
      <Handle
        id={port.name}
        type={direction === 'input' ? 'target' : 'source'}
        position={direction === 'input' ? Position.Left : Position.Right}
        className={`tl-port tl-port-${side}${light ? ` tl-port-${light}` : ''}${port.spec.optional ? ' tl-port-optional' : ''}${missing ? ' tl-port-missing' : ''}`}
        style={{ top: port.y, height: port.height }}
        title={title}
        data-node={node}
        data-port={port.name}
        data-direction={direction}
      />
      {named && (
        <span
          className={`tl-port-name tl-port-name-${side}`}
          style={{ top: port.y - port.height / 2 - 13 }}
          aria-hidden="true"
        >
          {title}
        </span>
      )}
    </>
  );
});

/** Painted as finely as the canvas is zoomed in: by whole steps, so that zooming paints it seldom. */
function CardPicture({ id, place: { x, y, width, height } }: { readonly id: string; readonly place: Rect }) {
  const { editor, far } = useCanvas();
  const zoom = useStore((s) => Math.ceil(s.transform[2] - 0.05));
  return (
    <div className="tl-card-picture" style={{ left: x, top: y, width, height }}>
      <Picture node={editor.getState().view.pathOf(id)} size="card" zoom={zoom} letters={far ? 17 : 10} />
    </div>
  );
}

/** What is left of a card's width for its title, from afar: without the margins, the badge and the count. */
const farSize = ({ title, layout, severity, repeat }: CardData): number =>
  titleSizeFromAfar(
    title,
    layout.width - 26 - (severity && severity !== 'info' ? 31 : 0) - (repeat > 1 ? 40 : 0),
  );

export const Card = memo(function Card({ id, data, selected }: NodeProps<CardNode>) {
  const { hues, values, checks, far, locale, lit } = useCanvas();
  const verdict = useStoreValue(checks, (all) =>
    data.category === 'check' || data.category === 'optimizer'
      ? all.find(({ node }) => node === data.path)
      : undefined,
  );
  const isLit = useStoreValue(lit, ({ nodes }) => nodes.includes(id));
  const value = useStoreValue(values, (all) => {
    const key = data.valueKeys.find((k) => Object.hasOwn(all, k));
    return key === undefined ? undefined : all[key];
  });
  const { layout, severity } = data;
  const mood =
    severity === 'error' ? (data.unfinished ? ' tl-card-error tl-card-unfinished' : ' tl-card-error') : '';
  return (
    <div
      className={`tl-card tl-tint-${data.category ?? 'unknown'}${selected ? ' tl-card-selected' : ''}${isLit ? ' tl-card-lit' : ''}${mood}${far ? ' tl-card-far' : ''}${data.repeat > 1 ? ' tl-card-stack' : ''}${layout.picture ? ' tl-card-pictured' : ''}`}
      style={{ width: layout.width, height: layout.height }}
      title={
        data.downstreamOf === undefined
          ? undefined
          : fill(strings.downstream, { node: `“${data.downstreamOf}”` })[locale]
      }
    >
      {!far && <CardBody data={data} hues={hues} value={value} />}
      {layout.picture && <CardPicture id={id} place={layout.picture} />}
      <div className="tl-card-title">
        <span className="tl-card-glyph" aria-hidden="true">
          {data.glyph}
        </span>
        <span className="tl-card-name" style={far ? { fontSize: farSize(data) } : undefined}>
          {data.title}
        </span>
        {data.repeat > 1 && (
          <span className="tl-card-times" aria-hidden="true">
            ×{data.repeat}
          </span>
        )}
        {severity && severity !== 'info' && (
          <span className={`tl-card-mark tl-card-mark-${severity}`} aria-hidden="true">
            {severity === 'error' ? '✕' : '!'}
          </span>
        )}
      </div>
      {verdict && (
        <CheckBadge verdict={verdict} far={far} reads={data.category === 'optimizer'} locale={locale} />
      )}
      {!far && (
        <div className="tl-card-line">
          <span className="tl-card-formula">{data.formula}</span>
          {data.node.frozen === true && (
            <span className="tl-card-frozen" role="img" aria-label={strings.frozen[locale]}>
              ❄
            </span>
          )}
          {data.ordinal > 1 && <span className="tl-card-ordinal">#{data.ordinal}</span>}
        </div>
      )}
      {layout.inputs.map((port) => (
        <Port
          key={port.name}
          node={id}
          port={port}
          direction="input"
          named={layout.namesInputs && !far}
          missing={data.missing.includes(port.name)}
        />
      ))}
      {layout.outputs.map((port) => (
        <Port key={port.name} node={id} port={port} direction="output" named={layout.namesOutputs && !far} />
      ))}
    </div>
  );
});

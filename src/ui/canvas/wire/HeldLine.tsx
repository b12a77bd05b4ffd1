/** The wire in hand while it is drawn from a port, with the threads it carries, and what the port below says. */
import { useEffect, useState } from 'react';
import type { ConnectionLineComponentProps } from 'reactflow';
import { asDrawn } from '../../parts/drawn-names.ts';
import { wireCurve } from '../../ribbon/curve.ts';
import { RibbonPath } from '../../ribbon/RibbonPath.tsx';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import { speakType } from '../model/spoken.ts';
import { useStoreValue } from '../model/stores.ts';
import type { CardNode } from '../model/view-model.ts';

export function HeldLine({
  fromX,
  fromY,
  toX,
  toY,
  fromHandle,
  fromNode,
}: ConnectionLineComponentProps<CardNode>) {
  const { hues } = useCanvas();
  const forward = fromHandle.type === 'source';
  const { outputTypes } = fromNode.internals.userNode.data.checked;
  const type = forward && fromHandle.id ? outputTypes[fromHandle.id] : undefined;
  const ends = [
    { x: fromX, y: fromY },
    { x: toX, y: toY },
  ] as const;
  const curve = forward ? wireCurve(ends[0], ends[1]) : wireCurve(ends[1], ends[0]);
  return <RibbonPath course={curve} type={type} hues={hues} />;
}

interface Over {
  readonly x: number;
  readonly y: number;
  readonly node: string | undefined;
  readonly port: string | undefined;
  readonly direction: string | undefined;
}

/** Beside the pointer while a wire is held over a port: that it fits, or why not. */
export function HeldTip() {
  const { held, locale, editor } = useCanvas();
  const wire = useStoreValue(held, (h) => h);
  const [over, setOver] = useState<Over>();
  useEffect(() => {
    if (!wire) return;
    const follow = (event: PointerEvent) => {
      const below = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('.tl-port');
      const { node, port, direction } = below?.dataset ?? {};
      setOver({ x: event.clientX, y: event.clientY, node, port, direction });
    };
    document.addEventListener('pointermove', follow);
    return () => {
      document.removeEventListener('pointermove', follow);
      setOver(undefined);
    };
  }, [wire]);

  if (!wire || over?.node === undefined || over.port === undefined) return null;
  const { end, fits } = wire;
  const port = { node: over.node, port: over.port };
  if (end.node === port.node && end.port === port.port && end.direction === over.direction) return null;
  const verdict = fits.isCandidate(port) && end.direction !== over.direction ? fits.verdict(port) : undefined;
  const taken = Object.values(editor.getState().view.graph.edges).some(
    ({ to }) => over.direction === 'input' && to.node === port.node && to.port === port.port,
  );
  const message = verdict
    ? (verdict.problem?.message ?? (taken ? strings.replaces : strings.fits))
    : end.node === port.node
      ? strings.sameNode
      : end.direction === over.direction
        ? strings.wrongDirection
        : strings.wouldLoop;
  const source = end.direction === 'output' ? end : port;
  const type = editor.getState().view.node(source.node)?.outputTypes[source.port];
  const carries = verdict?.fits && type ? ` · ${speakType(type, locale)}` : '';
  const mood = verdict?.fits ? 'fits' : verdict ? 'misfit' : 'never';
  return (
    <div className={`tl-tip tl-tip-${mood}`} style={{ left: over.x, top: over.y }} role="status">
      <span aria-hidden="true">{mood === 'fits' ? '✓' : mood === 'misfit' ? '!' : '✕'}</span>{' '}
      {asDrawn(editor.getState().document, message, locale)}
      {carries}
    </div>
  );
}

/**
 * Shows the overview drawing below the few cards and wires that are drawn for themselves. It
 * is made a few milliseconds at a time, and follows an edit a moment later.
 */
import { memo, useEffect, useRef, useState } from 'react';
import { useStore, ViewportPortal } from 'reactflow';
import { fill } from '../../../base/text.ts';
import { atOnce, inSlices } from '../../worker/slices.ts';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import type { ViewRegion } from '../geometry/rect.ts';
import type { ViewModel } from '../model/view-model.ts';
import { type Drawing, drawOverview } from './overview-drawing.ts';

/** The zoom from which titles can be read. */
const legible = 0.3;

interface Props {
  readonly model: ViewModel;
  readonly wires: readonly string[];
  readonly region: ViewRegion;
}

export function OverviewDrawing({ model, wires, region }: Props) {
  const { hues, locale } = useCanvas();
  const { view } = model.state;
  const work = () => drawOverview(model, hues, wires, region);
  // What comes into view with many nodes is there at once.
  const [drawing, setDrawing] = useState(() => atOnce(work()));
  const drawn = useRef(false);
  const wanted = useRef<typeof work>(undefined);
  const busy = useRef<() => void>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the drawing is made of.
  useEffect(() => {
    // What is under way is finished first: in a steady stream of edits there would never be a drawing.
    const begin = () => {
      const next = wanted.current;
      wanted.current = undefined;
      busy.current =
        next &&
        inSlices(next(), (made) => {
          setDrawing(made);
          begin();
        });
    };
    if (drawn.current) {
      wanted.current = work;
      if (!busy.current) begin();
    }
    drawn.current = true;
  }, [view, locale, hues, wires, region]);
  useEffect(() => () => busy.current?.(), []);
  const readable = useStore(({ transform: [, , zoom] }) => zoom >= legible);
  const label = fill(strings.overview, { cards: model.cards.length, wires: model.wires.length })[locale];
  return (
    <ViewportPortal>
      <svg className="tl-overview" role="img" aria-label={label}>
        <Strokes drawing={drawing} readable={readable} />
      </svg>
    </ViewportPortal>
  );
}

interface StrokesProps {
  readonly drawing: Drawing;
  readonly readable: boolean;
}

const Strokes = memo(function Strokes({ drawing: { strokes, titles }, readable }: StrokesProps) {
  return (
    <>
      {strokes.map(({ className, path, color, width }, i) =>
        readable && className.startsWith('tl-far-words') ? null : (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no identity of their own.
            key={i}
            className={className}
            d={path}
            stroke={color}
            strokeWidth={width}
          />
        ),
      )}
      {readable &&
        titles.map(({ id, text, x, y }) => (
          <text key={id} className="tl-far-title" x={x} y={y}>
            {text}
          </text>
        ))}
    </>
  );
});

/**
 * Shows the picture of a crowded graph below the few cards and wires that are drawn for themselves. It
 * is made a few milliseconds at a time, and follows an edit a moment later.
 */
import { memo, useEffect, useRef, useState } from 'react';
import { useStore, ViewportPortal } from 'reactflow';
import { fill } from '../../base/text.ts';
import { atOnce, inSlices } from '../worker/slices.ts';
import type { Region } from './in-view.ts';
import { type Picture, pictureOf } from './picture.ts';
import type { Scene } from './scene.ts';
import { useShared } from './shared.ts';
import { strings } from './strings.ts';

/** The zoom from which titles can be read. */
const legible = 0.3;

interface Props {
  readonly scene: Scene;
  readonly wires: readonly string[];
  readonly region: Region;
}

export function Panorama({ scene, wires, region }: Props) {
  const { hues, locale } = useShared();
  const { document, checked } = scene.state;
  const work = () => pictureOf(scene, hues, wires, region);
  // What comes into view crowded is there at once.
  const [picture, setPicture] = useState(() => atOnce(work()));
  const drawn = useRef(false);
  const wanted = useRef<typeof work>(undefined);
  const busy = useRef<() => void>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the picture is made of.
  useEffect(() => {
    // What is under way is finished first: in a steady stream of edits there would never be a picture.
    const begin = () => {
      const next = wanted.current;
      wanted.current = undefined;
      busy.current =
        next &&
        inSlices(next(), (made) => {
          setPicture(made);
          begin();
        });
    };
    if (drawn.current) {
      wanted.current = work;
      if (!busy.current) begin();
    }
    drawn.current = true;
  }, [document, checked, locale, hues, wires, region]);
  useEffect(() => () => busy.current?.(), []);
  const readable = useStore(({ transform: [, , zoom] }) => zoom >= legible);
  const label = fill(strings.crowd, { cards: scene.cards.length, wires: scene.wires.length })[locale];
  return (
    <ViewportPortal>
      <svg className="tl-panorama" role="img" aria-label={label}>
        <Drawing picture={picture} readable={readable} />
      </svg>
    </ViewportPortal>
  );
}

interface DrawingProps {
  readonly picture: Picture;
  readonly readable: boolean;
}

const Drawing = memo(function Drawing({ picture: { strokes, titles }, readable }: DrawingProps) {
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

/** A picture with its legend, what it leaves out, and what it shows in words. Fetched when the first one is seen. */
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PathText } from '../../base/path.ts';
import { useLocale, useT } from '../locale.ts';
import type { DotShape, LegendEntry, PictureScene } from './model/picture-scene.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import { words } from './picture-strings.ts';
import { slicedAxes } from './scenes/matrix-scene.ts';
import { type ShownPicture, useClock, usePicture } from './use-picture.ts';
import './pictures.css';

export interface PictureProps {
  /** The path of its node: of one at the document's own level its id, but for `~` and `/` (base/path.ts). */
  readonly node: PathText;
  /** On a card only the drawing and its legend are shown. */
  readonly size?: 'card' | 'large';
  /** How large a card is shown. */
  readonly zoom?: number;
  /** Height of letters on a card, in pixels: larger where it is seen from afar. */
  readonly letters?: number;
}

export function PictureView({ node, size = 'large', zoom = 1, letters = 10 }: PictureProps) {
  const t = useT();
  const [places, setPlaces] = useState<Readonly<Record<string, number>>>(nowhere);
  const picture = usePicture(node, places);
  const id = useId();
  const said = useWords(picture);
  const keys = useClockKeys();
  if (!picture) return null;
  const { scene, title, source } = picture;
  const label = t(words.picture, { title });
  if ('missing' in scene)
    return (
      <figure className={`picture picture-${size}`} data-picture={source.kind}>
        {size === 'large' && <figcaption>{title}</figcaption>}
        <p className="picture-missing">{t(scene.missing)}</p>
      </figure>
    );
  if (size === 'card')
    return (
      <figure className="picture picture-card" data-picture={source.kind}>
        <PictureCanvas scene={scene} label={`${label}: ${said}`} letters={letters} zoom={zoom} />
        {letters <= 12 && <Legend scene={scene} />}
      </figure>
    );
  return (
    <figure className="picture picture-large" data-picture={source.kind}>
      <figcaption>
        <b>{title}</b>
        <Legend scene={scene} />
        <Slices picture={picture} places={places} setPlaces={setPlaces} />
      </figcaption>
      <section
        className="picture-stage"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the clock is steered from here too.
        tabIndex={0}
        aria-label={label}
        title={t(words.keysHint)}
        onKeyDown={keys}
      >
        <PictureCanvas scene={scene} label={label} describedBy={id} letters={11} />
      </section>
      {scene.notes.map((note) => (
        <p key={note.en} className="picture-note">
          {t(note)}
        </p>
      ))}
      <details className="picture-words">
        <summary>{t(words.inWords)}</summary>
        <p>{said}</p>
      </details>
      <p id={id} className="picture-spoken">
        {said}
      </p>
    </figure>
  );
}

const nowhere: Readonly<Record<string, number>> = {};

/** The picture in words. While the clock plays they stay: nobody could follow. */
function useWords(picture: ShownPicture | undefined): string {
  const locale = useLocale();
  const isPlaying = useStore(useClock().store, (s) => s.isPlaying);
  const kept = useRef('');
  const scene = picture?.scene;
  const fresh = useMemo(() => {
    if (!scene || 'missing' in scene || isPlaying) return undefined;
    return scene
      .words()
      .map((sentence) => sentence[locale])
      .join(locale === 'zh' ? '' : ' ');
  }, [scene, isPlaying, locale]);
  if (fresh !== undefined) kept.current = fresh;
  return kept.current;
}

/** Keys by which the clock is steered from a picture. */
function useClockKeys(): (event: KeyboardEvent) => void {
  const clock = useClock();
  return (event) => {
    const actions: Readonly<Record<string, () => void>> = {
      ' ': clock.toggle,
      ArrowLeft: () => clock.step(-1),
      ArrowRight: () => clock.step(1),
      Home: () => clock.seek(0),
      End: () => clock.seek(1),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}

function Legend({ scene }: { readonly scene: PictureScene }) {
  if (scene.legend.length === 0) return null;
  return (
    <ul className="picture-legend">
      {scene.legend.map((entry, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries are known by their series; names may be equal.
        <li key={i}>
          <LegendSign entry={entry} />
          {entry.name}
        </li>
      ))}
    </ul>
  );
}

const outlines: Readonly<Record<DotShape, string>> = {
  circle: 'M6 6m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0',
  square: 'M2.5 2.5h7v7h-7z',
  triangle: 'M6 1.5L10.5 9.5L1.5 9.5z',
  diamond: 'M6 1L11 6L6 11L1 6z',
};

function LegendSign({ entry: { ink, shape, dash, hollow } }: { readonly entry: LegendEntry }) {
  const colour = `var(${ink.startsWith('hue-') ? '--tl-' : '--'}${ink})`;
  return (
    <svg width={shape ? 12 : 20} height={12} aria-hidden="true">
      {shape ? (
        <path
          d={outlines[shape]}
          fill={hollow ? 'none' : colour}
          stroke={colour}
          strokeWidth={hollow ? 1.75 : 0}
        />
      ) : (
        <line
          x1={0}
          y1={6}
          x2={20}
          y2={6}
          stroke={colour}
          strokeWidth={2}
          strokeDasharray={dash?.join(' ')}
        />
      )}
    </svg>
  );
}

interface SlicesProps {
  readonly picture: ShownPicture;
  readonly places: Readonly<Record<string, number>>;
  setPlaces(places: Readonly<Record<string, number>>): void;
}

/** Which matrix of a tensor of higher rank is looked at. */
function Slices({ picture: { source }, places, setPlaces }: SlicesProps) {
  const t = useT();
  const value = source.kind === 'matrix' ? source.inputs.x?.value : undefined;
  if (!value) return null;
  return slicedAxes(value).map(({ name, size }) => (
    <label key={name} className="picture-slice">
      {t(words.axisAt, { axis: name })}
      <input
        type="number"
        className="input"
        min={0}
        max={size - 1}
        value={places[name] ?? 0}
        onChange={(event) => {
          const wanted = Math.trunc(Number(event.target.value)) || 0;
          setPlaces({ ...places, [name]: Math.max(0, Math.min(size - 1, wanted)) });
        }}
      />
    </label>
  ));
}

/** One phase of a node's inside, drawn: cards, ribbons, and what stands on each wire. */
import { useEffect, useRef } from 'react';
import type { InsidePhase, TensorValue } from '../../worker/protocol.ts';
import { useLocale } from '../locale.ts';
import { formatNumber } from '../parts/numbers.ts';
import type { Hues } from '../ribbon/index-hues.ts';
import { labelWidth, RibbonLabel } from '../ribbon/RibbonLabel.tsx';
import { RibbonPath } from '../ribbon/RibbonPath.tsx';
import { insideWords as words } from '../strings/inside-words.ts';
import type { InsideDrawing, PlacedInsideCard, PlacedInsideWire } from './inside-drawing.ts';
import { isOperation } from './inside-titles.ts';

const margin = 28;
/** More numbers than this are not told in words. */
const few = 9;

const tints: Readonly<Record<string, string>> = {
  contract: 'contraction',
  map: 'math',
  reduce: 'math',
  parameter: 'tensor',
  constant: 'tensor',
  given: 'data',
  forward: 'data',
  result: 'output',
  gradient: 'optimizer',
};

interface FigureProps {
  readonly drawing: InsideDrawing;
  readonly phase: InsidePhase;
  readonly values: Readonly<Record<string, TensorValue>>;
  readonly hues: Hues;
  /** The card of the present step, and those that were before it. */
  readonly current: string | undefined;
  readonly done: ReadonlySet<string>;
  readonly looked: string | undefined;
  onLook(card: string): void;
}

const numbersOf = (value: TensorValue | undefined): string =>
  value && value.count <= few && !value.cut ? value.data.map((x) => formatNumber(x)).join('  ') : '';

export function InsideFigure(props: FigureProps) {
  const { drawing, phase, values, hues, current, done, looked, onLook } = props;
  const locale = useLocale();
  const scroll = useRef<HTMLElement>(null);
  const { x, y, width, height } = drawing.bounds;
  useEffect(() => {
    if (current === undefined) return;
    const card = scroll.current?.querySelector(`[data-card="${CSS.escape(current)}"]`);
    card?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const box = `${x - margin} ${y - margin} ${width + 2 * margin} ${height + 2 * margin}`;
  return (
    <section className="inside-scroll" ref={scroll} aria-label={words[phase][locale]}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: it is named. */}
      <svg
        className="inside-figure"
        viewBox={box}
        style={{
          minWidth: (width + 2 * margin) * 0.74,
          minHeight: (height + 2 * margin) * 0.74,
          maxWidth: (width + 2 * margin) * 1.15,
        }}
      >
        {drawing.wires.map((wire) => (
          <g
            key={wire.id}
            className={done.has(wire.from) || !isStep(drawing, wire.from) ? '' : 'inside-later'}
          >
            <title>{numbersOf(values[wire.value])}</title>
            <RibbonPath course={wire.course} type={wire.type} hues={hues} />
          </g>
        ))}
        {drawing.cards.map((placed) => (
          <Card
            key={placed.card.id}
            placed={placed}
            mood={moodOf(placed, current, done)}
            isLooked={looked === placed.card.id}
            onLook={onLook}
          />
        ))}
        {drawing.wires.map((wire) => (
          <Label
            key={wire.id}
            wire={wire}
            hues={hues}
            number={scalarText(values[wire.value], words.scalar[locale])}
          />
        ))}
      </svg>
    </section>
  );
}

const isStep = ({ cards }: InsideDrawing, id: string): boolean =>
  cards.some(({ card }) => card.id === id && isOperation(card));

const moodOf = (
  { card }: PlacedInsideCard,
  current: string | undefined,
  done: ReadonlySet<string>,
): string =>
  !isOperation(card) ? 'outside' : card.id === current ? 'now' : done.has(card.id) ? 'done' : 'later';

const scalarText = (value: TensorValue | undefined, otherwise: string): string =>
  value?.count === 1 && value.data[0] !== undefined ? formatNumber(value.data[0]) : otherwise;

interface InsideCardProps {
  readonly placed: PlacedInsideCard;
  readonly mood: string;
  readonly isLooked: boolean;
  onLook(card: string): void;
}

function Card({ placed, mood, isLooked, onLook }: InsideCardProps) {
  const { card, words: says, x, y, width, height, inputs, output } = placed;
  const tint = tints[card.kind] ?? 'layer';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing.
    <g
      className={`inside-card inside-${mood} tl-tint-${tint}${isLooked ? ' inside-looked' : ''}`}
      data-card={card.id}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={0}
      aria-pressed={isLooked}
      aria-label={[says.title, ...says.lines].join(', ')}
      onClick={() => onLook(card.id)}
      onKeyDown={(event) => {
        if ((event.key !== 'Enter' && event.key !== ' ') || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onLook(card.id);
      }}
    >
      <rect className="inside-body" width={width} height={height} rx="9" />
      <path className="inside-edge" d={`M1.5,10V${height - 10}`} />
      <text className="inside-title" x="14" y="22">
        {says.title}
      </text>
      {says.lines.map((line, i) => (
        <text
          key={line}
          className="inside-line"
          x="14"
          y={22 + 17 * (i + 1)}
          textLength={fitted(line, width)}
          lengthAdjust="spacingAndGlyphs"
        >
          {line}
        </text>
      ))}
      {inputs.map((port) => (
        <rect
          key={port.name}
          className="inside-port"
          x="-3.5"
          y={port.y - port.height / 2}
          width="7"
          height={port.height}
          rx="3.5"
        />
      ))}
      {output && (
        <rect
          className="inside-port"
          x={width - 3.5}
          y={output.y - output.height / 2}
          width="7"
          height={output.height}
          rx="3.5"
        />
      )}
    </g>
  );
}

/** A line that would be wider than its card is set more tightly. */
const fitted = (line: string, width: number): number | undefined =>
  line.length * 6.4 > width - 26 ? width - 26 : undefined;

function Label({
  wire,
  hues,
  number,
}: {
  readonly wire: PlacedInsideWire;
  readonly hues: Hues;
  readonly number: string;
}) {
  if (!wire.label) return null;
  const width = labelWidth(wire.type) + 40;
  return (
    <foreignObject
      x={wire.label.x - width / 2}
      y={wire.label.y - 12}
      width={width}
      height="24"
      pointerEvents="none"
    >
      <div className="inside-label">
        <span>
          <RibbonLabel type={wire.type} hues={hues} scalar={number} />
        </span>
      </div>
    </foreignObject>
  );
}

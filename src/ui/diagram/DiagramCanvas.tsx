/** The drawing of a diagram at one moment, with what it answers to pointer and keyboard. */
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useLocale, useT } from '../locale.ts';
import { useHighlight } from '../plan/use-highlight.ts';
import { huesOf, paintOf } from '../ribbon/index-hues.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { diagramWords as words } from '../strings/diagram-words.ts';
import type { ShownDiagram } from './CopyButtons.tsx';
import { DiagramLine, DiagramOutline, DiagramText } from './DiagramDrawing.tsx';
import type { DiagramDrawing, DiagramShape } from './drawing/draw-scene.ts';
import type { LabelBox } from './drawing/place-diagram-labels.ts';
import { HeldLeg } from './edit/HeldLeg.tsx';
import type { DiagramChoice, DiagramEditing } from './edit/use-diagram-editing.ts';
import { useHeldLeg } from './edit/use-held-leg.ts';
import { type FocusItem, useRovingFocus } from './edit/use-roving-focus.ts';
import { sayIndex, speakIndex, speakTensor } from './model/describe-diagram.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';

interface DiagramCanvasProps {
  readonly diagram: NetworkDiagram;
  readonly drawing: DiagramDrawing;
  /** What is in view; the same for all moments of a film. */
  readonly bounds: LabelBox;
  /** Is told what is drawn. */
  readonly shown: RefObject<ShownDiagram>;
  /** Undefined where nothing can be changed now. */
  readonly editing: DiagramEditing | undefined;
  /** Nodes of the canvas that a shape stands for, and whether it is marked. */
  nodesOf(shape: DiagramShape): readonly string[];
  isMarked(shape: DiagramShape): boolean;
  onPointed?(shape: DiagramShape | undefined): void;
}

/** Pixels of a drawing on the screen, at most and at least; what does not fit is scrolled to. */
const [largest, smallest] = [1.5, 0.55];

export function DiagramCanvas(props: DiagramCanvasProps) {
  const { diagram, drawing, bounds, editing, shown } = props;
  const t = useT();
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    shown.current = { diagram, drawing };
  }, [shown, diagram, drawing]);
  const held = useHeldLeg(svg, drawing, editing, diagram);
  const items = focusItems(diagram, drawing);
  const focus = useRovingFocus(svg, items, {
    choose: (choice) => editing?.choose(choice),
    takeAway: (choice) => editing?.takeAway(choice),
  });
  const { x, y, width, height } = bounds;
  return (
    <div className="diagram-scroll">
      <svg
        ref={svg}
        className="diagram-drawing"
        viewBox={`${x} ${y} ${width} ${height}`}
        style={{ maxWidth: largest * width, minWidth: smallest * width, minHeight: smallest * height }}
        role="application"
        aria-label={t(words.title)}
        onKeyDown={focus.onKeyDown}
        {...held.handlers}
      >
        <Indices {...props} tabIndexOf={focus.tabIndexOf} heldIndex={held.leg?.index} onHold={held.hold} />
        <Tensors {...props} tabIndexOf={focus.tabIndexOf} />
        {held.leg && (
          <HeldLeg
            leg={held.leg}
            diagram={diagram}
            drawing={drawing}
            tellAt={{ x: x + width / 2, y: y + 8 }}
          />
        )}
      </svg>
    </div>
  );
}

/** What arrows go through: indices at their labels, tensors in their places. */
const focusItems = (diagram: NetworkDiagram, { labels, shapes }: DiagramDrawing): readonly FocusItem[] => [
  ...shapes.flatMap(({ tensor, x, y }): FocusItem[] =>
    tensor === undefined ? [] : [{ key: `t${tensor}`, x, y, choice: { kind: 'tensor', tensor } }],
  ),
  ...labels.flatMap(({ of, x, y }): FocusItem[] =>
    'index' in of
      ? [
          {
            key: `i${of.index}`,
            x,
            y,
            choice: { kind: 'index', name: diagram.indices[of.index]?.name ?? '' },
          },
        ]
      : [],
  ),
];

type PartProps = Omit<DiagramCanvasProps, 'bounds' | 'shown'> & { tabIndexOf(key: string): 0 | -1 };

const isChosen = (editing: DiagramEditing | undefined, choice: DiagramChoice): boolean =>
  editing?.chosen !== undefined && JSON.stringify(editing.chosen) === JSON.stringify(choice);

interface IndicesProps extends PartProps {
  readonly heldIndex: number | undefined;
  onHold(line: number, pointer: number): void;
}

/** Lines and labels, those of one index together. */
function Indices({ diagram, drawing, editing, tabIndexOf, heldIndex, onHold }: IndicesProps): ReactNode {
  const locale = useLocale();
  const editor = useEditor();
  const hues = useEditorState((s) => huesOf(editor, s));
  return diagram.indices.map(({ name, axis }, index) => {
    const lines = drawing.lines.filter((line) => line.index === index);
    if (lines.length === 0) return null;
    const label = drawing.labels.find(({ of }) => 'index' in of && of.index === index);
    const paint = paintOf(hues, axis);
    const choice = { kind: 'index', name } as const;
    const chosen = isChosen(editing, choice);
    return (
      // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing.
      <g
        key={name}
        className="diagram-strand"
        role="button"
        data-key={`i${index}`}
        tabIndex={tabIndexOf(`i${index}`)}
        aria-label={sayIndex(diagram, index, locale) ?? speakIndex(diagram, index, locale)}
        aria-pressed={chosen}
        data-held={index === heldIndex || undefined}
        onClick={() => editing?.choose(choice)}
      >
        {lines.map((line) => (
          <DiagramLine key={line.key} line={line} {...paint} />
        ))}
        {label && <DiagramText label={label} color={paint.color} />}
        {editing &&
          lines.map(
            (line) =>
              line.isFree &&
              line.open && (
                <circle
                  key={`h${line.key}`}
                  className="diagram-handle"
                  cx={line.curve[3].x}
                  cy={line.curve[3].y}
                  r={11}
                  onPointerDown={(event) => event.button === 0 && onHold(line.strand, event.pointerId)}
                />
              ),
          )}
      </g>
    );
  });
}

function Tensors({
  diagram,
  drawing,
  editing,
  tabIndexOf,
  nodesOf,
  isMarked,
  onPointed,
}: PartProps): ReactNode {
  const locale = useLocale();
  const light = useHighlight();
  return drawing.shapes.map((shape) => {
    const { key, tensor } = shape;
    const marked = isMarked(shape) || undefined;
    const { name = '', kind = 'general', axes = [] } = diagram.tensors[tensor ?? -1] ?? {};
    if (tensor === undefined)
      return (
        <g key={key} className="diagram-vertex junction" data-marked={marked}>
          <DiagramOutline {...shape} />
        </g>
      );
    const choice = { kind: 'tensor', tensor } as const;
    const lit = light(nodesOf(shape));
    const title = drawing.labels.find(({ of }) => 'vertex' in of && of.vertex === shape.vertex);
    const says = [
      speakTensor(name, kind, locale),
      ...axes.map((index) => speakIndex(diagram, index, locale)),
    ].join(', ');
    return (
      // biome-ignore lint/a11y/useSemanticElements: a button of HTML cannot stand in a drawing.
      <g
        key={key}
        className={`diagram-vertex ${shape.shape}`}
        role="button"
        data-key={`t${tensor}`}
        tabIndex={tabIndexOf(`t${tensor}`)}
        aria-label={says}
        aria-pressed={isChosen(editing, choice)}
        data-marked={marked}
        onClick={() => editing?.choose(choice)}
        onFocus={lit.onFocus}
        onBlur={lit.onBlur}
        onPointerEnter={() => {
          lit.onPointerEnter();
          onPointed?.(shape);
        }}
        onPointerLeave={() => {
          lit.onPointerLeave();
          onPointed?.(undefined);
        }}
      >
        <title>{says}</title>
        <DiagramOutline {...shape} />
        {shape.inside !== '' && (
          <text className="diagram-name" x={shape.x} y={shape.y}>
            {shape.inside}
          </text>
        )}
        {title && <DiagramText label={title} color="var(--ink)" />}
      </g>
    );
  });
}

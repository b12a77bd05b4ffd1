/** The drawing of a diagram at one moment, with what it answers to the pointer. */
import type { ReactNode } from 'react';
import { useLocale } from '../locale.ts';
import { useHighlight } from '../plan/use-highlight.ts';
import { huesOf, paintOf } from '../ribbon/index-hues.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { DiagramLines, DiagramOutline, DiagramText } from './DiagramDrawing.tsx';
import type { DiagramDrawing, DiagramShape } from './drawing/draw-scene.ts';
import type { LabelBox } from './drawing/place-diagram-labels.ts';
import { speakTensor } from './model/describe-diagram.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';

interface DiagramCanvasProps {
  readonly diagram: NetworkDiagram;
  readonly drawing: DiagramDrawing;
  /** What is in view; the same for all moments of a film. */
  readonly bounds: LabelBox;
  /** Nodes of the canvas that a shape stands for, and whether it is marked. */
  nodesOf(shape: DiagramShape): readonly string[];
  isMarked(shape: DiagramShape): boolean;
  onPointed?(shape: DiagramShape | undefined): void;
  readonly children?: ReactNode;
}

/** Pixels of a drawing on the screen, at most and at least; what does not fit is scrolled to. */
const [largest, smallest] = [1.5, 0.55];

export function DiagramCanvas(props: DiagramCanvasProps) {
  const { diagram, drawing, bounds, nodesOf, isMarked, onPointed, children } = props;
  const locale = useLocale();
  const editor = useEditor();
  const hues = useEditorState((s) => huesOf(editor, s));
  const light = useHighlight();
  const { x, y, width, height } = bounds;
  const colorOf = (index: number) => paintOf(hues, diagram.indices[index]?.axis ?? '').color;
  return (
    <div className="diagram-scroll">
      <svg
        className="diagram-drawing"
        viewBox={`${x} ${y} ${width} ${height}`}
        style={{ maxWidth: largest * width, minWidth: smallest * width, minHeight: smallest * height }}
        role="presentation"
      >
        <DiagramLines diagram={diagram} lines={drawing.lines} hues={hues} />
        {drawing.shapes.map((shape) => {
          const { name, kind } = diagram.tensors[shape.tensor ?? -1] ?? {};
          const lit = light(nodesOf(shape));
          return (
            <g
              key={shape.key}
              className={`diagram-vertex ${shape.shape}`}
              data-marked={isMarked(shape) || undefined}
              onPointerEnter={() => {
                lit.onPointerEnter();
                onPointed?.(shape);
              }}
              onPointerLeave={() => {
                lit.onPointerLeave();
                onPointed?.(undefined);
              }}
            >
              {name !== undefined && kind && <title>{speakTensor(name, kind, locale)}</title>}
              <DiagramOutline {...shape} />
              {shape.inside !== '' && (
                <text className="diagram-name" x={shape.x} y={shape.y}>
                  {shape.inside}
                </text>
              )}
            </g>
          );
        })}
        {drawing.labels.map((label) => (
          <DiagramText
            key={label.key}
            label={label}
            color={'index' in label.of ? colorOf(label.of.index) : 'var(--ink)'}
          />
        ))}
        {children}
      </svg>
    </div>
  );
}

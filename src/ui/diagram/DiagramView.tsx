/** A diagram laid out, drawn, and described. */
import { useId, useMemo } from 'react';
import { useLocale, useT } from '../locale.ts';
import { useHighlight } from '../plan/use-highlight.ts';
import { huesOf, paintOf } from '../ribbon/index-hues.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { diagramWords as words } from '../strings/diagram-words.ts';
import { DiagramLines, DiagramOutline, DiagramText } from './DiagramDrawing.tsx';
import { drawScene } from './drawing/draw-scene.ts';
import { sceneOf } from './drawing/scene.ts';
import { layOutDiagram } from './layout/lay-out-diagram.ts';
import { describeDiagram, speakTensor } from './model/describe-diagram.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';

export function DiagramView({ diagram }: { readonly diagram: NetworkDiagram }) {
  const t = useT();
  const locale = useLocale();
  const editor = useEditor();
  const hues = useEditorState((s) => huesOf(editor, s));
  const light = useHighlight();
  const described = useId();
  const layout = useMemo(() => layOutDiagram(diagram), [diagram]);
  const drawing = useMemo(() => drawScene(diagram, sceneOf(diagram, layout)), [diagram, layout]);
  const { x, y, width, height } = drawing.bounds;
  const colorOf = (index: number) => paintOf(hues, diagram.indices[index]?.axis ?? '').color;
  return (
    <figure className="diagram-body" aria-label={t(words.title)} aria-describedby={described}>
      <p id={described} className="visually-hidden">
        {describeDiagram(diagram, layout.forms, locale)}
      </p>
      <svg
        className="diagram-drawing"
        viewBox={`${x} ${y} ${width} ${height}`}
        style={{ maxWidth: 1.5 * width, minWidth: 0.6 * width }}
        role="presentation"
      >
        <DiagramLines diagram={diagram} lines={drawing.lines} hues={hues} />
        {drawing.shapes.map((shape) => {
          const { node, name, kind } = diagram.tensors[shape.tensor ?? -1] ?? {};
          return (
            <g
              key={shape.key}
              className={`diagram-vertex ${shape.shape}`}
              {...light(node === undefined ? [] : [node])}
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
      </svg>
    </figure>
  );
}

/** A leg that is being dragged, and what letting it go here would do. */
import { useT } from '../../locale.ts';
import { huesOf, paintOf } from '../../ribbon/index-hues.ts';
import { threadWidth } from '../../ribbon/ribbon-threads.ts';
import { useEditor, useEditorState } from '../../session/hooks.ts';
import { diagramWords as words } from '../../strings/diagram-words.ts';
import type { DiagramDrawing } from '../drawing/draw-scene.ts';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import type { HeldLegState } from './use-held-leg.ts';

interface HeldLegProps {
  readonly leg: HeldLegState;
  readonly diagram: NetworkDiagram;
  readonly drawing: DiagramDrawing;
  /** Where what it would do is told: a place that nothing covers. */
  readonly tellAt: DiagramPoint;
}

export function HeldLeg({ leg, diagram, drawing, tellAt }: HeldLegProps) {
  const t = useT();
  const editor = useEditor();
  const hues = useEditorState((s) => huesOf(editor, s));
  const own = diagram.indices[leg.index];
  const other = leg.onto === undefined ? undefined : diagram.indices[leg.onto];
  const end = drawing.lines.find(({ index, isFree }) => index === leg.onto && isFree)?.curve[3];
  if (!own) return null;
  const fits = own.size === undefined || other?.size === undefined || own.size === other.size;
  const at = end ?? leg.at;
  const names = { from: own.name, onto: other?.name ?? '' };
  return (
    <g className="diagram-held">
      <path
        d={`M${leg.from.x} ${leg.from.y}L${at.x} ${at.y}`}
        stroke={paintOf(hues, own.axis).color}
        strokeWidth={threadWidth(own.size)}
      />
      {end && <circle className={fits ? 'fits' : 'misfits'} cx={end.x} cy={end.y} r={9} />}
      {other && (
        <text className="diagram-tip" x={tellAt.x} y={tellAt.y} aria-live="polite">
          {fits
            ? t(words.wouldJoin, names)
            : t(words.wouldNotJoin, { ...names, a: String(own.size), b: String(other.size) })}
        </text>
      )}
    </g>
  );
}

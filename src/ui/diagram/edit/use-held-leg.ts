/** A free leg in hand: dragged onto another, the two are joined. */
import { type PointerEvent, type RefObject, useState } from 'react';
import type { DiagramDrawing } from '../drawing/draw-scene.ts';
import type { DiagramPoint } from '../layout/simple-graph.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import type { DiagramEditing } from './use-diagram-editing.ts';

export interface HeldLegState {
  readonly index: number;
  /** Where it is held by, and the vertex that it comes from. */
  readonly at: DiagramPoint;
  readonly from: DiagramPoint;
  /** The index whose leg it is held over. */
  readonly onto: number | undefined;
}

/** How near to the end of a leg the pointer means it, in pixels of the drawing. */
const reach = 34;

export function useHeldLeg(
  svg: RefObject<SVGSVGElement | null>,
  { lines }: DiagramDrawing,
  editing: DiagramEditing | undefined,
  { indices }: NetworkDiagram,
) {
  const [leg, setLeg] = useState<HeldLegState>();

  const pointIn = ({ clientX, clientY }: PointerEvent): DiagramPoint => {
    const matrix = svg.current?.getScreenCTM()?.inverse() ?? new DOMMatrix();
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix);
    return { x, y };
  };

  function ontoAt(at: DiagramPoint, own: number): number | undefined {
    const distance = ({ x, y }: DiagramPoint) => Math.hypot(x - at.x, y - at.y);
    return lines
      .filter(
        ({ isFree, open, index, curve }) => isFree && open && index !== own && distance(curve[3]) < reach,
      )
      .sort((a, b) => distance(a.curve[3]) - distance(b.curve[3]))[0]?.index;
  }

  return {
    leg,
    hold(strand: number, pointer: number) {
      const line = lines.find((each) => each.strand === strand);
      if (!line || !editing) return;
      svg.current?.setPointerCapture(pointer);
      setLeg({ index: line.index, at: line.curve[3], from: line.curve[0], onto: undefined });
    },
    handlers: {
      onPointerMove(event: PointerEvent) {
        if (!leg) return;
        const at = pointIn(event);
        setLeg({ ...leg, at, onto: ontoAt(at, leg.index) });
      },
      onPointerUp() {
        const [from, onto] = [indices[leg?.index ?? -1], indices[leg?.onto ?? -1]];
        setLeg(undefined);
        if (from && onto) editing?.join(from.name, onto.name);
      },
      onPointerCancel: () => setLeg(undefined),
    },
  };
}

/**
 * Places: from the screen to the canvas's own box and to the graph, and the view's way to a card or
 * wire. All functions keep their identity.
 */
import { type RefObject, useMemo, useRef } from 'react';
import { getViewportForBounds, type ReactFlowInstance, useReactFlow } from 'reactflow';
import type { Editor, Point } from '../../../editor/index.ts';
import { boundsOf, boundsOfDrawing } from '../geometry/edge-geometry.ts';
import type { Rect } from '../geometry/rect.ts';
import type { CardNode, ViewModel, WireEdge } from '../model/view-model.ts';
import { clearViewport, isUnderOverview } from './clear-viewport.ts';

export type Extent = Pick<Rect, 'width' | 'height'>;
export type PartKind = 'node' | 'edge';

export interface View {
  readonly flow: ReactFlowInstance<CardNode, WireEdge>;
  /** Where the pointer is on the screen; undefined when it is elsewhere. */
  readonly pointer: RefObject<Point | undefined>;
  /** The pointer, or the middle of the canvas. */
  pointed(): Point;
  center(): Point;
  inFrame(screen: Point): Point;
  onGraph(screen: Point): Point;
  /** The upper left corner of something of this size on the graph: the pointer, moved so that all of it is in view if it can be. */
  cornerInView(size: Extent): Point;
  /** The middle of a card or wire on the screen. */
  middleOf(kind: PartKind, id: string): Point;
  /** Brings these cards into view, where they are not, and keeps them there; the focus stays. None: they are let go. */
  bring(cards: readonly string[]): void;
  /** After the canvas has changed its size: what was brought into view is there again, else the whole graph. */
  refit(): void;
  /** Shows the whole graph. */
  fit(): void;
  /** The same without a movement that could be followed. */
  fitAtOnce(): void;
  /** Selects a card or wire, brings it into view where it is not (`close`: always), gives it the focus. */
  visit(kind: PartKind, id: string, close?: boolean): void;
}

export const leastZoom = 0.08;
/** What is pointed out is shown at least as large as this. */
const leastLegible = 0.55;
const bringPadding = 0.15;
/** What is put into view keeps this far from its edges, in canvas units. */
const edge = 20;
/** Frames to wait for what is about to be drawn. */
const patience = 30;
/** The corner of something of this size, moved so that all of it lies between two corners where it can. */
function inside({ width, height }: Extent, at: Point, [start, end]: readonly [Point, Point]): Point {
  const between = (x: number, from: number, to: number) => (to < from ? x : Math.min(to, Math.max(from, x)));
  return {
    x: between(at.x, start.x + edge, end.x - edge - width),
    y: between(at.y, start.y + edge, end.y - edge - height),
  };
}

/** Around as many cards as can be read when all of them are in view; the first is what matters most. */
function legibleBounds(
  model: ViewModel,
  cards: readonly string[],
  { width, height }: Extent,
  most: number,
): Rect | undefined {
  const groups = cards.flatMap((_, i) => boundsOf(model, cards.slice(0, cards.length - i)) ?? []);
  const zoomOf = (bounds: Rect) =>
    getViewportForBounds(bounds, width, height, leastZoom, most, bringPadding).zoom;
  return groups.find((group) => zoomOf(group) >= leastLegible) ?? groups.at(-1);
}

/** Whether a part of the graph lies in a box of the screen. */
function isInside(flow: View['flow'], { x, y, width, height }: Rect, view: DOMRect): boolean {
  const start = flow.flowToScreenPosition({ x, y });
  const end = flow.flowToScreenPosition({ x: x + width, y: y + height });
  return start.x >= view.left && start.y >= view.top && end.x <= view.right && end.y <= view.bottom;
}

type Frame = RefObject<HTMLDivElement | null>;

const partIn = (frame: Frame, kind: PartKind, id: string) =>
  frame.current?.querySelector<HTMLElement | SVGElement>(`.react-flow__${kind}[data-id="${CSS.escape(id)}"]`);

/** Whether the focus may be moved: whoever went on to another part of the page since `before` keeps it there. */
const mayFocus = (frame: Frame, before: Element | null): boolean => {
  const now = document.activeElement;
  return now === null || now === before || now === document.body || frame.current?.contains(now) === true;
};

/** As soon as it is drawn: the canvas may be a step behind the document, and parts out of view are not in the page. */
function focusIn(frame: Frame, kind: PartKind, id: string, before: Element | null, frames = patience): void {
  if (!mayFocus(frame, before)) return;
  const there = partIn(frame, kind, id);
  if (there) there.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusIn(frame, kind, id, before, frames - 1));
}

/** Whether the overview lies over one of these cards. */
const isUnder = (frame: Frame, flow: View['flow'], model: ViewModel, cards: readonly string[]): boolean => {
  const places = cards.map((id) => model.place(id));
  return frame.current !== null && isUnderOverview(places, frame.current, flow.getViewport());
};

/** The card itself, or those at the ends of a wire. */
function cardsOf(editor: Editor, kind: PartKind, id: string): readonly string[] {
  const edge = kind === 'edge' ? editor.getState().view.graph.edges[id] : undefined;
  return edge ? [edge.from.node, edge.to.node] : [id];
}

/** `model` gives the latest one. */
export function useView(frame: Frame, editor: Editor, model: () => ViewModel): View {
  const flow = useReactFlow<CardNode, WireEdge>();
  const pointer = useRef<Point>(undefined);
  const brought = useRef<readonly string[]>([]);
  return useMemo(() => {
    const box = () => frame.current?.getBoundingClientRect() ?? new DOMRect();
    const center = (): Point => ({ x: box().left + box().width / 2, y: box().top + box().height / 2 });
    const onGraph = (screen: Point): Point => flow.screenToFlowPosition({ ...screen }, { snapToGrid: false });

    const shownPart = () => {
      const { left, top, right, bottom } = box();
      return [onGraph({ x: left, y: top }), onGraph({ x: right, y: bottom })] as const;
    };

    function visit(kind: PartKind, id: string, close = false): void {
      const selection = kind === 'node' ? { nodes: [id], edges: [] } : { nodes: [], edges: [id] };
      editor.dispatch({ type: 'select', selection });
      goTo(kind, id, close);
    }

    /** Moves the view there. */
    async function show(bounds: Rect, padding: number, zooms: readonly [number, number], duration: number) {
      const { width, height } = box();
      await flow.setViewport(getViewportForBounds(bounds, width, height, ...zooms, padding), { duration });
    }

    function showAll(duration: number): void {
      const bounds = boundsOfDrawing(model());
      const element = frame.current;
      if (!bounds || !element) return;
      const cards = model().cards.map((id) => model().place(id));
      void flow.setViewport(clearViewport(bounds, cards, element, [leastZoom, 1.15]), { duration });
    }

    const isInView = (bounds: Rect) => isInside(flow, bounds, box());

    function bring(cards: readonly string[], frames = patience): void {
      const known = cards.filter((card) => model().card(card));
      if (known.length < cards.length && frames > 0) {
        requestAnimationFrame(() => bring(cards, frames - 1));
        return;
      }
      const most = Math.max(flow.getZoom(), 0.8);
      const bounds = legibleBounds(model(), known, box(), most);
      const isLegible = flow.getZoom() >= leastLegible && !isUnder(frame, flow, model(), known);
      if (bounds && !(isLegible && isInView(bounds))) void show(bounds, bringPadding, [leastZoom, most], 300);
    }

    function goTo(
      kind: PartKind,
      id: string,
      close: boolean,
      before = document.activeElement,
      frames = patience,
    ): void {
      const cards = cardsOf(editor, kind, id);
      // A list that leads here closes first, and gives the focus back to what had it.
      const had = before?.closest('dialog') ? undefined : before;
      const known = had !== undefined && cards.every((card) => model().card(card));
      const bounds = known ? boundsOf(model(), cards) : undefined;
      if (!bounds) {
        if (frames > 0) requestAnimationFrame(() => goTo(kind, id, close, had, frames - 1));
        return;
      }
      if (isInView(bounds) && !close) {
        focusIn(frame, kind, id, before);
        return;
      }
      const zoom = flow.getZoom();
      void show(bounds, 0.4, [Math.min(zoom, 0.8), Math.max(zoom, 0.8)], 160).then(() =>
        focusIn(frame, kind, id, before),
      );
    }

    return {
      flow,
      pointer,
      center,
      onGraph,
      cornerInView: (size) => inside(size, onGraph(pointer.current ?? center()), shownPart()),
      visit,
      bring(cards) {
        brought.current = cards;
        bring(cards);
      },
      refit: () => (brought.current.length > 0 ? bring(brought.current) : showAll(0)),
      pointed: () => pointer.current ?? center(),
      inFrame: ({ x, y }) => ({ x: x - box().left, y: y - box().top }),
      middleOf(kind, id) {
        const there = partIn(frame, kind, id)?.getBoundingClientRect();
        return there ? { x: there.left + there.width / 2, y: there.top + there.height / 2 } : center();
      },
      fit() {
        brought.current = [];
        showAll(200);
      },
      fitAtOnce: () => showAll(0),
    };
  }, [frame, editor, flow, model]);
}

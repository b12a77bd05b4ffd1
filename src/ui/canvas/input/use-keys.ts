/** The canvas's keys. They act while the focus is on the canvas, or nowhere in particular. */
import { type RefObject, useEffect } from 'react';
import type { ReactFlowInstance } from 'reactflow';
import type { Editor, Point } from '../../../editor/index.ts';
import { isTyping } from '../../keys.ts';
import type { CardNode, ViewModel, WireEdge } from '../model/view-model.ts';

export interface KeyActions {
  search(): void;
  connectFrom(node: string): void;
  menu(kind: 'node' | 'edge', id: string): void;
  /** Goes into a block; of anything else the details come forward. */
  open(kind: 'node' | 'edge', id: string): void;
  /** Leaves the block whose level is shown. */
  leave(): void;
  fit(): void;
  tidy(direction: 'right' | 'down'): void;
  /** Opens a node into what it is made of. */
  lookInside(node?: string): void;
  /** Shows or hides the diagram of a contraction; of the one that is meant when none is named. */
  diagram(node?: string): void;
  /** Goes into the first size on the label of a wire. */
  editSizes(edge: string): void;
  /** Puts the focus on a card or wire, and brings it into view. */
  visit(kind: 'node' | 'edge', id: string): void;
  /** Whether there was anything to let go of. */
  letGo(): boolean;
}

interface Keyed {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly flow: ReactFlowInstance<CardNode, WireEdge>;
  readonly editor: Editor;
  readonly model: () => ViewModel;
  readonly actions: KeyActions;
}

const step = 8;
const leap = 48;
const arrows: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The card or wire that has the focus. */
function focused(): { readonly kind: 'node' | 'edge'; readonly id: string } | undefined {
  const part = document.activeElement?.closest<HTMLElement>('.react-flow__node, .react-flow__edge');
  const id = part?.dataset.id;
  if (!part || id === undefined) return undefined;
  return { kind: part.classList.contains('react-flow__node') ? 'node' : 'edge', id };
}

/** Cards in the order of reading, each followed by the wires that leave it: the way of the Tab key. */
function tabOrder(editor: Editor) {
  const { graph, order } = editor.getState().view;
  const leaving = new Map<string, string[]>();
  for (const [id, { from }] of Object.entries(graph.edges))
    leaving.set(from.node, [...(leaving.get(from.node) ?? []), id]);
  const nodes = [...new Set([...order, ...Object.keys(graph.nodes)])].filter((id) =>
    Object.hasOwn(graph.nodes, id),
  );
  return nodes.flatMap((id) => [
    { kind: 'node' as const, id },
    ...(leaving.get(id) ?? []).map((edge) => ({ kind: 'edge' as const, id: edge })),
  ]);
}

export function useKeys({ frame, flow, editor, model, actions }: Keyed): void {
  useEffect(() => {
    function nudge(direction: Point, far: boolean): boolean {
      // The canvas may be a step behind; where a card lies is what the document says.
      const { view, selection } = editor.getState();
      const { graph } = view;
      const { card, place } = model();
      const chosen = selection.nodes.filter((id) => card(id));
      if (chosen.length === 0) return false;
      const by = far ? leap : step;
      const positions = Object.fromEntries(
        chosen.map((id) => {
          const { x, y } = graph.layout.nodes[id] ?? place(id);
          return [id, { x: x + direction.x * by, y: y + direction.y * by }];
        }),
      );
      editor.dispatch({ type: 'move', positions, done: true });
      return true;
    }

    /** Tab goes on to the next card or wire; past the last one it leaves the canvas. */
    function tab(back: boolean): boolean {
      const here = focused();
      const order = tabOrder(editor);
      const at = here ? order.findIndex((o) => o.kind === here.kind && o.id === here.id) : -1;
      if (!here && document.activeElement !== frame.current?.querySelector('.react-flow')) return false;
      const next = order[back ? at - 1 : at + 1];
      if (!next || (back && !here)) return false;
      actions.visit(next.kind, next.id);
      return true;
    }

    function onKey(event: KeyboardEvent): boolean {
      const { selection, view } = editor.getState();
      const { graph } = view;
      const here = focused();
      const mod = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (mod && key === 'd') editor.dispatch({ type: 'duplicate', selection });
      else if (mod && key === 'a') {
        editor.dispatch({
          type: 'select',
          selection: { nodes: Object.keys(graph.nodes), edges: Object.keys(graph.edges) },
        });
      } else if (mod || event.altKey) return false;
      else if (key === 'Delete' || key === 'Backspace') editor.dispatch({ type: 'delete', selection });
      else if (key === 'a' && event.shiftKey) actions.search();
      else if (key === 'f' && !event.shiftKey) actions.fit();
      else if (key === 'i' && !event.shiftKey)
        actions.lookInside(here?.kind === 'node' ? here.id : undefined);
      else if (key === 't') actions.tidy(event.shiftKey ? 'down' : 'right');
      else if (key === 'n' && !event.shiftKey) actions.diagram(here?.kind === 'node' ? here.id : undefined);
      else if (key === '+' || key === '=') void flow.zoomIn();
      else if (key === '-') void flow.zoomOut();
      else if (key === 'Tab') return tab(event.shiftKey);
      else if (key === 'c' && here?.kind === 'node') actions.connectFrom(here.id);
      else if (key === 'F2' && here?.kind === 'edge') actions.editSizes(here.id);
      else if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) {
        if (!here) return false;
        actions.menu(here.kind, here.id);
      } else if (key === 'Enter') {
        const [node, another] = selection.nodes;
        const only =
          node !== undefined && another === undefined ? { kind: 'node' as const, id: node } : undefined;
        const target = here ?? only;
        if (!target) return false;
        actions.open(target.kind, target.id);
      } else if (key === 'Escape') {
        if (!actions.letGo() && selection.nodes.length + selection.edges.length === 0) actions.leave();
        else editor.dispatch({ type: 'select', selection: { nodes: [], edges: [] } });
      } else if (arrows[key]) return nudge(arrows[key], event.shiftKey);
      else return false;
      return true;
    }

    const listen = (event: KeyboardEvent) => {
      const target = event.target;
      const ours = target === document.body || (target instanceof Node && frame.current?.contains(target));
      if (!ours || event.defaultPrevented || isTyping(event) || document.querySelector('dialog[open]'))
        return;
      if (onKey(event)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [frame, flow, editor, model, actions]);
}

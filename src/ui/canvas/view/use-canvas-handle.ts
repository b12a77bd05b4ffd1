/** What the page asks of the canvas from outside, and where the keyboard goes on when a level is entered. */
import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { EditorState } from '../../../editor/index.ts';
import type { CanvasHandle, CanvasProps } from '../props.ts';
import type { useView } from './use-view.ts';

type View = ReturnType<typeof useView>;
type Frame = RefObject<HTMLDivElement | null>;

const focusFlow = (frame: Frame): void =>
  frame.current?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true });

/** The card or wire that is selected, as far as it is on the screen; else the canvas. */
function focusSelected(frame: Frame, editor: CanvasProps['editor']): void {
  const { nodes, edges } = editor.getState().selection;
  const [node, edge] = [nodes[0], nodes.length > 0 ? undefined : edges[0]];
  const part = (kind: string, id: string | undefined) =>
    id === undefined
      ? undefined
      : frame.current?.querySelector<HTMLElement>(`.react-flow__${kind}[data-id="${CSS.escape(id)}"]`);
  const selected = part('node', node) ?? part('edge', edge);
  if (selected) selected.focus({ preventScroll: true });
  else focusFlow(frame);
}

export function useCanvasHandle(
  ref: Ref<CanvasHandle> | undefined,
  editor: CanvasProps['editor'],
  view: View,
  frame: Frame,
): void {
  useImperativeHandle(
    ref,
    () => ({
      reveal({ nodes = [], edges = [] }) {
        const [node] = nodes;
        const [edge] = edges;
        if (node !== undefined) view.visit('node', node, true);
        else if (edge !== undefined) view.visit('edge', edge, true);
        editor.dispatch({ type: 'select', selection: { nodes, edges } });
      },
      bring({ nodes, edges }) {
        const wires = edges.flatMap((id) => editor.getState().view.graph.edges[id] ?? []);
        view.bring([...nodes, ...wires.flatMap(({ from, to }) => [from.node, to.node])]);
      },
      fit: view.fit,
      center: () => view.onGraph(view.center()),
      focus: () => focusSelected(frame, editor),
    }),
    [editor, view, frame],
  );
}

/** Whoever enters or leaves a block goes on by keyboard from what is selected there, or from the canvas. */
export function useFocusOnEntry(
  state: EditorState,
  editor: CanvasProps['editor'],
  view: View,
  frame: Frame,
): void {
  const entered = useRef(state.view.way.length > 0 || state.selection.nodes.length > 0);
  useEffect(() => {
    if (!entered.current) return;
    entered.current = false;
    const [node] = editor.getState().selection.nodes;
    if (node !== undefined) requestAnimationFrame(() => view.visit('node', node));
    else focusFlow(frame);
  }, [editor, view, frame]);
}

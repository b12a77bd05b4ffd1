/** What the page asks of the canvas from outside, and where the keyboard goes on when a level is entered. */
import { type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { EditorState } from '../../../editor/index.ts';
import type { CanvasHandle, CanvasProps } from '../props.ts';
import type { useView } from './use-view.ts';

type View = ReturnType<typeof useView>;
type Frame = RefObject<HTMLDivElement | null>;

const focusFlow = (frame: Frame): void =>
  frame.current?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true });

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
      focus: () => focusFlow(frame),
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

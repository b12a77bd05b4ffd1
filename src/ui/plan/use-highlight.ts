/** Highlights nodes on the canvas while something here speaks of them. The canvas itself draws nothing anew. */
import { useEffect, useState } from 'react';
import { useEditor } from '../session/hooks.ts';

/** What an element spreads so that the nodes are highlighted while it is pointed at or has the focus. */
export function useHighlight(): (nodes: readonly string[]) => {
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
} {
  const editor = useEditor();
  const [lit, setLit] = useState<readonly string[]>([]);
  useEffect(() => {
    const { view } = editor.getState();
    const cards = lit.flatMap((path) => [
      ...document.querySelectorAll<HTMLElement>(
        `.react-flow__node[data-id="${CSS.escape(view.nodeOf(path) ?? '')}"]`,
      ),
    ]);
    for (const card of cards) card.dataset.lit = '';
    return () => {
      for (const card of cards) delete card.dataset.lit;
    };
  }, [lit, editor]);
  return (nodes) => {
    const on = () => setLit(nodes);
    const off = () => setLit([]);
    return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
  };
}

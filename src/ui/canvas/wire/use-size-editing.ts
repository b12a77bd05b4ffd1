/** Editing sizes on the labels of wires: which one is edited, and where it is written. */
import { useMemo } from 'react';
import { type Editor, sizeSource } from '../../../editor/index.ts';
import type { EditedSize, SizeEditing } from '../context.ts';
import { Store } from '../model/stores.ts';

interface Given {
  readonly editor: Editor;
  /** The size follows from others. */
  onFixed(): void;
  /** Gives a wire the focus. */
  onLeft(edge: string): void;
}

export function useSizeEditing({ editor, onFixed, onLeft }: Given): SizeEditing {
  return useMemo(() => {
    const store = new Store<EditedSize | undefined>(undefined);
    return {
      store,
      edit(edge, position) {
        const state = editor.getState();
        const count = state.view.edge(edge)?.axes.length ?? 0;
        if (position < 0 || position >= count) return onLeft(edge);
        const source = sizeSource(state, edge, position);
        store.set(source && { edge, position, source });
        if (!source) onFixed();
      },
      close(back) {
        store.set(undefined);
        if (back !== undefined) onLeft(back);
      },
    };
  }, [editor, onFixed, onLeft]);
}

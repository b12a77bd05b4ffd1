/** Dropping a node on a wire, out of the palette or by moving its card: it goes in between where it fits. */
import { type DragEvent, useMemo } from 'react';
import { fill, type Locale } from '../../../base/text.ts';
import { type Editor, insertion, insertionOfNode, type Point } from '../../../editor/index.ts';
import { definitionOf, newNode } from '../../parts/definitions.ts';
import { strings } from '../canvas-strings.ts';
import type { Hover } from '../context.ts';
import type { Store } from '../model/stores.ts';
import { DRAG_TYPE } from '../props.ts';
import type { View } from '../view/use-view.ts';

interface Drop {
  readonly editor: Editor;
  readonly locale: Locale;
  readonly view: View;
  readonly hover: Store<Hover>;
  onNotice(message: string): void;
}

const wireBelow = ({ x, y }: Point): string | undefined =>
  document
    .elementsFromPoint(x, y)
    .map((element) => element.closest<HTMLElement>('.react-flow__edge')?.dataset.id)
    .find((id) => id !== undefined);

const pointer = ({ clientX, clientY }: DragEvent): Point => ({ x: clientX, y: clientY });

/** The wire below the middle of a card that has none of its own, where the card fits into it. */
function wireUnder(editor: Editor, view: View, id: string) {
  const state = editor.getState();
  const { graph } = state.view;
  const wired = Object.values(graph.edges).some(({ from, to }) => from.node === id || to.node === id);
  const edge = wired ? undefined : wireBelow(view.middleOf('node', id));
  const ports = edge === undefined ? undefined : insertionOfNode(state, edge, id);
  return edge !== undefined && ports ? { edge, ports } : undefined;
}

export function useDrop({ editor, locale, view, hover, onNotice }: Drop) {
  return useMemo(
    () => ({
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const drop = wireBelow(pointer(event));
        if (hover.get().drop !== drop) hover.set(drop === undefined ? {} : { drop });
      },
      onDragLeave: () => hover.set({}),
      /** A card without wires is moved: the wire that it would go into lights up. */
      onCardMoved(id: string) {
        const drop = wireUnder(editor, view, id)?.edge;
        if (hover.get().drop !== drop) hover.set(drop === undefined ? {} : { drop });
      },
      /** It was let go: it is wired in, as a step of its own after the move. */
      onCardLeft(id: string) {
        hover.set({});
        const { edge, ports } = wireUnder(editor, view, id) ?? {};
        if (edge !== undefined && ports) editor.dispatch({ type: 'insert', node: id, edge, ...ports });
      },
      onDrop(event: DragEvent) {
        const state = editor.getState();
        const definition = definitionOf(state.document, event.dataTransfer.getData(DRAG_TYPE));
        hover.set({});
        if (!definition) return;
        event.preventDefault();
        event.stopPropagation();
        const made = newNode(definition);
        const edge = wireBelow(pointer(event));
        const ports = edge === undefined ? undefined : insertion(state, edge, made);
        const at = view.cornerFor({ x: event.clientX, y: event.clientY });
        editor.dispatch({ type: 'addNode', ...made, at, ...(ports && { connect: { edge, ...ports } }) });
        if (edge !== undefined && !ports) {
          onNotice(fill(strings.notInserted, { type: definition.title })[locale]);
        }
      },
    }),
    [editor, locale, view, hover, onNotice],
  );
}

/** Dropping a node on a wire, out of the palette or by moving its card: it goes in between where it fits. */
import { type DragEvent, useMemo } from 'react';
import { fill, type Locale } from '../../../base/text.ts';
import { type Editor, insertion, insertionOfNode, type Point } from '../../../editor/index.ts';
import { definitionOf, newNode } from '../../parts/definitions.ts';
import { strings } from '../canvas-strings.ts';
import type { Hover } from '../context.ts';
import type { Store } from '../model/stores.ts';
import { DRAG_TYPE, draggedKey } from '../props.ts';
import type { View } from '../view/use-view.ts';

interface Drop {
  readonly editor: Editor;
  readonly locale: Locale;
  readonly view: View;
  readonly hover: Store<Hover>;
  onNotice(message: string): void;
}

/** The wire at a place on the screen, where no card but `self` covers it. */
function wireBelow({ x, y }: Point, self?: string): string | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
    if (edge !== undefined) return edge;
    const node = element.closest<HTMLElement>('.react-flow__node')?.dataset.id;
    if (node !== undefined && node !== self) return undefined;
  }
  return undefined;
}

const pointer = ({ clientX, clientY }: DragEvent): Point => ({ x: clientX, y: clientY });
const middle = { x: 0.5, y: 0.5 };

/** Whether a type goes into a wire; asked again and again while it is held over it. */
function createInsertions(editor: Editor) {
  let [revision, known] = [-1, new Map<string, ReturnType<typeof insertion>>()];
  return (edge: string, key: string) => {
    const state = editor.getState();
    if (state.structureRevision !== revision) [revision, known] = [state.structureRevision, new Map()];
    const asked = `${edge}\u0000${key}`;
    const definition = definitionOf(state.document, key);
    if (definition && !known.has(asked)) known.set(asked, insertion(state, edge, newNode(definition)));
    return known.get(asked);
  };
}

export function useDrop({ editor, locale, view, hover, onNotice }: Drop) {
  return useMemo(() => {
    const insertionOf = createInsertions(editor);
    /** The wire under a card that is moved, where the card has no wires of its own. */
    function wireUnder(id: string) {
      const state = editor.getState();
      const { graph } = state.view;
      const wired = Object.values(graph.edges).some(({ from, to }) => from.node === id || to.node === id);
      const at = view.middleOf('node', id);
      const edge = wired ? undefined : wireBelow(at, id);
      return edge === undefined ? undefined : { edge, at, ports: insertionOfNode(state, edge, id) };
    }
    const point = (drop: Hover['drop']) => {
      const { drop: before } = hover.get();
      if (drop || before) hover.set(drop ? { drop } : {});
    };
    return {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const at = pointer(event);
        const edge = wireBelow(at);
        // What is dragged here from another window does not say what it is before it is dropped.
        const key = draggedKey();
        point(
          edge === undefined || key === undefined
            ? undefined
            : { edge, fits: insertionOf(edge, key) !== undefined, at },
        );
      },
      onDragLeave: () => hover.set({}),
      /** A card without wires is moved: the wire that it would go into lights up. */
      onCardMoved(id: string) {
        const under = wireUnder(id);
        point(under && { edge: under.edge, fits: under.ports !== undefined, at: under.at });
      },
      /** It was let go: the wire that was lit takes it, as a step of its own after the move. */
      onCardLeft(id: string) {
        const { drop } = hover.get();
        hover.set({});
        const ports = drop?.fits ? insertionOfNode(editor.getState(), drop.edge, id) : undefined;
        if (drop && ports) editor.dispatch({ type: 'insert', node: id, edge: drop.edge, ...ports });
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
        const connect = ports && { edge, ...ports };
        editor.dispatch({
          type: 'addNode',
          ...made,
          at: view.onGraph(pointer(event)),
          hold: middle,
          ...(connect && { connect }),
        });
        if (edge !== undefined && !ports) {
          onNotice(fill(strings.notInserted, { type: definition.title })[locale]);
        }
      },
    };
  }, [editor, locale, view, hover, onNotice]);
}

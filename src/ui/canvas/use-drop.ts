/** Dropping a node type from the palette: on the canvas it is placed, on a wire it goes in between where it fits. */
import { type DragEvent, useMemo } from 'react';
import { fill, type Locale } from '../../base/text.ts';
import { findNodeType } from '../../catalogue/index.ts';
import { type Editor, insertion } from '../../editor/index.ts';
import { DRAG_TYPE } from './props.ts';
import type { Hover } from './shared.ts';
import type { Store } from './stores.ts';
import { strings } from './strings.ts';
import type { View } from './use-view.ts';

interface Drop {
  readonly editor: Editor;
  readonly locale: Locale;
  readonly view: View;
  readonly hover: Store<Hover>;
  onNotice(message: string): void;
}

const wireBelow = ({ clientX, clientY }: DragEvent): string | undefined =>
  document
    .elementsFromPoint(clientX, clientY)
    .map((element) => element.closest<HTMLElement>('.react-flow__edge')?.dataset.id)
    .find((id) => id !== undefined);

export function useDrop({ editor, locale, view, hover, onNotice }: Drop) {
  return useMemo(
    () => ({
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const drop = wireBelow(event);
        if (hover.get().drop !== drop) hover.set(drop === undefined ? {} : { drop });
      },
      onDragLeave: () => hover.set({}),
      onDrop(event: DragEvent) {
        const nodeType = event.dataTransfer.getData(DRAG_TYPE);
        hover.set({});
        if (nodeType === '') return;
        event.preventDefault();
        event.stopPropagation();
        const { checked, document: graph } = editor.getState();
        const edge = wireBelow(event);
        const ports = edge === undefined ? undefined : insertion(checked, graph, edge, nodeType);
        const at = view.cornerFor({ x: event.clientX, y: event.clientY });
        editor.dispatch({ type: 'addNode', nodeType, at, ...(ports && { connect: { edge, ...ports } }) });
        if (edge !== undefined && !ports) {
          onNotice(fill(strings.notInserted, { type: findNodeType(nodeType)?.title ?? nodeType })[locale]);
        }
      },
    }),
    [editor, locale, view, hover, onNotice],
  );
}

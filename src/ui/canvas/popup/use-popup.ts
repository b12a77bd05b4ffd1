/** Which popup is open, and what opens it. */
import { useMemo, useState } from 'react';
import type { Point, WireEnd } from '../../../editor/index.ts';
import type { SizeEditing } from '../context.ts';
import type { ClipActions } from '../input/use-clipboard.ts';
import type { CanvasProps } from '../props.ts';
import type { PartKind, View } from '../view/use-view.ts';
import type { OpenPopup } from './CanvasPopups.tsx';
import type { MenuKey } from './choices.ts';

export interface Openers {
  search(screen: Point, held?: WireEnd): void;
  connectFrom(node: string): void;
  menu(on: PartKind | 'canvas', id: string, screen: Point): void;
  choose(key: MenuKey, popup: Extract<OpenPopup, { kind: 'menu' }>, clip: ClipActions): void;
}

interface PopupParts
  extends Pick<CanvasProps, 'editor' | 'blocks' | 'diagrams' | 'onInspect' | 'onTidy' | 'onLookInside'> {
  readonly view: View;
  readonly sizes: SizeEditing;
}

export function usePopup({
  editor,
  view,
  blocks,
  diagrams,
  sizes,
  onInspect,
  onTidy,
  onLookInside,
}: PopupParts) {
  const [popup, setPopup] = useState<OpenPopup>();
  const openers = useMemo<Openers>(() => {
    function search(screen: Point, held?: WireEnd): void {
      const at = view.inFrame(screen);
      setPopup({ kind: 'search', at, place: view.onGraph(screen), ...(held && { held }) });
    }

    function connectFrom(node: string): void {
      const outputs = editor.getState().view.node(node)?.outputs ?? [];
      const at = view.inFrame(view.middleOf('node', node));
      const [only, second] = outputs;
      if (only && !second)
        setPopup({ kind: 'targets', at, end: { node, port: only.name, direction: 'output' } });
      else setPopup({ kind: 'outputs', at, node });
    }

    function menu(on: PartKind | 'canvas', id: string, screen: Point): void {
      const { selection } = editor.getState();
      if (on === 'node' && !selection.nodes.includes(id)) {
        editor.dispatch({ type: 'select', selection: { nodes: [id], edges: [] } });
      }
      if (on === 'edge') editor.dispatch({ type: 'select', selection: { nodes: [], edges: [id] } });
      setPopup({ kind: 'menu', on, id, at: view.inFrame(screen), place: view.onGraph(screen) });
    }

    function choose(
      key: MenuKey,
      { on, id, at, place }: Extract<OpenPopup, { kind: 'menu' }>,
      clip: ClipActions,
    ): void {
      const { selection, view: level } = editor.getState();
      const { graph } = level;
      const everything = { nodes: Object.keys(graph.nodes), edges: Object.keys(graph.edges) };
      const actions: Readonly<Record<MenuKey, () => void>> = {
        inspect: () => onInspect({ kind: on === 'edge' ? 'edge' : 'node', id }),
        enter: () => blocks.enter(id),
        leave: blocks.leave,
        group: blocks.group,
        ungroup: () => blocks.ungroup(id),
        connect: () => connectFrom(id),
        diagram: () => diagrams.toggle(id),
        sizes: () => requestAnimationFrame(() => sizes.edit(id, 0)),
        insert: () => setPopup({ kind: 'search', at, place, edge: id }),
        duplicate: () => editor.dispatch({ type: 'duplicate', selection }),
        copy: clip.copy,
        cut: clip.cut,
        paste: clip.paste,
        remove: () => editor.dispatch({ type: 'delete', selection }),
        add: () => setPopup({ kind: 'search', at, place }),
        selectAll: () => editor.dispatch({ type: 'select', selection: everything }),
        inside: () => onLookInside(id),
        tidyRight: () => onTidy('right'),
        tidyDown: () => onTidy('down'),
        fit: view.fit,
      };
      actions[key]();
    }

    return { search, connectFrom, menu, choose };
  }, [editor, view, blocks, diagrams, sizes, onInspect, onTidy, onLookInside]);
  return { popup, setPopup, ...openers };
}

/** Copy, cut and paste through the system's clipboard, as JSON text that other tabs and people can use. */
import { type RefObject, useEffect, useMemo } from 'react';
import { fill, type Locale } from '../../../base/text.ts';
import { fetchTypes } from '../../../catalogue/packs.ts';
import { type Clip, clipOf, type Editor, type Point, readClip, writeClip } from '../../../editor/index.ts';
import { isTyping } from '../../keys.ts';
import { strings } from '../canvas-strings.ts';
import type { Extent } from '../view/use-view.ts';

interface Board {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly editor: Editor;
  readonly locale: Locale;
  /** Where something of this size goes that is pasted: its upper left corner. */
  place(size: Extent): Point;
  onNotice(message: string): void;
}

const typical: Extent = { width: 160, height: 92 };

/** About: of a card in a clip only the corner is known. */
function sizeOf({ layout }: Clip): Extent {
  const places = Object.values(layout.nodes);
  const extent = (of: (place: Point) => number) => Math.max(...places.map(of)) - Math.min(...places.map(of));
  if (places.length === 0) return typical;
  return { width: extent(({ x }) => x) + typical.width, height: extent(({ y }) => y) + typical.height };
}

export interface ClipActions {
  copy(): void;
  cut(): void;
  paste(): void;
}

export function useClipboard({ frame, editor, locale, place, onNotice }: Board): ClipActions {
  const actions = useMemo(() => {
    const take = (): string | undefined => {
      const { document, view, selection } = editor.getState();
      if (selection.nodes.length === 0) return undefined;
      onNotice(fill(strings.copied, { count: selection.nodes.length })[locale]);
      return writeClip(clipOf(document, view.graph, selection));
    };
    const remove = () => editor.dispatch({ type: 'delete', selection: editor.getState().selection });
    const put = async (text: string) => {
      // Types that cannot be had are told at the nodes.
      await fetchTypes(text)?.catch(() => undefined);
      const { value, diagnostics } = readClip(text);
      if (value) editor.dispatch({ type: 'paste', text, at: place(sizeOf(value)) });
      else if (!(await isTable(text))) {
        const [problem] = diagnostics;
        // Any other text on the clipboard is no mistake in a graph; it needs no lecture on JSON.
        const detail = problem === undefined || problem.code === 'json-syntax' ? '' : problem.message;
        onNotice(fill(strings.notPasted, { detail })[locale].trim());
      }
    };
    const isTable = async (text: string) =>
      (await import('../../data/paste-table.ts')).pasteTable(text, editor, place(typical));
    const unreachable = () => onNotice(strings.notCopied[locale]);
    const send = (then: () => void) => {
      const text = take();
      if (text !== undefined) navigator.clipboard.writeText(text).then(then, unreachable);
    };
    return {
      take,
      remove,
      put,
      copy: () => send(() => undefined),
      cut: () => send(remove),
      paste: () => void navigator.clipboard.readText().then(put, unreachable),
    };
  }, [editor, locale, place, onNotice]);

  useEffect(() => {
    const ours = (event: ClipboardEvent): boolean => {
      const target = event.target;
      const inside = target === document.body || (target instanceof Node && frame.current?.contains(target));
      const reading = (document.getSelection()?.toString() ?? '') !== '';
      return (
        Boolean(inside) &&
        !isTyping(event) &&
        !(reading && event.type !== 'paste') &&
        event.clipboardData !== null
      );
    };
    const onCopy = (event: ClipboardEvent) => {
      const text = ours(event) ? actions.take() : undefined;
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut') actions.remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = ours(event) ? (event.clipboardData?.getData('text/plain') ?? '') : '';
      if (text === '') return;
      event.preventDefault();
      void actions.put(text);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [frame, actions]);
  return actions;
}

/** Copies the drawing as it is shown now, for papers and slides. */
import type { RefObject } from 'react';
import { useLocale, useT } from '../locale.ts';
import { notify } from '../notice.ts';
import { huesOf } from '../ribbon/index-hues.ts';
import { useEditor } from '../session/hooks.ts';
import { diagramWords as words } from '../strings/diagram-words.ts';
import type { DiagramDrawing } from './drawing/draw-scene.ts';
import { paperPaint } from './export/diagram-look.ts';
import { diagramSvg } from './export/diagram-svg.ts';
import { diagramTikz } from './export/diagram-tikz.ts';
import { layOutDiagram } from './layout/lay-out-diagram.ts';
import { describeDiagram } from './model/describe-diagram.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';

/** What is drawn at the moment; undefined where nothing is. */
export type ShownDiagram = { readonly diagram: NetworkDiagram; readonly drawing: DiagramDrawing } | undefined;

const formats = { SVG: diagramSvg, TikZ: diagramTikz } as const;

export function CopyButtons({ shown }: { readonly shown: RefObject<ShownDiagram> }) {
  const t = useT();
  const locale = useLocale();
  const editor = useEditor();
  const copy = async (format: keyof typeof formats) => {
    if (!shown.current) return;
    const { diagram, drawing } = shown.current;
    const hues = huesOf(editor, editor.getState());
    const written = formats[format](diagram, drawing, {
      title: t(words.title),
      description: describeDiagram(diagram, layOutDiagram(diagram).forms, locale),
      paint: (axis) => paperPaint(hues, axis),
    });
    try {
      await navigator.clipboard.writeText(written);
      notify(t(words.copied, { format }));
    } catch {
      notify(t(words.notCopied));
    }
  };
  return (['SVG', 'TikZ'] as const).map((format) => (
    <button
      key={format}
      type="button"
      className="button small"
      aria-label={t(words.copyAs, { format })}
      title={t(words.copyAs, { format })}
      onClick={() => void copy(format)}
    >
      {format}
    </button>
  ));
}

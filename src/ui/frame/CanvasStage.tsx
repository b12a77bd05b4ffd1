/** The canvas with what it needs from the page; drawn anew when values come, and nothing around it. */
import type { Editor } from '../../editor/index.ts';
import { Canvas } from '../canvas/index.ts';
import { useLocale } from '../locale.ts';
import { canvas, notify, setApp, useApp } from '../store.ts';

export function CanvasStage({ editor }: { readonly editor: Editor }) {
  const locale = useLocale();
  const values = useApp((s) => s.values);
  const preview = useApp((s) => s.preview);
  const running = useApp((s) => s.run.phase === 'running' || s.run.phase === 'paused');
  return (
    <Canvas
      ref={(handle) => {
        canvas.current = handle;
      }}
      editor={editor}
      locale={locale}
      values={values}
      running={running}
      preview={preview}
      onInspect={focusInspector}
      onNotice={notify}
    />
  );
}

/** Brings the inspector forward and puts the focus on its first field. */
function focusInspector(): void {
  setApp({ sheet: 'inspector' });
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('.inspector .part :is(input, select, textarea, button)')?.focus();
  });
}

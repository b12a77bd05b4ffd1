/** The canvas with what it needs from the page; drawn anew when values come, and nothing around it. */
import { Canvas } from '../canvas/index.ts';
import { useLocale } from '../locale.ts';
import { notify } from '../notice.ts';
import { isOn } from '../run/run-state.ts';
import { useSession, useSessionState } from '../session/hooks.ts';
import { setApp } from '../store.ts';

export function CanvasStage() {
  const { editor, canvas } = useSession();
  const locale = useLocale();
  const values = useSessionState((s) => s.values);
  const preview = useSessionState((s) => s.preview);
  const running = useSessionState((s) => isOn(s.run));
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

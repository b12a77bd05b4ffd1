/** The canvas with what it needs from the page; drawn anew when values come, and nothing around it. */
import { useCallback, useMemo } from 'react';
import { Canvas } from '../canvas/index.ts';
import { tidy } from '../layout/tidy.ts';
import { useLocale } from '../locale.ts';
import { notify } from '../notice.ts';
import { isOn } from '../run/run-state.ts';
import { enterBlock, groupSelection, leaveBlock, ungroupBlock } from '../session/block-actions.ts';
import { isContraction, toggleDiagram } from '../session/diagram-actions.ts';
import { useSession, useSessionState } from '../session/hooks.ts';
import { setApp } from '../store.ts';

export function CanvasStage() {
  const session = useSession();
  const { editor, canvas } = session;
  const locale = useLocale();
  const values = useSessionState((s) => s.shown.values);
  const checks = useSessionState((s) => s.shown.checks);
  const readings = useSessionState((s) => s.shown.readings);
  const preview = useSessionState((s) => s.preview);
  const lit = useSessionState((s) => s.lit);
  const running = useSessionState((s) => isOn(s.run));
  return (
    <Canvas
      ref={(handle) => {
        canvas.current = handle;
      }}
      editor={editor}
      locale={locale}
      values={values}
      checks={useMemo(() => [...(checks ?? []), ...(readings ?? [])], [checks, readings])}
      running={running}
      preview={preview}
      lit={lit}
      blocks={useMemo(
        () => ({
          group: () => groupSelection(session),
          ungroup: (id) => ungroupBlock(session, id),
          enter: (id) => enterBlock(session, id),
          leave: () => leaveBlock(session),
        }),
        [session],
      )}
      diagrams={useMemo(() => {
        const { editor } = session;
        const pathOf = (id: string) => editor.getState().view.pathOf(id);
        return {
          has: (id) => isContraction(session, pathOf(id)),
          toggle(id) {
            const path = id === undefined ? undefined : pathOf(id);
            toggleDiagram(session, path !== undefined && isContraction(session, path) ? path : undefined);
          },
        };
      }, [session])}
      onInspect={focusInspector}
      onLookInside={useCallback(
        (id?: string) => {
          const path = id === undefined ? undefined : session.editor.getState().view.pathOf(id);
          void import('../session/inside-actions.ts').then((actions) => actions.lookInside(session, path));
        },
        [session],
      )}
      onTidy={useCallback((direction) => void tidy(session, direction), [session])}
      onNotice={notify}
    />
  );
}

/** Brings the inspector forward and puts the focus on its first field. */
function focusInspector(): void {
  setApp({ sheet: 'inspector' });
  requestAnimationFrame(() => {
    if (focusFirstField()) return;
    // The form of a first selection is still on its way.
    void import('../inspector/selection-panels.ts').then(() =>
      requestAnimationFrame(() => requestAnimationFrame(focusFirstField)),
    );
  });
}

function focusFirstField(): boolean {
  const first = document.querySelector<HTMLElement>('.inspector .part :is(input, select, textarea, button)');
  first?.focus();
  // As the Tab key does, so that what is typed takes the place of what stood there.
  if (first instanceof HTMLInputElement) first.select();
  return first !== null;
}

/** The bar at the foot of a narrow screen: which panel lies over the canvas. */
import { isError } from '../../base/diagnostic.ts';
import type { Text } from '../../base/text.ts';
import { useT } from '../locale.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { showLesson } from '../session/lesson-actions.ts';
import { type Sheet, setApp, useApp } from '../store.ts';
import { workbench } from '../strings/workbench.ts';

const lessonTab: { readonly sheet: Sheet; readonly title: Text } = {
  sheet: 'lesson',
  title: workbench.lesson,
};

const tabs: readonly { readonly sheet: Sheet; readonly title: Text }[] = [
  { sheet: 'none', title: workbench.canvas },
  { sheet: 'palette', title: workbench.nodes },
  { sheet: 'inspector', title: workbench.details },
  { sheet: 'dock', title: workbench.panel },
];

export function SheetTabs({ lesson }: { readonly lesson: boolean }) {
  const t = useT();
  const session = useSession();
  const current = useApp((s) => s.sheet);
  const told = useEditorState((s) => s.checked.diagnostics.length);
  const errors = useEditorState((s) => s.checked.diagnostics.filter(isError).length);
  return (
    <nav className="sheet-tabs" aria-label={t(workbench.panel)}>
      {(lesson ? [lessonTab, ...tabs] : tabs).map(({ sheet, title }) => (
        <button
          key={sheet}
          type="button"
          aria-pressed={sheet === current}
          onClick={() => {
            if (sheet === 'lesson') showLesson(session);
            setApp({ sheet: sheet === current ? 'none' : sheet });
          }}
        >
          {t(title)}
          {sheet === 'dock' && told > 0 && (
            <span className={errors > 0 ? 'badge bad' : 'badge warn'}>{told}</span>
          )}
        </button>
      ))}
    </nav>
  );
}

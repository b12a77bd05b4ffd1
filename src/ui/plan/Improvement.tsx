/** What the search in the background has gained, a way to do without it, and whether it may go on. */

import { useT } from '../locale.ts';
import { useEditor, useEditorState, useSessionState } from '../session/hooks.ts';
import { changeSettings, useSettings } from '../settings.ts';
import { factor } from './figures.ts';
import { gainWords } from './gain-words.ts';
import { words } from './plan-strings.ts';

export function Improvement() {
  const t = useT();
  const editor = useEditor();
  const found = useEditorState((s) => s.document.plan?.found);
  const gain = useSessionState((s) => s.gain);
  const allowed = useSettings((s) => s.improveOrders);
  const forget = () => {
    const paths = Object.fromEntries(Object.keys(found ?? {}).map((key) => [key, undefined]));
    editor.dispatch({ type: 'foundPaths', paths });
  };
  return (
    <div className="plan-improvement">
      <label>
        <input
          type="checkbox"
          checked={allowed}
          onChange={(event) => changeSettings({ improveOrders: event.target.checked })}
        />
        {t(words.improve)}
      </label>
      {found && gain > 1 && <p className="plan-gain">{t(gainWords.gain, { gain: factor(gain) })}</p>}
      {found && (
        <button type="button" className="button small" onClick={forget}>
          {t(words.forgetAll)}
        </button>
      )}
    </div>
  );
}

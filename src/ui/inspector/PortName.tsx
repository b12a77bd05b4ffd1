/** The name of a port of the block that is open. It is given by Enter or by leaving the box: every use follows. */
import { useState } from 'react';
import { portNameObstacle } from '../../editor/index.ts';
import { useT } from '../locale.ts';
import { useEditor } from '../session/hooks.ts';
import { blocks as words } from '../strings/block-words.ts';

export function PortName({ id }: { readonly id: string }) {
  const t = useT();
  const editor = useEditor();
  const [draft, setDraft] = useState<string>();
  const name = draft ?? id;
  const problem = portNameObstacle(editor.getState(), id, name);
  const take = () => {
    setDraft(undefined);
    if (name !== id && !problem) editor.dispatch({ type: 'renamePort', node: id, name });
  };
  return (
    <div className="field">
      <label htmlFor="port-name">{t(words.portName)}</label>
      <div className="draft">
        <input
          id="port-name"
          className="input"
          value={name}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby="port-name-note"
          onChange={(event) => setDraft(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') setDraft(undefined);
          }}
        />
        <p className={problem ? 'field-note bad' : 'field-note'} id="port-name-note" aria-live="polite">
          {t(problem ?? words.portNameDoc)}
        </p>
      </div>
    </div>
  );
}

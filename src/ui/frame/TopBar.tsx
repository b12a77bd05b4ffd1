/** The bar on top: the graph's name, whether it is safe, and the commands one reaches for. */

import { useEffect } from 'react';
import { visible } from '../../base/visible.ts';
import { type AppCommand, findCommand } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useT } from '../locale.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { useEditor, useEditorState, useSessionState } from '../session/hooks.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';
import { MoreMenu } from './MoreMenu.tsx';
import { LanguageSelect, ThemeButton } from './Preferences.tsx';

export function TopBar() {
  const t = useT();
  const editor = useEditor();
  const name = useEditorState((s) => s.document.name);
  const canUndo = useEditorState((s) => s.canUndo);
  const canRedo = useEditorState((s) => s.canRedo);
  useEffect(() => {
    document.title = name ? `${visible(name)} · Tensorloom` : 'Tensorloom';
    return () => {
      document.title = 'Tensorloom';
    };
  }, [name]);
  return (
    <header className="top-bar">
      <CommandButton id="gallery" icon="gallery" />
      <input
        className="document-name"
        aria-label={t(workbench.name)}
        value={name}
        maxLength={200}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => editor.dispatch({ type: 'rename', name: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <SavedSign />
      <span className="spring" />
      <div className="group">
        <CommandButton id="undo" icon="undo" disabled={!canUndo} />
        <CommandButton id="redo" icon="redo" disabled={!canRedo} />
      </div>
      <div className="group wide-only">
        <CommandButton id="open" icon="open" />
        <CommandButton id="save" icon="save" />
      </div>
      <div className="group wide-only">
        <ThemeButton />
        <LanguageSelect />
        <CommandButton id="help" label="?" />
      </div>
      <MoreMenu />
    </header>
  );
}

interface CommandButtonProps {
  readonly id: AppCommand['id'];
  readonly icon?: IconName;
  readonly label?: string;
  readonly disabled?: boolean;
}

function CommandButton({ id, icon, label, disabled = false }: CommandButtonProps) {
  const t = useT();
  const command = findCommand(id);
  const [keys] = command.keys ?? [];
  const title = keys ? `${t(command.title)} (${showKeys(keys)})` : t(command.title);
  return (
    <button
      type="button"
      className="icon-button"
      title={title}
      aria-label={t(command.title)}
      aria-keyshortcuts={keys?.replace('Mod', 'Control')}
      disabled={disabled}
      onClick={command.run}
    >
      {icon ? <Icon name={icon} /> : label}
    </button>
  );
}

function SavedSign() {
  const t = useT();
  const save = useSessionState((s) => s.save);
  const says =
    save.kind === 'failed'
      ? t(notices.notSaved, { reason: save.reason })
      : save.kind === 'partly'
        ? t(notices.stateNotKept, { reason: save.reason })
        : t(save.kind === 'saved' ? notices.saved : notices.saving);
  return (
    <span className="saved-sign" data-kind={save.kind} title={t(notices.savedHint)} role="status">
      <span className="saved-dot" />
      <span className="saved-words">{says}</span>
    </span>
  );
}

/** A search box over a list: type to narrow, arrows to move, Enter to take. */
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { search } from './search.ts';
import { useCombobox } from './use-combobox.ts';

export interface Pick {
  readonly id: string;
  readonly title: string;
  /** What is searched besides the title. */
  readonly also?: string | undefined;
  readonly glyph?: ReactNode;
  readonly note?: ReactNode;
  readonly disabled?: boolean;
  run(): void;
}

interface PickListProps {
  readonly picks: readonly Pick[];
  readonly label: string;
  readonly nothing: string;
  readonly onDone: () => void;
}

const MOST = 60;

export function PickList({ picks, label, nothing, onDone }: PickListProps) {
  const [query, setQuery] = useState('');
  const found = search(picks, query, ({ title, also }) => ({ names: [title], text: also }));
  const shown = found.slice(0, MOST);
  const take = (pick: Pick | undefined) => {
    if (!pick || pick.disabled) return;
    onDone();
    pick.run();
  };
  const { listId, chosen, choose, optionId, active, onKey } = useCombobox(shown.length, (i) =>
    take(shown[i]),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.nativeEvent.isComposing && onKey(event)) event.preventDefault();
  };

  return (
    <div className="pick">
      <input
        className="pick-input"
        // biome-ignore lint/a11y/noAutofocus: the dialog was opened to type here.
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={active}
        placeholder={label}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          choose(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="pick-list" id={listId} role="listbox" aria-label={label}>
        {shown.map((pick, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works on the box above.
          // biome-ignore lint/a11y/useFocusableInteractive: that box keeps the focus and names the active option.
          <div
            key={pick.id}
            id={optionId(i)}
            role="option"
            aria-selected={i === chosen}
            aria-disabled={pick.disabled}
            className="pick-item"
            onPointerMove={() => choose(i)}
            onClick={() => take(pick)}
          >
            <span className="pick-glyph">{pick.glyph}</span>
            <span className="pick-title">{pick.title}</span>
            <span className="pick-note">{pick.note}</span>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="pick-nothing">{nothing}</p>}
    </div>
  );
}

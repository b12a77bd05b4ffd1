/** A search box over a list: type to narrow, arrows to move, Enter to take. */
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';

export interface Pick {
  readonly id: string;
  readonly title: string;
  /** What is searched besides the title. */
  readonly also?: string;
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

/** Every word of the query stands somewhere in the pick; titles that begin with it come first. */
export function matching(picks: readonly Pick[], query: string): readonly Pick[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return picks;
  const rank = (pick: Pick) => (pick.title.toLowerCase().startsWith(words[0] as string) ? 0 : 1);
  return picks
    .filter((pick) => {
      const text = `${pick.title} ${pick.also ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}

export function PickList({ picks, label, nothing, onDone }: PickListProps) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const shown = matching(picks, query).slice(0, MOST);

  const take = (pick: Pick | undefined) => {
    if (!pick || pick.disabled) return;
    onDone();
    pick.run();
  };
  const move = (to: number) => {
    const next = (to + shown.length) % Math.max(1, shown.length);
    setChosen(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(chosen + 1);
    else if (event.key === 'ArrowUp') move(chosen - 1);
    else if (event.key === 'Enter') take(shown[chosen]);
    else return;
    event.preventDefault();
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
        aria-controls={`${id}-list`}
        aria-activedescendant={shown.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder={label}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="pick-list" id={`${id}-list`} role="listbox" aria-label={label}>
        {shown.map((pick, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works on the box above.
          // biome-ignore lint/a11y/useFocusableInteractive: that box keeps the focus and names the active option.
          <div
            key={pick.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            aria-disabled={pick.disabled}
            className="pick-item"
            onPointerMove={() => setChosen(i)}
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

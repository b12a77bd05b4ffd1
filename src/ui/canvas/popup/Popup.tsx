/**
 * A list that opens on the canvas: the node search, the ports to connect to. Type to narrow it where there is
 * much to choose from, arrows to move, Enter to take, Esc to leave.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Point } from '../../../editor/index.ts';
import { search } from '../../parts/search.ts';
import { useCombobox } from '../../parts/use-combobox.ts';
import { useCloseOutside, useInside } from './use-inside.ts';

export interface Choice {
  readonly key: string;
  readonly title: string;
  /** Said beside it, quietly: a shortcut, a reason. */
  readonly hint?: string;
  readonly glyph?: string;
  /** A category, for the colour of the glyph. */
  readonly tint?: string;
  /** By which it is found; by its title, if nothing else is said. */
  readonly names?: readonly string[];
  /** Other names, met from their beginning. */
  readonly also?: readonly string[];
  /** Shown only when it is asked for. */
  readonly isAsked?: boolean;
  readonly quiet?: boolean;
}

interface PopupProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Of its upper left corner, within the canvas. */
  readonly at: Point;
  readonly searchable?: boolean;
  readonly nothing: string;
  /** What the query itself asks for: it stands first. */
  written?(query: string): Choice | undefined;
  onChoose(key: string): void;
  onClose(): void;
}

/** The element that takes the focus at first; what had it before gets it back at the end. */
function useBorrowedFocus() {
  const focus = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    focus.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return focus;
}

export function Popup({
  label,
  choices,
  at,
  searchable = false,
  nothing,
  written,
  onChoose,
  onClose,
}: PopupProps) {
  const [query, setQuery] = useState('');
  const [frame, place] = useInside(at);
  useCloseOutside(frame, onClose);
  const focus = useBorrowedFocus();
  const isAsked = query.trim() !== '';
  const found = search(
    isAsked ? choices : choices.filter((choice) => !choice.isAsked),
    query,
    ({ title, names = [title], also = [] }) => ({ names, also }),
  );
  const first = isAsked ? written?.(query) : undefined;
  const shown = first ? [first, ...found] : found;
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    onChoose(choice.key);
  };
  const { listId, chosen, choose, optionId, active, onKey } = useCombobox(shown.length, (i) =>
    take(shown[i]),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === ' ' && !searchable) take(shown[chosen]);
    else if (!onKey(event)) return;
    event.preventDefault();
  };
  const keep = (element: HTMLElement | null) => {
    focus.current = element;
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the list does nothing but close it. */}
      <div className="tl-popup-shade" onContextMenu={(e) => e.preventDefault()} />
      <div className="tl-popup" ref={frame} style={{ left: place.x, top: place.y }}>
        {searchable && (
          <input
            ref={keep}
            className="tl-popup-input"
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
        )}
        <div
          className="tl-popup-list"
          id={listId}
          role="listbox"
          aria-label={label}
          {...(!searchable && { ref: keep, tabIndex: -1, onKeyDown, 'aria-activedescendant': active })}
        >
          {shown.map((choice, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works on the list as a whole.
            <div
              key={choice.key}
              id={optionId(i)}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              className={`tl-choice${choice.quiet ? ' tl-choice-quiet' : ''}`}
              onPointerMove={() => choose(i)}
              onClick={() => take(choice)}
            >
              {choice.glyph !== undefined && (
                <span className={`tl-choice-glyph tl-tint-${choice.tint ?? 'unknown'}`}>{choice.glyph}</span>
              )}
              <span className="tl-choice-title">{choice.title}</span>
              {choice.hint && <span className="tl-choice-hint">{choice.hint}</span>}
            </div>
          ))}
        </div>
        {shown.length === 0 && <p className="tl-popup-nothing">{nothing}</p>}
      </div>
    </>
  );
}

/**
 * A context menu: arrows walk through it and around its ends, letters go to what begins with them, Enter or a
 * blank takes, Esc leaves. What had the focus before gets it back.
 */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Point } from '../../../editor/index.ts';
import { useCloseOutside, useInside } from './use-inside.ts';

export interface MenuItem {
  readonly key: string;
  readonly title: string;
  /** The keys that do the same. */
  readonly hint: string;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Of its upper left corner, within the canvas. */
  readonly at: Point;
  onChoose(key: string): void;
  onClose(): void;
}

/** Letters that follow one another faster, in milliseconds, are looked for together. */
const pause = 600;

/** Where letters that are typed lead from an item: a letter typed again goes on to the next that begins with it. */
export function typedTo(titles: readonly string[], typed: string, from: number): number {
  const letters = typed.toLowerCase();
  const isOne = [...letters].every((letter) => letter === letters[0]);
  const wanted = isOne ? (letters[0] ?? '') : letters;
  const start = isOne ? from + 1 : from;
  const order = titles.map((_, k) => (start + k) % titles.length);
  return order.find((k) => titles[k]?.toLowerCase().startsWith(wanted)) ?? -1;
}

export function Menu({ label, items, at, onChoose, onClose }: MenuProps) {
  const [frame, place] = useInside(at);
  useCloseOutside(frame, onClose);
  const typed = useRef({ letters: '', at: 0 });
  const entries = () => [...(frame.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const focus = (k: number) =>
    entries()
      .at(k % items.length)
      ?.focus();

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens.
  useEffect(() => {
    const before = document.activeElement;
    focus(0);
    return () => {
      if (before instanceof HTMLElement || before instanceof SVGElement)
        if (before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  const take = (key: string) => {
    onClose();
    onChoose(key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key.length > 1) typed.current.letters = '';
    const here = entries().indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') focus(here + 1);
    else if (event.key === 'ArrowUp') focus(here - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const goesOn = event.timeStamp - typed.current.at < pause;
      typed.current = {
        letters: (goesOn ? typed.current.letters : '') + event.key,
        at: event.timeStamp,
      };
      const titles = items.map(({ title }) => title);
      const next = typedTo(titles, typed.current.letters, here);
      if (next >= 0) focus(next);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the menu does nothing but close it. */}
      <div className="tl-popup-shade" onContextMenu={(e) => e.preventDefault()} />
      <div
        className="tl-popup tl-menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        ref={frame}
        style={{ left: place.x, top: place.y }}
        onKeyDown={onKeyDown}
      >
        {items.map(({ key, title, hint }) => (
          <button
            key={key}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="tl-choice"
            onPointerMove={(event) => event.currentTarget.focus()}
            onClick={() => take(key)}
          >
            <span className="tl-choice-title">{title}</span>
            {hint !== '' && <span className="tl-choice-hint">{hint}</span>}
          </button>
        ))}
      </div>
    </>
  );
}

/** Stands in for a list that is still fetched: what is typed meanwhile is held, and typed into the list when it is there. */
import { useEffect } from 'react';

/** Frames to wait for the list to take the focus once it is there. */
const patience = 60;

export function HeldKeys() {
  useEffect(() => {
    const handOver = hold();
    return () => void handOver();
  }, []);
  return null;
}

/** Holds every key from now on; what it returns hands them over. */
function hold(): () => Promise<void> {
  const held: string[] = [];
  const take = (event: KeyboardEvent) => {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event.key);
  };
  window.addEventListener('keydown', take, true);

  return async () => {
    for (let frames = patience; frames > 0 && !listWithFocus(); frames--) await nextFrame();
    for (let key = held.shift(); key !== undefined; key = held.shift()) {
      press(key);
      // What a key changes stands before the next one acts on it.
      await nextFrame();
    }
    window.removeEventListener('keydown', take, true);
  };
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const listWithFocus = (): Element | undefined =>
  document.activeElement?.matches('[role=combobox], [role=listbox]') ? document.activeElement : undefined;

/** As if it were pressed now. */
function press(key: string): void {
  // The one way to write into a field that counts as typing; no browser means to drop it.
  if (key.length === 1) document.execCommand('insertText', false, key);
  else listWithFocus()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  // Of its own accord a dialog closes only for a key that was really pressed.
  if (key === 'Escape')
    listWithFocus()
      ?.closest('dialog')
      ?.dispatchEvent(new Event('cancel', { cancelable: true }));
}

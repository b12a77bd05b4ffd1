/**
 * Keys as data: `Mod+Shift+Z` matches an event and can be shown. Mod is Ctrl, and ⌘ on a Mac.
 */
const mac = /Mac|iPhone|iPad/.test(navigator.platform);

const named: Readonly<Record<string, string>> = mac
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩', Delete: '⌦', Backspace: '⌫' }
  : { Mod: 'Ctrl', Enter: 'Enter', Delete: 'Del' };

/** How the keys are written for a person: `Ctrl+Shift+Z`, or `⇧⌘Z`. */
export function showKeys(keys: string): string {
  const parts = keys.split('+').map((part) => named[part] ?? part);
  return parts.join(mac ? '' : '+');
}

export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const mod = mac ? event.metaKey : event.ctrlKey;
  const foreign = mac ? event.ctrlKey : event.metaKey;
  return (
    !foreign &&
    event.altKey === parts.includes('Alt') &&
    mod === parts.includes('Mod') &&
    // "?" needs Shift on most keyboards, and says so itself.
    (event.shiftKey === parts.includes('Shift') || key === '?') &&
    event.key.toLowerCase() === key.toLowerCase()
  );
}

/** Whether the event belongs to somebody who is typing. */
export function isTyping(event: Event): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox]), textarea');
}

/** Whether Page Up and Page Down do something of their own where the focus is: in a line of text they do nothing. */
export function isPaging({ target }: Event): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, [type=range]'))
  );
}

/**
 * Drafts: texts that storage has not taken yet when the page is left or hidden. They are put away at once, in
 * the one storage of a browser that does not let a page wait, and stay until a later write has made them whole.
 */
import { z } from 'zod';
import type { Pending } from './autosave.ts';
import type { Head } from './database.ts';

const PREFIX = 'tensorloom.draft.';

const schema = z.object({ id: z.string(), revision: z.int(), tab: z.string(), text: z.string() });

/** Whether there was room for it. */
export function putAway(draft: Pending): boolean {
  try {
    localStorage.setItem(PREFIX + draft.id, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function draftOf(id: string): Pending | undefined {
  try {
    return schema.safeParse(JSON.parse(localStorage.getItem(PREFIX + id) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

export function forgetDraft(id: string): void {
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // Storage that is blocked holds no draft.
  }
}

/** Documents that have a draft. */
export function draftIds(): readonly string[] {
  try {
    return Object.keys(localStorage).flatMap((key) =>
      key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [],
    );
  } catch {
    return [];
  }
}

/**
 * What a draft is beside what storage holds: the newer of one tab's texts; behind it; or a copy, since another
 * tab has written meanwhile.
 */
export function standingOf(
  draft: Pending,
  kept: { readonly head: Pick<Head, 'revision' | 'tab'>; readonly text: string } | undefined,
): 'newer' | 'behind' | 'copy' {
  if (!kept) return 'newer';
  const { revision, tab } = kept.head;
  if (draft.text === kept.text) return 'behind';
  if (revision <= draft.revision) return 'newer';
  if (tab !== draft.tab) return 'copy';
  // The write that was under way when the draft was put away may have had an older text.
  return revision === draft.revision + 1 ? 'newer' : 'behind';
}

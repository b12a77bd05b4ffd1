/**
 * What the user prefers, remembered in this browser: language, theme, the dock. Storage that is blocked
 * or broken costs only the remembering.
 */
import { z } from 'zod';
import { create } from 'zustand';
import type { Locale } from '../base/text.ts';

export const themes = ['system', 'light', 'dark'] as const;
export const dockTabs = ['problems', 'plan', 'run', 'values', 'pictures', 'use'] as const;
export type DockTab = (typeof dockTabs)[number];

const KEY = 'tensorloom.settings';

const schema = z.object({
  theme: z.enum(themes).catch('system'),
  locale: z.enum(['en', 'zh']).catch(() => preferredLocale()),
  dockOpen: z.boolean().catch(false),
  /** Threads that a run computes with: one, or more where that pays, unless a number is chosen. */
  threads: z.union([z.literal('auto'), z.int().min(1).max(64)]).catch('auto'),
  /** Whether better contraction paths are looked for in the background. */
  improveOrders: z.boolean().catch(true),
  dockTab: z.enum(dockTabs).catch('problems'),
});

export type Settings = z.output<typeof schema>;

const preferredLocale = (): Locale => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** What was chosen on an earlier visit; whatever else stands there counts for nothing. */
function stored(): Settings {
  let value: unknown;
  try {
    value = JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    // Blocked, or not JSON.
  }
  return schema.safeParse(value).data ?? schema.parse({});
}

export const useSettings = create<Settings>()(stored);

export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(useSettings.getState()));
  } catch {
    // The choice holds for this visit.
  }
}

const prefersDark = () => matchMedia('(prefers-color-scheme: dark)');

/** The theme that is shown: the system's unless the user chose. */
export const shownTheme = (theme: Settings['theme']): 'light' | 'dark' =>
  theme === 'system' ? (prefersDark().matches ? 'dark' : 'light') : theme;

/** Keeps the root element's theme and language as the settings say. Called once, for good. */
export function applySettings(): void {
  const apply = () => {
    const { theme, locale } = useSettings.getState();
    document.documentElement.dataset.theme = shownTheme(theme);
    document.documentElement.lang = locale === 'zh' ? 'zh-Hans' : 'en';
  };
  apply();
  useSettings.subscribe(apply);
  prefersDark().addEventListener('change', apply);
}

/**
 * Everything the frame can be told to do, once: the keyboard, the command palette, the buttons and the
 * help all read this list.
 */
import type { Text } from '../base/text.ts';
import { goToRegion } from './frame/regions.ts';
import { isPaging, isTyping, matchesKeys } from './keys.ts';
import { tidy } from './layout/tidy.ts';
import { fetched } from './parts/fetched.ts';
import type { DocumentSession } from './session/document-session.ts';
import { openEmpty, openGallery } from './session/documents.ts';
import { openFilePicker, saveFile, saveState } from './session/files.ts';
import { isLesson, toggleLesson, toggleTeaching } from './session/lesson-actions.ts';
import { selectedBlock } from './session/selected-block.ts';
import { changeSettings, type DockTab, shownTheme, useSettings } from './settings.ts';
import { app, type Overlay, setApp } from './store.ts';
import { commandNames } from './strings/command-names.ts';

export interface AppCommand {
  readonly id: keyof typeof commandNames;
  readonly title: Text;
  /** The first is shown on buttons. */
  readonly keys?: readonly string[];
  /** Works on the gallery too, where no document is open. */
  readonly anywhere?: boolean;
  /** Leaves the key to a text box that has the focus. */
  readonly notTyping?: boolean;
  /** Leaves the key to what it pages through: a text of several lines, a slider. */
  readonly notPaging?: boolean;
  enabled?(): boolean;
  run(): void;
}

const editorState = () => app().session?.editor.getState();
const withSession = (act: (session: DocumentSession) => unknown): void => {
  const { session } = app();
  if (session) void act(session);
};
// The gallery does without the editor.
const blocks = fetched(() => import('./session/block-actions.ts'));
const diagrams = fetched(() => import('./session/diagram-actions.ts'));

/** For the screen of a document: what its keys do. */
export function fetchSessionCommands(): void {
  blocks.early();
  diagrams.early();
}

const hasLesson = () => app().session !== undefined && isLesson(app().session as DocumentSession);
const isInLesson = () => app().session?.lesson.current != null;
const toggleOverlay = (overlay: Overlay) =>
  setApp({ overlay: app().overlay?.kind === overlay.kind ? undefined : overlay });
const phase = () => app().session?.state.getState().run.phase ?? 'idle';
const isOn = () => ['running', 'paused'].includes(phase());

function showTab(dockTab: DockTab): void {
  changeSettings({ dockOpen: true, dockTab });
  setApp({ sheet: 'dock' });
}

const command = (id: AppCommand['id'], rest: Omit<AppCommand, 'id' | 'title'>): AppCommand => ({
  id,
  title: commandNames[id],
  ...rest,
});

export const commands: readonly AppCommand[] = [
  command('run', {
    keys: ['Mod+Enter'],
    enabled: () => phase() !== 'running',
    run: () => app().session?.run.start(),
  }),
  command('goOn', {
    keys: ['Mod+Alt+Enter'],
    enabled: () => phase() !== 'running' && app().session?.state.getState().trained !== undefined,
    run: () => app().session?.run.goOn(),
  }),
  command('stop', {
    keys: ['Mod+Shift+Enter'],
    enabled: isOn,
    run: () => app().session?.run.stop(),
  }),
  command('pause', {
    enabled: isOn,
    run: () => (phase() === 'paused' ? app().session?.run.resume() : app().session?.run.pause()),
  }),
  command('undo', {
    keys: ['Mod+Z'],
    notTyping: true,
    enabled: () => editorState()?.canUndo === true,
    run: () => app().session?.editor.undo(),
  }),
  command('redo', {
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    notTyping: true,
    enabled: () => editorState()?.canRedo === true,
    run: () => app().session?.editor.redo(),
  }),
  command('group', {
    keys: ['Mod+G'],
    notTyping: true,
    run: () => withSession((s) => blocks.with((m) => m.groupSelection(s))),
  }),
  command('ungroup', {
    keys: ['Mod+Shift+G'],
    notTyping: true,
    run: () => withSession((s) => blocks.with((m) => m.ungroupBlock(s))),
  }),
  command('enter', {
    enabled: () =>
      app().session !== undefined && selectedBlock(app().session as DocumentSession) !== undefined,
    run: () => withSession((s) => blocks.with((m) => m.enterBlock(s))),
  }),
  command('leave', {
    enabled: () => (editorState()?.view.way.length ?? 0) > 0,
    run: () => withSession((s) => blocks.with((m) => m.leaveBlock(s))),
  }),
  command('save', { keys: ['Mod+S'], run: () => void saveFile() }),
  command('saveState', {
    enabled: () => app().session?.state.getState().trained !== undefined,
    run: () => void saveState(),
  }),
  command('open', { keys: ['Mod+O'], anywhere: true, run: openFilePicker }),
  command('addData', {
    anywhere: true,
    run: () => void import('./data/open-data.ts').then(({ chooseData }) => chooseData()),
  }),
  command('saveBundle', {
    run: () => withSession(async (s) => (await import('./data/save-bundle.ts')).saveBundle(s)),
  }),
  command('exportTorch', { run: () => toggleOverlay({ kind: 'exportTorch' }) }),
  command('gallery', { run: () => void openGallery() }),
  command('empty', { anywhere: true, run: () => void openEmpty() }),
  command('commands', { keys: ['Mod+K'], run: () => toggleOverlay({ kind: 'commands' }) }),
  command('find', { keys: ['Mod+F'], run: () => toggleOverlay({ kind: 'find' }) }),
  command('help', {
    keys: ['?'],
    anywhere: true,
    notTyping: true,
    run: () => toggleOverlay({ kind: 'help' }),
  }),
  command('inside', {
    run: () => withSession(async (s) => (await import('./session/inside-actions.ts')).lookInside(s)),
  }),
  command('tidyRight', { run: () => withSession((session) => void tidy(session, 'right')) }),
  command('tidyDown', { run: () => withSession((session) => void tidy(session, 'down')) }),
  command('network', { run: () => withSession((s) => diagrams.with((m) => m.toggleDiagram(s))) }),
  command('lesson', { enabled: hasLesson, run: () => withSession(toggleLesson) }),
  command('nextStep', {
    keys: ['PageDown'],
    notPaging: true,
    enabled: isInLesson,
    run: () => app().session?.lesson.current?.next(),
  }),
  command('previousStep', {
    keys: ['PageUp'],
    notPaging: true,
    enabled: isInLesson,
    run: () => app().session?.lesson.current?.back(),
  }),
  command('editLesson', {
    run: () => setApp({ editingLesson: !app().editingLesson, teaching: false, sheet: 'lesson' }),
  }),
  command('teach', {
    keys: ['Mod+Shift+L'],
    enabled: hasLesson,
    run: () => withSession(toggleTeaching),
  }),
  command('fit', { run: () => app().session?.canvas.current?.fit() }),
  command('nextRegion', { keys: ['F6'], run: () => withSession((s) => goToRegion(s, 1)) }),
  command('previousRegion', { keys: ['Shift+F6'], run: () => withSession((s) => goToRegion(s, -1)) }),
  command('problems', { run: () => showTab('problems') }),
  command('runTab', { run: () => showTab('run') }),
  command('values', { run: () => showTab('values') }),
  command('dock', { run: () => changeSettings({ dockOpen: !useSettings.getState().dockOpen }) }),
  command('theme', {
    anywhere: true,
    run: () =>
      changeSettings({ theme: shownTheme(useSettings.getState().theme) === 'dark' ? 'light' : 'dark' }),
  }),
  command('language', {
    anywhere: true,
    run: () => changeSettings({ locale: useSettings.getState().locale === 'en' ? 'zh' : 'en' }),
  }),
];

export const findCommand = (id: AppCommand['id']): AppCommand => {
  const found = commands.find((c) => c.id === id);
  if (!found) throw new Error(`internal: no command ${id}`);
  return found;
};

const available = (c: AppCommand): boolean =>
  (c.anywhere || app().session !== undefined) && c.enabled?.() !== false;

/** Listens for the keys of all commands. Called once. */
export function listenForKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const found = commands.find((c) => c.keys?.some((keys) => matchesKeys(event, keys)));
    if (!found || (found.notTyping && isTyping(event)) || (found.notPaging && isPaging(event))) return;
    // A dialog keeps the page behind it still; only what opened it may close it.
    const { overlay } = app();
    if (overlay && overlay.kind !== found.id) return;
    const acts = available(found);
    // The page scrolls by these where there is no lesson.
    if (!acts && found.keys?.includes(event.key)) return;
    // The key is ours even when there is nothing to do: the browser's own Save or Find would surprise.
    event.preventDefault();
    if (acts) found.run();
  });
}

export const availableCommands = (): readonly AppCommand[] => commands.filter(available);

/**
 * Opening documents: from a template, from a file, from what this browser keeps. Each gets an editor and
 * an autosave of its own. The address holds its id (`#doc=…`), so that a reload or the browser's Back
 * finds it again.
 */

import { type Block, emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import type { Template } from '../../../templates/index.ts';
import type { Text } from '../../base/text.ts';
import { readDocument } from '../../compiler/read-document.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { type Head, type KeptState, openStore } from '../persistence/database.ts';
import { trains } from '../run/run-control.ts';
import { changeSettings } from '../settings.ts';
import { app, setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';
import { createDocumentSession } from './document-session.ts';

const store = openStore();
const DRAFT = 'tensorloom.draft';
/** Unchanged templates are kept for a reload only, this many milliseconds. */
const UNEDITED_LIFE = 24 * 3600 * 1000;

const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(9)), (b) => (b % 36).toString(36)).join('');

const tab = randomId();

function begin(
  document: GraphDocument,
  head: Pick<Head, 'id' | 'revision' | 'edited'>,
  kept?: KeptState,
): void {
  app().session?.close();
  const session = createDocumentSession({
    document,
    head,
    kept,
    store,
    tab,
    newId: randomId,
    onFork(id) {
      if (app().session === session) history.replaceState(null, '', address(id));
      notify(sayNow(notices.forked));
    },
  });
  setApp({ session, sheet: 'none', overlay: undefined });
  if (location.hash !== address(head.id)) history.pushState(null, '', address(head.id));
}

const address = (id: string) => `#doc=${id}`;
const idInAddress = (): string | undefined => /^#doc=([a-z0-9]+)$/.exec(location.hash)?.[1];

export function openDocument(document: GraphDocument): void {
  begin(document, { id: randomId(), revision: 0, edited: true });
}

export function openEmpty(): void {
  const named = emptyDocument(sayNow(workbench.untitled));
  begin(named, { id: randomId(), revision: 0, edited: false });
  changeSettings({ dockOpen: false });
}

/** A template's labels, and the names and descriptions of its blocks, in the language of the page. */
function inWords(document: GraphDocument, words: readonly Text[]): GraphDocument {
  const said = new Map(words.map((word) => [word.en, sayNow(word)]));
  const word = (english: string) => said.get(english) ?? english;
  const labelled = (nodes: GraphDocument['nodes']) =>
    Object.fromEntries(
      Object.entries(nodes).map(([id, node]) => [
        id,
        node.label === undefined ? node : { ...node, label: word(node.label) },
      ]),
    );
  const named = ({ name, description, ...block }: Block): Block => ({
    ...(name !== undefined && { name: word(name) }),
    ...(description !== undefined && { description: word(description) }),
    ...block,
    nodes: labelled(block.nodes),
  });
  const blocks = Object.fromEntries(Object.entries(document.blocks).map(([id, b]) => [id, named(b)]));
  return { ...document, nodes: labelled(document.nodes), blocks };
}

export async function openTemplate(template: Template): Promise<void> {
  try {
    const document = inWords(await template.load(), template.words);
    const told = { name: sayNow(template.title), description: sayNow(template.sentence) };
    begin({ ...document, ...told }, { id: randomId(), revision: 0, edited: false });
    const state = app().session?.editor.getState();
    // What is new is seen whole: the panel opens when there is something to tell.
    if (state) changeSettings({ dockOpen: false, dockTab: trains(state) ? 'run' : 'values' });
  } catch (error) {
    notify(sayNow(notices.templateFailed, { detail: String(error) }));
  }
}

/** A file's text: opened when it is good; else the dialog says what is wrong and all stays as it was. */
export function openText(text: string, file: string): void {
  const { value, diagnostics } = readDocument(text);
  if (!value) {
    setApp({ overlay: { kind: 'badFile', file, diagnostics } });
    return;
  }
  openDocument(value);
  notify(sayNow(notices.opened, { name: value.name || file }));
}

/** Opens what this browser keeps under an id; false when there is nothing whole. */
export async function openKept(id: string): Promise<boolean> {
  const kept = await store.read(id).catch(() => undefined);
  const draft = takeDraft(id);
  // The draft is what the page could not put away before it was left; it counts unless another tab wrote since.
  const newest = draft && (kept?.head.revision ?? 0) <= draft.revision + 1 ? draft.text : kept?.text;
  const { value } = newest === undefined ? {} : readDocument(newest);
  if (!value) return false;
  const edited = draft ? true : (kept?.head.edited ?? true);
  begin(value, { id, revision: kept?.head.revision ?? 0, edited }, kept?.state);
  return true;
}

export function openGallery(): void {
  app().session?.close();
  setApp({ session: undefined, sheet: 'none', overlay: undefined });
  if (location.hash) history.pushState(null, '', location.pathname + location.search);
}

/** The documents of this browser that hold somebody's work, the newest first. */
export async function recentDocuments(): Promise<readonly Head[]> {
  const heads = await store.list().catch(() => []);
  const stale = heads.filter((h) => !h.edited && Date.now() - h.savedAt > UNEDITED_LIFE);
  await Promise.all(stale.map((h) => store.forget(h.id).catch(() => undefined)));
  return heads.filter((h) => h.edited);
}

export const forgetDocument = (id: string): Promise<void> => store.forget(id);

function takeDraft(id: string): { readonly revision: number; readonly text: string } | undefined {
  try {
    const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? 'null');
    sessionStorage.removeItem(DRAFT);
    return draft?.id === id ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Leaving the page does not wait for IndexedDB: what is pending goes to the tab's own storage at once. */
function putAway(): void {
  const autosave = app().session?.autosave;
  const pending = autosave?.pending();
  void autosave?.flush();
  try {
    if (pending) sessionStorage.setItem(DRAFT, JSON.stringify(pending));
  } catch {
    // Too large or blocked: the flush under way is what there is.
  }
}

/** Opens what the address asks for, and follows it. Called once. */
export async function startSessions(): Promise<void> {
  const follow = async () => {
    const id = idInAddress();
    if (id === undefined) {
      if (app().session) openGallery();
      return;
    }
    if (id === app().session?.state.getState().id || (await openKept(id))) return;
    notify(sayNow(notices.restoreFailed));
    history.replaceState(null, '', location.pathname + location.search);
    openGallery();
  };
  addEventListener('popstate', () => void follow());
  addEventListener('pagehide', putAway);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') putAway();
  });
  await follow();
}

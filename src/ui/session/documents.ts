/**
 * Opening documents: from a template, from a file, from what this browser keeps. Each gets an editor and
 * an autosave of its own. The address holds its id (`#doc=…`), so that a reload or the browser's Back
 * finds it again.
 */

import { type Block, emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import type { Template } from '../../../templates/template.ts';
import type { Outcome } from '../../base/diagnostic.ts';
import { recordOf } from '../../base/record.ts';
import type { Text } from '../../base/text.ts';
import { beginLesson } from '../lesson/lesson-progress.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { type OpenedHead, reasonOf } from '../persistence/autosave.ts';
import { type Head, type Kept, openStore } from '../persistence/database.ts';
import { draftIds, draftOf, forgetDraft, standingOf } from '../persistence/drafts.ts';
import { changeSettings } from '../settings.ts';
import { app, setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';
import type { DocumentSession, StoredText } from './document-session.ts';
import { askBeforeLeaving, watchLeaving } from './leaving.ts';
import { hasSteps } from './lesson-actions.ts';
import { type LessonAddress, readLessonAddress } from './lesson-address.ts';

const store = openStore(() => notify(sayNow(notices.storageHeld)));
/** Unchanged templates are kept for a reload only, this many milliseconds. */
const UNEDITED_LIFE = 24 * 3600 * 1000;

/** Reads a document by the node types that it has, which are fetched first: the gallery starts without any. */
async function read(text: string): Promise<Outcome<GraphDocument>> {
  const [{ fetchTypes }, { readDocument }] = await Promise.all([
    import('../../catalogue/packs.ts'),
    import('../../compiler/read-document.ts'),
  ]);
  // Types that cannot be had are told at the nodes; the document is opened all the same.
  await fetchTypes(text)?.catch(() => undefined);
  return readDocument(text);
}

const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(9)), (b) => (b % 36).toString(36)).join('');

const tab = randomId();

/** Documents that are being closed: what they have to save is still under way. */
const closing = new Set<Promise<void>>();
/** Counts what was asked to be opened: only the last counts. */
let asked = 0;

function close(session: DocumentSession | undefined): void {
  const closed = session?.close();
  if (!closed) return;
  closing.add(closed);
  void closed.finally(() => closing.delete(closed));
}

/** Opens it in the place of what is open, unless the user stays there: then false. */
async function begin(document: GraphDocument, head: OpenedHead, stored?: StoredText): Promise<boolean> {
  const { createDocumentSession } = await import('./document-session.ts');
  if (!(await askBeforeLeaving())) return false;
  asked++;
  close(app().session);
  const session = createDocumentSession({
    document,
    head,
    stored,
    store,
    tab,
    newId: randomId,
    onFork(id) {
      if (app().session === session) history.replaceState(null, '', address(id));
      notify(sayNow(notices.forked));
    },
  });
  const lesson = hasSteps(document);
  setApp({
    session,
    sheet: lesson ? 'lesson' : 'none',
    teaching: lesson && app().teaching,
    editingLesson: false,
    overlay: undefined,
  });
  // A link to a lesson would open it anew when somebody comes back to it.
  if (readLessonAddress(location.hash)) history.replaceState(null, '', address(head.id));
  else if (location.hash !== address(head.id)) history.pushState(null, '', address(head.id));
  return true;
}

const address = (id: string) => `#doc=${id}`;
const idInAddress = (): string | undefined => /^#doc=([a-z0-9]+)$/.exec(location.hash)?.[1];
const newHead = (edited: boolean): OpenedHead => ({ id: randomId(), revision: 0, edited });

export const openDocument = (document: GraphDocument): Promise<boolean> => begin(document, newHead(true));

export async function openEmpty(): Promise<void> {
  const named = emptyDocument(sayNow(workbench.untitled));
  if (await begin(named, newHead(false))) changeSettings({ dockOpen: false });
}

/** A template's labels, and the names and descriptions of its blocks, in the language of the page. */
function inWords(document: GraphDocument, words: readonly Text[]): GraphDocument {
  const said = new Map(words.map((word) => [word.en, sayNow(word)]));
  const word = (english: string) => said.get(english) ?? english;
  const labelled = (nodes: GraphDocument['nodes']) =>
    recordOf(
      Object.entries(nodes).map(([id, node]) => [
        id,
        {
          ...node,
          ...(node.label !== undefined && { label: word(node.label) }),
          // What a picture calls its curves.
          ...(typeof node.params.names === 'string' && {
            params: { ...node.params, names: node.params.names.split(', ').map(word).join(', ') },
          }),
        },
      ]),
    );
  const named = ({ name, description, ...block }: Block): Block => ({
    ...(name !== undefined && { name: word(name) }),
    ...(description !== undefined && { description: word(description) }),
    ...block,
    nodes: labelled(block.nodes),
  });
  const blocks = recordOf(Object.entries(document.blocks).map(([id, b]) => [id, named(b)]));
  return { ...document, nodes: labelled(document.nodes), blocks };
}

/** `step`: of a lesson, the one that it opens at. */
export async function openTemplate(template: Template, step = ''): Promise<void> {
  const mine = ++asked;
  try {
    const document = inWords(await template.load(), template.words);
    await keepFilesOf(document, template.files);
    if (mine !== asked) return;
    const told = { name: sayNow(template.title), description: sayNow(template.sentence) };
    const head = newHead(false);
    if (hasSteps(document)) beginLesson(template.name, head.id, step);
    if (!(await begin({ ...document, ...told }, head))) return;
    const state = app().session?.editor.getState();
    const { trains } = await import('../run/run-control.ts');
    // What is new is seen whole: the panel opens when there is something to tell.
    if (state) changeSettings({ dockOpen: false, dockTab: trains(state) ? 'run' : 'values' });
  } catch (error) {
    notify(sayNow(notices.templateFailed, { detail: String(error) }));
  }
}

/** Files that a document's data are read from are kept by this browser before it is opened. */
async function keepFilesOf({ data }: GraphDocument, files: Template['files']): Promise<void> {
  if (Object.keys(files).length === 0) return;
  const { keepDataFiles } = await import('../data/keep-files.ts');
  await keepDataFiles(data, files);
}

/** A file's text: opened when it is good; else the dialog says what is wrong and all stays as it was. */
export async function openText(text: string, file: string, files: Template['files'] = {}): Promise<void> {
  const { value, diagnostics } = await read(text);
  if (!value) return setApp({ overlay: { kind: 'badFile', file, diagnostics } });
  await keepFilesOf(value, files);
  if (await openDocument(value)) notify(sayNow(notices.opened, { name: value.name || file }));
}

/** What came of opening what this browser keeps. `unreadable` is told in a dialog, `refused` by a sentence. */
type OpenedKept = 'opened' | 'overtaken' | 'stayed' | 'absent' | 'unreadable' | 'refused';

/** Opens what this browser keeps under an id: the draft, where that is newer. */
export async function openKept(id: string): Promise<OpenedKept> {
  const mine = ++asked;
  await Promise.all(closing);
  let kept: Kept | undefined;
  try {
    kept = await store.read(id);
  } catch (error) {
    if (!draftOf(id)) {
      notify(sayNow(notices.keptUnreached, { reason: sayNow(reasonOf(error)) }));
      return 'refused';
    }
  }
  if (mine !== asked) return 'overtaken';
  const draft = draftOf(id);
  const standing = draft && standingOf(draft, kept);
  const drafted = draft && standing !== 'behind' ? await read(draft.text) : undefined;
  // A draft that cannot be read does not stand in the way of what can.
  const text = drafted && (drafted.value || !kept) ? draft?.text : kept?.text;
  if (text === undefined) return 'absent';
  const { value, diagnostics } = drafted?.value ? drafted : await read(text);
  if (!value) {
    // It stays where it is: a newer page may read it, and its text can be had.
    setApp({ overlay: { kind: 'badFile', file: kept?.head.name || id, diagnostics, text } });
    return 'unreadable';
  }
  if (drafted?.value && standing === 'copy') {
    const opened = await begin(value, newHead(true));
    if (opened) forgetDraft(id);
    if (opened) notify(sayNow(notices.forked));
    return opened ? 'opened' : 'stayed';
  }
  const { revision = 0, edited = true, stateRevision } = kept?.head ?? {};
  const head = { id, revision, edited: edited || drafted?.value !== undefined, stateRevision };
  const stored = kept && { text: kept.text, isWhole: !drafted?.value, state: kept.state };
  return (await begin(value, head, stored)) ? 'opened' : 'stayed';
}

export async function openGallery(): Promise<void> {
  if (!(await askBeforeLeaving())) return;
  asked++;
  close(app().session);
  setApp({ session: undefined, sheet: 'none', teaching: false, editingLesson: false, overlay: undefined });
  if (location.hash) history.pushState(null, '', location.pathname + location.search);
}

/** The documents of this browser that hold somebody's work, the newest first. */
export async function recentDocuments(): Promise<readonly Head[]> {
  await Promise.all(closing);
  try {
    for (const id of draftIds()) await keepDraft(id);
    const heads = await store.list();
    const stale = heads.filter((h) => !h.edited && Date.now() - h.savedAt > UNEDITED_LIFE);
    await Promise.all(stale.map((h) => store.forget(h.id).catch(() => undefined)));
    return heads.filter((h) => h.edited);
  } catch (error) {
    notify(sayNow(notices.keptUnreached, { reason: sayNow(reasonOf(error)) }));
    return [];
  }
}

/** A draft of a tab that was closed becomes what storage holds. */
async function keepDraft(id: string): Promise<void> {
  const [draft, kept] = [draftOf(id), await store.read(id)];
  const standing = draft && standingOf(draft, kept);
  if (draft && standing !== 'behind') {
    const isCopy = standing === 'copy';
    const head = {
      id: isCopy ? randomId() : id,
      name: (await read(draft.text)).value?.name ?? kept?.head.name ?? '',
      revision: isCopy ? 1 : (kept?.head.revision ?? 0) + 1,
      tab: draft.tab,
      savedAt: Date.now(),
      edited: true,
    };
    if ((await store.write(head, draft.text)) !== 'written') return;
  }
  forgetDraft(id);
}

/** And files of data that no other document names. */
export async function forgetDocument(id: string): Promise<void> {
  await store.forget(id);
  forgetDraft(id);
  void import('../data/keep-files.ts').then(({ freeRoom }) => freeRoom());
}

/** What a link to a lesson asks for; where there is no such lesson, the page says so and shows all. */
async function openLesson({ lesson, step }: LessonAddress): Promise<void> {
  const { templates } = await import('../../../templates/index.ts');
  const template = templates.find(({ name }) => name === lesson);
  if (template) return openTemplate(template, step);
  history.replaceState(null, '', location.pathname + location.search);
  notify(sayNow(notices.noSuchLesson, { name: lesson }));
}

/** Opens what the address asks for, and follows it. Called once. */
export async function startSessions(): Promise<void> {
  const follow = async () => {
    const lesson = readLessonAddress(location.hash);
    if (lesson) return openLesson(lesson);
    const id = idInAddress();
    const here = app().session?.state.getState().id;
    if (id === here) return;
    const came = id === undefined ? undefined : await openKept(id);
    if (came === 'opened' || came === 'overtaken') return;
    if (came === 'absent') notify(sayNow(notices.restoreFailed));
    if (came === undefined) await openGallery();
    // What is still open is what the address says again.
    const { session } = app();
    if (session) history.pushState(null, '', address(session.state.getState().id));
    else if (came !== undefined) history.replaceState(null, '', location.pathname + location.search);
  };
  addEventListener('popstate', () => void follow());
  watchLeaving();
  await follow();
}

/** Files of a document's own data, put into this browser; that there is no room for them is told, and the document opens. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/serialize.ts';
import { dataFiles } from '../../datasets/data-files.ts';
import { forgetUnnamed, keepFile } from '../../worker/file-store.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { isFull, reasonOf } from '../persistence/autosave.ts';
import { openStore } from '../persistence/database.ts';
import { draftIds, draftOf } from '../persistence/drafts.ts';
import { app } from '../store.ts';
import { dataWords } from './data-words.ts';

const store = openStore();

/** Takes away the files that no document names any more; whether there were any. */
export async function freeRoom(): Promise<boolean> {
  try {
    const open = app().session?.editor.getState().document;
    const drafts = draftIds().flatMap((id) => draftOf(id)?.text ?? []);
    return await forgetUnnamed([...(await store.texts()), ...drafts, ...(open ? [serialize(open)] : [])]);
  } catch {
    // Which are named is not known: none is taken away.
    return false;
  }
}

async function keepWithRoom(sha256: string, blob: Blob, name: string): Promise<void> {
  try {
    await keepFile(sha256, blob, name);
  } catch (error) {
    if (!isFull(error) || !(await freeRoom())) throw error;
    await keepFile(sha256, blob, name);
  }
}

/** It can be used until the page is closed, at least; where the browser does not keep it, that is told. */
export async function keepBytes(sha256: string, blob: Blob, name: string): Promise<boolean> {
  try {
    await keepWithRoom(sha256, blob, name);
    return true;
  } catch (error) {
    notify(sayNow(dataWords.notKept, { file: name, reason: sayNow(reasonOf(error)) }));
    return false;
  }
}

export async function keepDataFiles(
  data: GraphDocument['data'],
  files: Readonly<Record<string, () => Promise<Uint8Array>>>,
): Promise<void> {
  for (const [path, { sha256 }] of dataFiles(data)) {
    const of = Object.hasOwn(files, path) ? files[path] : undefined;
    if (of) await keepBytes(sha256, new Blob([(await of()) as Uint8Array<ArrayBuffer>]), path);
  }
}

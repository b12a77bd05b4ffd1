/** Files of a document's own data, put into this browser; that there is no room for them is told, and the document opens. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { dataFiles } from '../../datasets/data-files.ts';
import { keepFile } from '../../worker/file-store.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { reasonOf } from '../persistence/autosave.ts';
import { dataWords } from './data-words.ts';

/** Whether the browser has it now. */
export async function keepBytes(sha256: string, blob: Blob, name: string): Promise<boolean> {
  try {
    await keepFile(sha256, blob, name);
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

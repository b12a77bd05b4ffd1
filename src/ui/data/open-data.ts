/** Files of data that are chosen, dropped or pasted: what they are is looked at in a dialog; a bundle is opened. */
import { isArchive, readBundle } from '../../datasets/formats/bundle.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { chooseFile } from '../session/choose-file.ts';
import { openEmpty, openText } from '../session/documents.ts';
import { app, setApp } from '../store.ts';
import type { PlacedFile } from './data-messages.ts';
import { dataWords } from './data-words.ts';

export async function openData(files: readonly File[]): Promise<void> {
  const [file, ...more] = files;
  if (file && more.length === 0 && (await openBundle(file))) return;
  await showData(files.map((one) => ({ path: one.webkitRelativePath || one.name, blob: one })));
}

/** With an empty graph where none is open. */
async function showData(files: readonly PlacedFile[]): Promise<void> {
  if (files.length === 0) return;
  if (!app().session) await openEmpty();
  if (app().session) setApp({ overlay: { kind: 'data', files } });
}

/** A graph with its data and its trained state; false where the file is something else. */
async function openBundle(file: File): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (!isArchive(start) || !/\.(tensorloom|zip)$/i.test(file.name)) return false;
  const read = await readBundle(new Uint8Array(await file.arrayBuffer()));
  if ('error' in read) {
    notify(sayNow(dataWords.cannot, { file: file.name, detail: sayNow(read.error) }));
    return true;
  }
  if (!read.value) return false;
  const { graph, files, weights } = read.value;
  const before = app().session;
  const of = Object.fromEntries([...files].map(([path, bytes]) => [path, async () => bytes]));
  await openText(new TextDecoder().decode(graph), file.name, of);
  const { session } = app();
  if (weights && session && session !== before)
    await session.takeState(weights as Uint8Array<ArrayBuffer>, file.name);
  return true;
}

/** Files in the folders that were dropped, by their paths. */
export async function openEntries(entries: readonly FileSystemEntry[]): Promise<void> {
  const files: PlacedFile[] = [];
  for (const entry of entries) await gather(entry, files);
  await showData(files);
}

/** More are not looked for. */
const MOST_FILES = 50_000;

async function gather(entry: FileSystemEntry, files: PlacedFile[]): Promise<void> {
  if (files.length >= MOST_FILES) return;
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    files.push({ path: entry.fullPath.replace(/^\//, ''), blob });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // It gives about a hundred at a time, and none at last.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const inner of some) await gather(inner, files);
  }
}

export const chooseData = (): void => chooseFile((file) => void openData([file]));

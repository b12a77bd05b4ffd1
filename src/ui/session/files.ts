/** Files on disk: saving the graph, opening one by dialog or by dropping it anywhere on the page. */
import { limits } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/parse.ts';
import { diagnose } from '../../base/diagnostic.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { app, setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';
import type { FileHandle } from './document-session.ts';
import { openText } from './documents.ts';

declare global {
  interface Window {
    /** Where the browser has it (File System Access). */
    showSaveFilePicker?: (options: object) => Promise<FileHandle>;
  }
}

const fileName = (name: string): string =>
  `${name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim() || 'graph'}.graph.json`;

export async function saveFile(): Promise<void> {
  const { session } = app();
  if (!session) return;
  const { document } = session.editor.getState();
  const text = serialize(document);
  const name = fileName(document.name);
  try {
    if (!window.showSaveFilePicker) return download(text, name);
    const handle = session.file.handle ?? (await pick(name));
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
    session.file.handle = handle;
    notify(sayNow(notices.fileSaved, { file: handle.name }));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    session.file.handle = undefined;
    notify(sayNow(notices.fileFailed, { detail: error instanceof Error ? error.message : String(error) }));
  }
}

const pick = (suggestedName: string): Promise<FileHandle> => {
  if (!window.showSaveFilePicker) throw new Error('internal: no file picker');
  const types = [{ description: sayNow(workbench.product), accept: { 'application/json': ['.json'] } }];
  return window.showSaveFilePicker({ suggestedName, types });
};

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  notify(sayNow(notices.fileSaved, { file: name }));
}

export function openFilePicker(): void {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.json' });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void openFile(file);
  });
  input.click();
}

export async function openFile(file: File): Promise<void> {
  if (file.size > limits.bytes) {
    const values = {
      at: file.name,
      what: sayNow(workbench.fileSize),
      actual: file.size,
      limit: limits.bytes,
    };
    const diagnostics = [diagnose('document-too-large', { path: [] }, values)];
    return setApp({ overlay: { kind: 'badFile', file: file.name, diagnostics } });
  }
  try {
    openText(await file.text(), file.name);
  } catch (error) {
    notify(
      sayNow(notices.fileUnreadable, { detail: error instanceof Error ? error.message : String(error) }),
    );
  }
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** A file dropped anywhere is opened, and never replaces the page. Gives back how to end it. */
export function listenForDrops(onHover: (hovering: boolean) => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const over = (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    onHover(true);
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) onHover(false);
  };
  const drop = (event: DragEvent) => {
    onHover(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void openFile(file);
  };
  addEventListener('dragover', over, { signal });
  addEventListener('dragleave', leave, { signal });
  addEventListener('drop', drop, { signal });
  return () => ended.abort();
}

/** Files on disk: saving the graph, opening one by dialog or by dropping it anywhere on the page. */
import { limits } from '../../../graph-schema/document.ts';
import { diagnose } from '../../base/diagnostic.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import { app, setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';
import { workbench } from '../strings/workbench.ts';
import { chooseFile } from './choose-file.ts';
import type { FileHandle } from './document-session.ts';
import { openText } from './documents.ts';

declare global {
  interface Window {
    /** Where the browser has it (File System Access). */
    showSaveFilePicker?: (options: object) => Promise<FileHandle>;
  }
}

export const fileName = (name: string, end: string): string =>
  `${name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim() || 'graph'}.${end}`;

const detailOf = (error: unknown) => ({ detail: error instanceof Error ? error.message : String(error) });

export async function saveFile(): Promise<void> {
  const { session } = app();
  if (!session) return;
  const { document } = session.editor.getState();
  const { serialize } = await import('../../../graph-schema/serialize.ts');
  const text = serialize(document);
  const name = fileName(document.name, 'graph.json');
  try {
    const { showSaveFilePicker: picker } = window;
    if (!picker) return download(text, name, 'application/json');
    const types = [{ description: sayNow(workbench.product), accept: { 'application/json': ['.json'] } }];
    const handle = session.file.handle ?? (await picker({ suggestedName: name, types }));
    await writeTo(handle, text);
    session.file.handle = handle;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    session.file.handle = undefined;
    notify(sayNow(notices.fileFailed, detailOf(error)));
  }
}

/** The trained state as a file that the command line goes on from, and other programs read tensors from. */
export async function saveState(): Promise<void> {
  const { session } = app();
  const trained = session?.state.getState().trained;
  if (!session || !trained) return;
  const name = fileName(session.editor.getState().document.name, 'safetensors');
  const type = 'application/octet-stream';
  try {
    const { showSaveFilePicker: picker } = window;
    if (!picker) return download(trained.bytes, name, type);
    const types = [{ description: sayNow(workbench.product), accept: { [type]: ['.safetensors'] } }];
    await writeTo(await picker({ suggestedName: name, types }), trained.bytes);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    notify(sayNow(notices.fileFailed, detailOf(error)));
  }
}

async function writeTo(handle: FileHandle, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const writable = await handle.createWritable();
  await writable.write(content);
  await writable.close();
  notify(sayNow(notices.fileSaved, { file: handle.name }));
}

export function download(content: string | Uint8Array<ArrayBuffer>, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  notify(sayNow(notices.fileSaved, { file: name }));
}

export function openFilePicker(): void {
  const more = app().session ? ',.safetensors' : '';
  chooseFile((file) => void openFile(file), `.json,.tensorloom${more},${dataEndings}`);
}

/** Files that are data: tables, arrays, texts, pictures. */
const dataEndings = '.csv,.tsv,.tab,.txt,.md,.npy,.npz,.zip,.png,.jpg,.jpeg,.webp,.gif,.bmp';
const isData = ({ name }: File): boolean =>
  dataEndings.split(',').some((ending) => name.toLowerCase().endsWith(ending));

/** What is fetched for files of data when there are some. */
const dataParts = () => import('../data/open-data.ts');

export async function openFile(file: File): Promise<void> {
  if (file.name.endsWith('.safetensors')) {
    const { session } = app();
    if (!session) return notify(sayNow(notices.stateNeedsGraph));
    return (await import('../torch/open-weights.ts')).openTensors(session, file);
  }
  if (isData(file) || file.name.endsWith('.tensorloom')) return (await dataParts()).openData([file]);
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
    const { value, diagnostics } = decodeUtf8(new Uint8Array(await file.arrayBuffer()));
    if (value === undefined) setApp({ overlay: { kind: 'badFile', file: file.name, diagnostics } });
    else await openText(value, file.name);
  } catch (error) {
    notify(sayNow(notices.fileUnreadable, detailOf(error)));
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
    const [file, ...more] = event.dataTransfer?.files ?? [];
    const isFolder = [...(event.dataTransfer?.items ?? [])].some(
      (item) => item.webkitGetAsEntry()?.isDirectory,
    );
    if (isFolder || more.length > 0) {
      // A drop's entries can be had only while it is told.
      const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
      void dataParts().then(({ openEntries }) => openEntries(entries));
    } else if (file) void openFile(file);
  };
  addEventListener('dragover', over, { signal });
  addEventListener('dragleave', leave, { signal });
  addEventListener('drop', drop, { signal });
  return () => ended.abort();
}

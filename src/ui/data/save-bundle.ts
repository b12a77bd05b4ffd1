/** The open document with the files of its data and its trained state, as one file (tensorloom bundle writes the same). */
import { serialize } from '../../../graph-schema/serialize.ts';
import { dataFiles } from '../../datasets/data-files.ts';
import { writeBundle } from '../../datasets/formats/bundle.ts';
import { keptFile } from '../../worker/file-store.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { download, fileName } from '../session/files.ts';
import { dataWords } from './data-words.ts';

export async function saveBundle(session: DocumentSession): Promise<void> {
  const { document } = session.editor.getState();
  const files = new Map<string, Uint8Array>();
  for (const [path, { sha256 }] of dataFiles(document.data)) {
    const blob = await keptFile(sha256).catch(() => undefined);
    if (!blob) return notify(sayNow(dataWords.cannot, { file: path, detail: dataWords.notHere }));
    files.set(path, new Uint8Array(await blob.arrayBuffer()));
  }
  const graph = new TextEncoder().encode(serialize(document));
  const weights = session.state.getState().trained?.bytes;
  const bytes = await writeBundle({ graph, files, weights });
  download(bytes, fileName(document.name, 'tensorloom'), 'application/zip');
}

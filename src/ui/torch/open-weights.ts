/** A file of tensors for the open document: a state that a run here has saved, or weights of another program. */
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { setApp } from '../store.ts';
import { notices } from '../strings/notices.ts';

export async function openTensors(session: DocumentSession, file: File): Promise<void> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isForeign(bytes)) return setApp({ overlay: { kind: 'weights', file: file.name, bytes } });
    const diagnostics = await session.takeState(bytes, file.name);
    if (diagnostics.length > 0) setApp({ overlay: { kind: 'badFile', file: file.name, diagnostics } });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    notify(sayNow(notices.fileUnreadable, { detail }));
  }
}

/** Whether it is a safetensors file without what a run here writes beside its tensors. What cannot be read is neither. */
function isForeign(bytes: Uint8Array): boolean {
  try {
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as {
      readonly __metadata__?: { readonly format?: unknown };
    };
    return !String(header.__metadata__?.format).startsWith('tensorloom');
  } catch {
    return false;
  }
}

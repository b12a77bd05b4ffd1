/** Replaces a file whole or not at all: written beside it, brought to the disk, then renamed over it. */
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Without content, only finds out whether it could. Rejects with the host's error; the file is then as it was. */
export async function replaceFile(path: string, content: Uint8Array | undefined): Promise<void> {
  const folder = dirname(path);
  // Not only this process may be saving there.
  const beside = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(beside, 'w');
    try {
      if (content) await file.writeFile(content);
      // Without this a machine that loses power may have the new name for bytes that were never written.
      if (content) await file.sync();
    } finally {
      await file.close();
    }
    if (content) await rename(beside, path);
    else await rm(beside, { force: true });
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  if (content) await syncFolder(folder);
}

/** The name is an entry of the folder, which has to reach the disk too. Windows has no such thing, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * The one way in which the command line writes a file: whole or not at all, whenever the process or the machine dies.
 * The content is written beside the file, brought to the disk, and then takes its name.
 */
import { constants, copyFile, type FileHandle, open, readlink, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A file that is being written. The name becomes its own once it is committed. */
export interface Replacement {
  write(content: Uint8Array | string): Promise<void>;
  /** Brings the content to the disk and gives it the name. Where that rejects, the file is as it was. */
  commit(): Promise<void>;
  /** Leaves the file as it was. After `commit` it does nothing. */
  discard(): Promise<void>;
}

/** A file beside the one that it is to replace. */
export interface Temporary {
  readonly path: string;
  readonly target: string;
  /** Whole after each write: a process that has to end gives it its name, rather than to throw it away. */
  readonly lines: boolean;
}

export interface ReplacementOptions {
  /** Lines behind those that are there. Otherwise the new content is all. */
  readonly lines?: 'new' | 'append' | undefined;
  /** Told of the temporary file as it comes and as it goes, for a process that is ended in between. */
  readonly listen?: ((temporary: Temporary, exists: boolean) => void) | undefined;
}

let temporaries = 0;

/**
 * Begins to replace the file at `path`, or to create it. A symbolic link stays one, to the file that is replaced; mode
 * and owner stay; other names of the same file (hard links) keep the old content. Devices and pipes, which have no
 * content to keep, are written to directly.
 *
 * Rejects with the host's error where that cannot be done: no folder, no right to write, a folder in its place.
 */
export async function beginReplacement(path: string, options: ReplacementOptions = {}): Promise<Replacement> {
  const target = await followLinks(path);
  const old = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (old?.isDirectory()) throw hostError('EISDIR', `is a directory, open '${path}'`);
  if (old && !old.isFile()) return writeThrough(target);
  // The right to write to the file itself: that its folder can be written to is not enough.
  if (old) await (await open(target, 'r+')).close();
  return writeBeside(target, old, options);
}

/** Replaces the file at `path` by this content, as `beginReplacement` says. */
export async function replaceFile(
  path: string,
  content: Uint8Array | string,
  options?: ReplacementOptions,
): Promise<void> {
  const file = await beginReplacement(path, options);
  try {
    await file.write(content);
    await file.commit();
  } finally {
    await file.discard();
  }
}

interface Owned {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

async function writeBeside(
  target: string,
  old: Owned | undefined,
  { lines, listen = () => undefined }: ReplacementOptions,
): Promise<Replacement> {
  const folder = dirname(target);
  // Not only this process may be writing there, and a long name must not become too long by an ending.
  const name = `.tensorloom-${process.pid}-${++temporaries}-${Date.now().toString(36)}.tmp`;
  const temporary: Temporary = { path: join(folder, name), target, lines: lines !== undefined };
  listen(temporary, true);
  let file: FileHandle | undefined;
  const discard = async () => {
    await file?.close().catch(() => undefined);
    file = undefined;
    await rm(temporary.path, { force: true });
    listen(temporary, false);
  };
  let isDone = false;
  try {
    if (old && lines === 'append') await copyFile(target, temporary.path, constants.COPYFILE_EXCL);
    file = await open(temporary.path, old && lines === 'append' ? 'a' : 'wx');
    if (old) await keepOwner(file, old);
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    write: async (content) => file?.writeFile(content),
    async commit() {
      // Without this a machine that loses power may have the new name for bytes that were never written.
      await file?.sync();
      await file?.close();
      await rename(temporary.path, target);
      isDone = true;
      listen(temporary, false);
      await syncFolder(folder);
    },
    async discard() {
      if (!isDone) await discard();
      isDone = true;
    },
  };
}

async function writeThrough(target: string): Promise<Replacement> {
  let file: FileHandle | undefined;
  const close = async () => {
    await file?.close();
    file = undefined;
  };
  return {
    async write(content) {
      file ??= await open(target, 'w');
      await file.writeFile(content);
    },
    commit: close,
    discard: close,
  };
}

/** What the system does not allow to be given away keeps its new owner. */
async function keepOwner(file: FileHandle, { mode, uid, gid }: Owned): Promise<void> {
  await file.chown(uid, gid).catch(() => undefined);
  await file.chmod(mode & 0o7777);
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** The file that a name stands for, whether it exists or not. */
async function followLinks(path: string): Promise<string> {
  let at = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const to = await readlink(at).catch(() => undefined);
    // A pipe of this process is a link to a name that no folder has.
    if (to === undefined || /^(pipe|socket|anon_inode):/.test(to)) return at;
    at = resolve(dirname(at), to);
  }
  throw hostError('ELOOP', `too many symbolic links, open '${path}'`);
}

const hostError = (code: string, detail: string) => Object.assign(new Error(`${code}: ${detail}`), { code });

/** The name is an entry of the folder, which has to reach the disk too. Windows has no such thing, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** A file or a device that fails, in plain words. */
import { dirname } from 'node:path';

/** The command cannot be carried out: exit status 2, as for wrong usage, but the usage is not at fault. */
export class FileError extends Error {}

type Purpose = 'read' | 'write';

/** What the codes of the host mean, by what was to be done with the file. */
const reasons: Readonly<Record<string, string | ((path: string, purpose: Purpose) => string)>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EBUSY: 'another program is using it',
  ETXTBSY: 'another program is using it',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the system allows',
  EIO: 'the device reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENODEV: 'there is no such device',
  ENXIO: 'there is no such device',
  ENOENT: (path, purpose) =>
    purpose === 'read' ? 'there is no such file' : `there is no folder ${dirname(path)}`,
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EPIPE: 'what reads it has closed it',
  EROFS: 'the disk can only be read',
  ERR_INVALID_ARG_VALUE: 'this cannot be the name of a file',
};

/** The reason alone: `the disk is full`. */
export function reasonOf(error: unknown, path: string, purpose: Purpose): string {
  if (path === '') return 'its name is empty';
  if (!(error instanceof Error)) return String(error);
  const at = 'path' in error && typeof error.path === 'string' ? error.path : path;
  const code =
    'code' in error && typeof error.code === 'string' ? error.code : /^E[A-Z]+/.exec(error.message)?.[0];
  const reason = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return typeof reason === 'function' ? reason(at, purpose) : (reason ?? error.message);
}

/** `cannot read g.json: there is no such file`. What is a FileError already is given back. */
export function fileError(error: unknown, path: string, purpose: Purpose): FileError {
  if (error instanceof FileError) return error;
  const name = path === '-' ? 'standard input' : path === '' ? 'the file' : path;
  return new FileError(`cannot ${purpose} ${name}: ${reasonOf(error, path, purpose)}`);
}

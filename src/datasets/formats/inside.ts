/** Names of files that a document or an archive brings. */

/** Whether a name leads to a place inside of the folder that it is relative to. */
export const isInside = (path: string): boolean =>
  path !== '' && !/^[/~]|[\\:\0]/.test(path) && path.split('/').every((part) => part !== '..');

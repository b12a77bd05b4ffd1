/**
 * Identities after elaboration: where a node stands in the document, and the keys of its ports and
 * state. Paths are made of ids, never of labels, so that renaming something for display moves nothing.
 * These functions alone make and read the printed forms.
 */

/**
 * Ids from the document's root down to a node: `['encoder', 'attention']`. After a block that sets
 * `repeat` stands the repeat's index in decimal, counted from 0: `['encoder', '3', 'attention']`. The
 * names of parameters that all repeats share hold no index.
 */
export type NodePath = readonly string[];

/** A path as `showPath` prints it. For a node at the root it is the node's id, but for `~` and `/`. */
export type PathText = string;

/** `encoder/3/attention`. In an id `~` is printed as `~0` and `/` as `~1`, as in JSON pointers (RFC 6901). */
export const showPath = (path: NodePath): PathText => path.map(escapeId).join('/');

/** The inverse of `showPath`. */
export const readPath = (text: PathText): NodePath => text.split('/').map(readEscaped);

/** The id of a node at the root, from its path; undefined for one inside a block. */
export function rootId(text: PathText): string | undefined {
  if (!/[~/]/.test(text)) return text;
  return text.includes('/') ? undefined : readEscaped(text);
}

/** An id as a part of a printed path. */
export const escapeId = (id: string): PathText =>
  /[~/]/.test(id) ? id.replaceAll('~', '~0').replaceAll('/', '~1') : id;

/** `attention.out`, the key of one port. In the port's name `~` is printed as `~0` and `.` as `~2`. */
export const portKey = (node: PathText, port: string): string =>
  /[~.]/.test(port) ? `${node}.${port.replaceAll('~', '~0').replaceAll('.', '~2')}` : `${node}.${port}`;

/** The inverse of `portKey`: ids may hold dots, port names in keys do not. */
export function readPortKey(key: string): { readonly node: PathText; readonly port: string } {
  const dot = key.lastIndexOf('.');
  return { node: key.slice(0, Math.max(0, dot)), port: readEscaped(key.slice(dot + 1)) };
}

/** The name of a node's state: `encoder/3/attention.weight`. `name` may hold further dots. */
export const stateName = (node: PathText, name: string): string => `${node}.${name}`;

const readEscaped = (part: string): string =>
  part.includes('~') ? part.replaceAll('~2', '.').replaceAll('~1', '/').replaceAll('~0', '~') : part;

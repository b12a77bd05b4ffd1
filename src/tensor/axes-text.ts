/**
 * Axes as a user types them: `i 3, j d, batch B`. Commas or semicolons part axes, the first blank (or `:` or
 * `=`) parts name and size; names and sizes in turn need no commas: `i 3 j 4`. The inspector, examples and the
 * command line share this notation.
 */
import { type Text, text } from '../base/text.ts';

export interface WrittenAxis {
  readonly name: string;
  /** A number, a symbol or an expression (see size-parser.ts). */
  readonly size: number | string;
}

/** What is wrong with a list in which a name stands twice. */
export const twice = (name: string): Text =>
  text(`the name "${name}" stands twice`, `名称 “${name}” 出现两次`);

export type AxesReading = { readonly axes: readonly WrittenAxis[] } | { readonly error: Text };

/** Index names: a letter or underscore first, then letters, digits, underscores, primes. */
export const axisName = /^[\p{L}_][\p{L}\p{N}_'′]*$/u;

/** `i 3 j 4`, `i=3 j=d`: each name with its size; a part that does not alternate so is one axis. */
function splitInPairs(part: string): string[] {
  const tokens = part
    .replaceAll(/\s*[:=]\s*/g, ' ')
    .trim()
    .split(/\s+/);
  const alternates = tokens.every((token, k) => axisName.test(token) || (k % 2 === 1 && /^\d+$/.test(token)));
  if (tokens.length < 4 || tokens.length % 2 === 1 || !alternates) return [part];
  return tokens.flatMap((token, k) => (k % 2 === 0 ? [`${token} ${tokens[k + 1]}`] : []));
}

/** Commas inside parentheses belong to an expression such as `max(a, b)`. */
function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (',，;；、'.includes(c) && depth <= 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

export function parseAxes(written: string): AxesReading {
  if (written.trim() === '') return { axes: [] };
  const axes: WrittenAxis[] = [];
  for (const part of splitAtCommas(written).flatMap(splitInPairs)) {
    const [, name, size] = /^\s*([^\s:=]+)\s*[\s:=]\s*(.+?)\s*$/su.exec(part) ?? [];
    if (name === undefined || size === undefined)
      return {
        error: text(
          `"${part.trim()}": write a name and a size, like i 3`,
          `“${part.trim()}”：请写名称和大小，如 i 3`,
        ),
      };
    if (!axisName.test(name))
      return { error: text(`"${name}" cannot be an index name`, `“${name}” 不能作指标名`) };
    if (axes.some((a) => a.name === name)) return { error: twice(name) };
    axes.push({ name, size: /^\d+$/.test(size) ? Number(size) : size });
  }
  return { axes };
}

export const formatAxes = (axes: readonly WrittenAxis[]): string =>
  axes.map((a) => `${a.name} ${a.size}`).join(', ');

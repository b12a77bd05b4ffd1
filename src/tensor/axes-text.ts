/**
 * Axes as a user types them: `i 3, j d, batch B`. Commas part axes, the first blank (or `:` or `=`)
 * parts name and size. The inspector, examples and the command line share this notation.
 */

export interface WrittenAxis {
  readonly name: string;
  /** A number, a symbol or an expression (see size-parser.ts). */
  readonly size: number | string;
}

export type AxesReading = { readonly axes: readonly WrittenAxis[] } | { readonly error: string };

/** Index names: a letter or underscore first, then letters, digits, underscores, primes. */
export const axisName = /^[\p{L}_][\p{L}\p{N}_'′]*$/u;

/** Commas inside parentheses belong to an expression such as `max(a, b)`. */
function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if ((c === ',' || c === '，') && depth <= 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

export function parseAxes(text: string): AxesReading {
  if (text.trim() === '') return { axes: [] };
  const axes: WrittenAxis[] = [];
  for (const part of splitAtCommas(text)) {
    const [, name, size] = /^\s*([^\s:=]+)\s*[\s:=]\s*(.+?)\s*$/su.exec(part) ?? [];
    if (name === undefined || size === undefined)
      return { error: `"${part.trim()}": write a name and a size, like i 3` };
    if (!axisName.test(name)) return { error: `"${name}" cannot be an index name` };
    if (axes.some((a) => a.name === name)) return { error: `the name "${name}" stands twice` };
    axes.push({ name, size: /^\d+$/.test(size) ? Number(size) : size });
  }
  return { axes };
}

export const formatAxes = (axes: readonly WrittenAxis[]): string =>
  axes.map((a) => `${a.name} ${a.size}`).join(', ');

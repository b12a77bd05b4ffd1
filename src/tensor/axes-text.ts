/**
 * Axes as a user types them: `i 3, j d, batch B`. Commas part axes, the first blank (or `:` or `=`)
 * parts name and size. The inspector, examples and the command line share this notation.
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

export function parseAxes(written: string): AxesReading {
  if (written.trim() === '') return { axes: [] };
  const axes: WrittenAxis[] = [];
  for (const part of splitAtCommas(written)) {
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

/** Places inside a document's JSON, for people and for diagnostics. */
import type { Place } from '../src/base/diagnostic.ts';
import { type Text, text } from '../src/base/text.ts';

export type JsonPath = readonly (string | number)[];

const MAX_SHOWN = 200;

/** `nodes.enc.params.units`, `nodes.a.params.values[3]`, `nodes["a b"]`; the whole document by its name. */
export function showJsonPath(path: JsonPath): string | Text {
  if (path.length === 0) return text('The document', '文档');
  const shown = path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      return /^[\p{L}\p{N}_$-]+$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('');
  const whole = shown.startsWith('.') ? shown.slice(1) : shown;
  return whole.length > MAX_SHOWN ? `${whole.slice(0, MAX_SHOWN)}…` : whole;
}

/** The path, and the node, parameter or edge that it lies in. */
export function place(path: JsonPath): Place {
  const [section, id, part, param] = path;
  if (section === 'nodes' && typeof id === 'string') {
    return { node: id, ...(part === 'params' && typeof param === 'string' ? { param } : {}), path };
  }
  if (section === 'layout' && id === 'nodes' && typeof part === 'string') return { node: part, path };
  if (section === 'edges' && typeof id === 'string') return { edge: id, path };
  return { path };
}

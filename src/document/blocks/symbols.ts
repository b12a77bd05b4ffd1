/**
 * Names that parameters use: symbols of sizes, and numbers of a block. Grouping hands them on to the new
 * block; ungrouping writes in their place what the instance gives them.
 */
import type { z } from 'zod';
import type { GraphNode } from '../../../graph-schema/document.ts';
import type { Json } from '../../base/edit.ts';
import { isSizeSchema, schemaInside } from '../../catalogue/fields.ts';
import type { Registry } from '../../catalogue/registry.ts';

const word = /[\p{L}_][\p{L}\p{N}_]*/gu;
/** Functions of size expressions are no symbols. */
const functions = new Set(['floor', 'ceil', 'max', 'min']);

/** The symbols in a size as it is written. */
export const symbolsIn = (written: string): readonly string[] =>
  (written.match(word) ?? []).filter((name) => !functions.has(name));

/** A size with these symbols replaced; what is no plain name or number is put in brackets. */
export function rewritten(written: Json, by: ReadonlyMap<string, string | number>): Json {
  if (typeof written !== 'string') return written;
  const whole = by.get(written.trim());
  if (whole !== undefined) return whole;
  return written.replace(word, (name) => {
    const size = functions.has(name) ? undefined : by.get(name);
    if (size === undefined) return name;
    return /^\w+$/.test(String(size)) ? String(size) : `(${size})`;
  });
}

/** `value` with every size in it mapped, as its schema tells where sizes stand. */
function mapSizes(schema: z.ZodType | undefined, value: Json, map: (size: Json) => Json): Json {
  if (!schema) return value;
  if (isSizeSchema(schema)) return map(value);
  if (Array.isArray(value)) return value.map((item) => mapSizes(schemaInside(schema, 0), item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json>>).map(([key, inner]) => [
      key,
      mapSizes(schemaInside(schema, key), inner, map),
    ]),
  );
}

/** `value` with every `{ "number": "p" }` in it mapped. */
function mapNumbers(value: Json, map: (name: string) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapNumbers(item as Json, map));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, Json>>);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'number' && typeof only[1] === 'string') return map(only[1]);
  return Object.fromEntries(entries.map(([key, inner]) => [key, mapNumbers(inner, map)]));
}

/** The parameters of a node with their sizes and their references to numbers mapped. */
export function mapParams(
  registry: Registry,
  node: GraphNode,
  sizes: (size: Json) => Json,
  numbers: (name: string) => Json,
): GraphNode['params'] {
  const schema = registry.of(node)?.params ?? registry.find(node.type)?.params;
  const mapped = mapSizes(schema, node.params as Json, sizes);
  return mapNumbers(mapped, numbers) as GraphNode['params'];
}

/** The symbols and the numbers that the parameters of some nodes use. */
export function namesIn(
  registry: Registry,
  nodes: Iterable<GraphNode>,
): { readonly symbols: ReadonlySet<string>; readonly numbers: ReadonlySet<string> } {
  const symbols = new Set<string>();
  const numbers = new Set<string>();
  for (const node of nodes) {
    mapParams(
      registry,
      node,
      (size) => {
        if (typeof size === 'string') for (const name of symbolsIn(size)) symbols.add(name);
        return size;
      },
      (name) => {
        numbers.add(name);
        return name;
      },
    );
  }
  return { symbols, numbers };
}

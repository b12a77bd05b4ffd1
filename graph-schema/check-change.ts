/**
 * What would keep a document from being read again after a change: who edits asks before the change is made.
 * Only what has changed is looked at, so that the answer costs what the edit does.
 */
import { z } from 'zod';
import type { Diagnostic } from '../src/base/diagnostic.ts';
import { checkCounts, checkValue } from './bounds.ts';
import { documentSchema, type GraphDocument } from './document.ts';
import { validate } from './issues.ts';
import type { JsonPath } from './json-path.ts';

/** At `path` the document has this value now. */
export interface Changed {
  readonly path: JsonPath;
  readonly value?: unknown;
}

/** Nothing where `parseGraph` would read the text of `document`, given that it would have before these changes. */
export function checkChange(document: GraphDocument, changes: readonly Changed[]): Diagnostic[] {
  const found = changes.flatMap(({ path, value }) => {
    const outOfBounds = checkKeys(path).concat(value === undefined ? [] : checkValue(value, path));
    return outOfBounds.length > 0 ? outOfBounds : checkShape(path, value);
  });
  return found.length > 0 || !changes.some(mayAdd) ? found : checkCounts(document);
}

/** Whether nodes, wires or blocks may be more than before: most changes are made inside of one. */
const mayAdd = ({ path }: Changed): boolean => path.length <= (path[0] === 'blocks' ? 4 : 2);

/** Keys on the way are looked at as those of an object that holds nothing else. */
const checkKeys = (path: JsonPath): Diagnostic[] =>
  path.flatMap((key, i) => (typeof key === 'number' ? [] : checkValue({ [key]: 0 }, path.slice(0, i))));

function checkShape(path: JsonPath, value: unknown): Diagnostic[] {
  const found: Diagnostic[] = [];
  let schema: unknown = documentSchema;
  for (const [i, key] of path.entries()) {
    const around = unwrapped(schema);
    if (around instanceof z.ZodRecord) {
      found.push(...validate(around.keyType as z.ZodType, key, path.slice(0, i + 1)).diagnostics);
      schema = around.valueType;
    } else if (around instanceof z.ZodObject)
      schema = Object.hasOwn(around.shape, key) ? around.shape[key] : undefined;
    else schema = undefined;
  }
  // What has no schema of its own may be any JSON, and that has been looked at.
  if (value === undefined || !(schema instanceof z.ZodType) || isAnything(schema)) return found;
  return [...found, ...validate(schema, value, path).diagnostics];
}

/** The object or record that a value with members is. */
function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject);
  return schema;
}

const isAnything = (schema: z.ZodType): boolean => schema instanceof z.ZodLazy;

/**
 * From text, or from a value out of somebody else's hands, to a graph document. A document is hostile
 * until it has come through here; nothing in it can make this throw.
 */
import type { Outcome } from '../src/base/diagnostic.ts';
import { checkBounds } from './bounds.ts';
import { documentSchema, type GraphDocument } from './document.ts';
import { validate } from './issues.ts';
import { migrate } from './migrate.ts';
import { withRecords } from './named-records.ts';
import { readJson } from './read-json.ts';

export { serialize } from './serialize.ts';

/**
 * Reads a document of any version, as JSON text or as a value. Defaults are filled in, unknown keys
 * stay. Codes: json-syntax, document-too-large, forbidden-key, document-version, document-shape.
 */
export function parseGraph(input: unknown): Outcome<GraphDocument> {
  const json = typeof input === 'string' ? readJson(input) : { value: input, diagnostics: [] };
  if (json.diagnostics.length > 0) return { diagnostics: json.diagnostics };
  const outOfBounds = checkBounds(json.value);
  if (outOfBounds.length > 0) return { diagnostics: outOfBounds };
  const migrated = migrate(json.value);
  if (!migrated.value) return { diagnostics: migrated.diagnostics };
  const { value, diagnostics } = validate(documentSchema, migrated.value.json);
  return value ? { value: withRecords(value), diagnostics } : { diagnostics };
}

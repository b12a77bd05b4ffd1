/** What a schema has against a document, as diagnostics. */
import type { z } from 'zod';
import { type Diagnostic, diagnose } from '../src/base/diagnostic.ts';
import { validate as validateValue } from '../src/base/validate.ts';
import { MAX_DIAGNOSTICS } from './bounds.ts';
import { type JsonPath, place, showJsonPath } from './json-path.ts';

/** The value as the schema's output, or why it is not one; `at`: where in the document it stands. */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  at: JsonPath = [],
): { readonly value?: z.output<S>; readonly diagnostics: Diagnostic[] } {
  const read = validateValue(schema, value);
  if ('value' in read) return { value: read.value, diagnostics: [] };
  const diagnostics = read.faults.slice(0, MAX_DIAGNOSTICS).map(({ path, detail }) => {
    const whole = [...at, ...path];
    return diagnose('document-shape', place(whole), { at: showJsonPath(whole), detail });
  });
  return { diagnostics };
}

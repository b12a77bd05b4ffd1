/** What zod has against a value, as diagnostics in every language. */
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import { type Diagnostic, diagnose } from '../src/base/diagnostic.ts';
import { text } from '../src/base/text.ts';
import { MAX_DIAGNOSTICS } from './bounds.ts';
import { place, showPath } from './path.ts';

const chinese = zhCN().localeError;

/** The value as the schema's output, or why it is not one. */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
): { readonly value?: z.output<S>; readonly diagnostics: Diagnostic[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, diagnostics: [] };
  // The second pass, in the other language, is paid only by a document that is refused.
  const translated = schema.safeParse(value, { error: chinese }).error?.issues ?? [];
  const diagnostics = result.error.issues.slice(0, MAX_DIAGNOSTICS).map((issue, i) => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const detail = text(sentence(issue), sentence(translated[i] ?? issue));
    return diagnose('document-shape', place(path), { at: showPath(path), detail });
  });
  return { diagnostics };
}

/** A union says only that no branch fits: tell what each would have liked. */
function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message.replace(/[.。]$/, '');
  const branches = issue.errors.flatMap(([first]) => (first ? [sentence(first)] : []));
  return [...new Set(branches)].join('; ') || issue.message;
}

/**
 * What the product says about a graph: a stable code, a place, the message and the cure in every
 * language, and fixes that can be applied. Nothing throws on a user's graph; it returns these.
 */
import { type Code, codes } from './codes.ts';
import type { Edit } from './edit.ts';
import { fill, type Text, type Values } from './text.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Place {
  readonly node?: string;
  readonly port?: string;
  readonly edge?: string;
  readonly axis?: string;
  readonly param?: string;
  /** A path inside the JSON text, when the document could not be read as a graph. */
  readonly path?: readonly (string | number)[];
}

export interface Fix {
  readonly title: Text;
  readonly edits: readonly Edit[];
}

export interface Diagnostic extends Place {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: Text;
  readonly cure: Text;
  /** What was put into the message: the sizes and names it is about, for those who look for a cure. */
  readonly values?: Values;
  /** The other sides of the story: every further node and edge that takes part. */
  readonly related?: readonly Place[];
  readonly fixes?: readonly Fix[];
}

/** A value, when there is one, and all that is to be said about how it was made. */
export interface Outcome<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

export function diagnose(
  code: Code,
  place: Place,
  values: Values = {},
  more: Pick<Diagnostic, 'related' | 'fixes'> = {},
): Diagnostic {
  const { severity, message, cure } = codes[code];
  return {
    code,
    severity,
    ...place,
    message: fill(message, values),
    cure: fill(cure, values),
    values,
    ...more,
  };
}

export const isError = (d: Diagnostic): boolean => d.severity === 'error';

/**
 * What the product says about a graph: a stable code, a place, the message and the remedy in every
 * language, and fixes that can be applied. Nothing throws on a user's graph; it returns these.
 */
import { type Code, codes, type Severity, type ValuesOfCode } from './codes.ts';
import type { Edit } from './edit.ts';
import { fill, type Text, type Value } from './text.ts';

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
  readonly remedy: Text;
  /** What was put into the message: the sizes and names it is about, for those who look for a remedy. */
  readonly values?: Readonly<Record<string, Value>>;
  /** Every further node and edge that takes part, such as the other side of a conflict. */
  readonly related?: readonly Place[];
  readonly fixes?: readonly Fix[];
}

/** A value, undefined where there is none, and the diagnostics of making it. */
export interface Outcome<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

type More = Pick<Diagnostic, 'related' | 'fixes'>;

/** What is told beside code and place. The values may be left out where the code's words need none. */
export type Told<C extends Code> =
  Record<never, never> extends ValuesOfCode<C>
    ? readonly [values?: ValuesOfCode<C>, more?: More]
    : readonly [values: ValuesOfCode<C>, more?: More];

/** The diagnostic of a code at a place. A value that its message or remedy needs, or does not know, is a type error. */
export function diagnose<C extends Code>(code: C, place: Place, ...[values, more]: Told<C>): Diagnostic {
  const { severity, message, remedy } = codes[code];
  const known: Readonly<Record<string, Value>> = values ?? {};
  return {
    code,
    severity,
    ...place,
    message: fill(message, known),
    remedy: fill(remedy, known),
    values: known,
    ...more,
  };
}

/** The remedy of a diagnostic, where remedies are kept apart; undefined where they do not know its code. */
export function remedyIn(
  remedies: Readonly<Record<string, Text>>,
  { code, values = {} }: Diagnostic,
): Text | undefined {
  const remedy = remedies[code];
  return remedy && fill(remedy, values);
}

export const isError = (d: Diagnostic): boolean => d.severity === 'error';

/** Whether a fix deletes what the user has made: a node, or a wire that no other takes the place of. */
export function isDestructive({ edits }: Fix): boolean {
  const has = (kind: Edit['edit']) => edits.some(({ edit }) => edit === kind);
  return has('removeNode') || (has('removeEdge') && !has('addEdge'));
}

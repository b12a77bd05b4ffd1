/** What a user reads, in every language of the product, and how values are put into it. */
import { visible } from './visible.ts';

/** A sentence in every language of the product. Both are required, so a missing translation is a type error. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Locale = keyof Text;

export const locales: readonly Locale[] = ['en', 'zh'];

/** A text that keeps its words in its type, so that what its placeholders need is known to the compiler. */
export interface TextTemplate<En extends string = string, Zh extends string = string> {
  readonly en: En;
  readonly zh: Zh;
}

export const text = <const En extends string, const Zh extends string>(
  en: En,
  zh: Zh,
): TextTemplate<En, Zh> => ({
  en,
  zh,
});

/** What may be put into a template: a number, a word that needs no translation, or a text that has one. */
export type Value = string | number | Text;

/** The names in braces: `'a' | 'b'` of `'{a} and {b}'`; any name where the words are not known. */
type Placeholders<Words extends string> = string extends Words
  ? string
  : Words extends `${string}{${infer Name}}${infer Rest}`
    ? Name | Placeholders<Rest>
    : never;

/** One value for each placeholder of a template, in either language. */
export type ValuesOf<T extends Text> = Readonly<Record<Placeholders<T['en'] | T['zh']>, Value>>;

/** `ValuesOf<T>` as the last argument of a function: it may be left out where there is nothing to fill in. */
export type Fillings<T extends Text> =
  Record<never, never> extends ValuesOf<T> ? readonly [values?: ValuesOf<T>] : readonly [values: ValuesOf<T>];

/** Words of a template and, at odd places, the names of values between them. */
type Pieces = Readonly<Record<Locale, readonly string[]>>;

const pieces = new WeakMap<Text, Pieces>();

function piecesOf(template: Text): Pieces {
  let known = pieces.get(template);
  if (!known) {
    known = { en: template.en.split(/\{(\w+)\}/), zh: template.zh.split(/\{(\w+)\}/) };
    pieces.set(template, known);
  }
  return known;
}

/** Replaces `{name}` in both languages by `values.name`, in which nothing stays hidden (`visible`). */
export function fill<T extends Text>(template: T, ...[values]: Fillings<T>): Text {
  const known: Readonly<Record<string, Value>> = values ?? {};
  const words = piecesOf(template);
  const put = (locale: Locale) => {
    let filled = '';
    for (const [i, piece] of words[locale].entries()) {
      const value = i % 2 === 1 && Object.hasOwn(known, piece) ? known[piece] : undefined;
      if (i % 2 === 0) filled += piece;
      else if (value === undefined) filled += `{${piece}}`;
      else filled += visible(typeof value === 'object' ? value[locale] : String(value));
    }
    return filled;
  };
  return { en: put('en'), zh: put('zh') };
}

/** Names in a row: `a, b and 3 more`. `more`: how many are not named. */
export function joinNames(names: readonly Text[], more = 0): Text {
  const rest = more > 0 ? text(` and ${more} more`, `等 ${names.length + more} 处`) : text('', '');
  return {
    en: names.map((name) => name.en).join(', ') + rest.en,
    zh: names.map((name) => name.zh).join('、') + rest.zh,
  };
}

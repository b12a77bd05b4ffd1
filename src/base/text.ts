/** A sentence in every language of the product. Both are required, so a missing translation is a type error. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export type Locale = keyof Text;

export const locales: readonly Locale[] = ['en', 'zh'];

export const text = (en: string, zh: string): Text => ({ en, zh });

/** What may be put into a template: a number, a word that needs no translation, or a text that has one. */
export type Values = Readonly<Record<string, string | number | Text>>;

/** Replaces `{name}` in both languages by `values.name`; an unknown name is left as it stands. */
export function fill(template: Text, values: Values): Text {
  const put = (locale: Locale) =>
    template[locale].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) return whole;
      return typeof value === 'object' ? value[locale] : String(value);
    });
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

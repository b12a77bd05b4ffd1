/** The language of the page: `useT()` gives a function that says a text in it. */
import { type Fillings, fill, type Locale, type Text } from '../base/text.ts';
import { useSettings } from './settings.ts';

export const useLocale = (): Locale => useSettings((s) => s.locale);

export const localeName: Readonly<Record<Locale, string>> = { en: 'English', zh: '简体中文' };

/** A text in a language, with its values put in. */
export const say = <T extends Text>(locale: Locale, text: T, ...values: Fillings<T>): string =>
  fill(text, ...values)[locale];

/** For sentences said outside a component. */
export const sayNow = <T extends Text>(text: T, ...values: Fillings<T>): string =>
  say(useSettings.getState().locale, text, ...values);

export function useT(): <T extends Text>(text: T, ...values: Fillings<T>) => string {
  const locale = useLocale();
  return (text, ...values) => say(locale, text, ...values);
}

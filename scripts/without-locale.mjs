/**
 * A plugin for the page's build: zod brings English sentences for what a schema refuses. Ours stand in
 * src/base/validate.ts, in every language.
 */
export const withoutLocale = () => ({
  name: 'without-locale',
  apply: 'build',
  transform(code, id) {
    if (!/\/zod\/v4\/locales\/en\.js$/.test(id)) return undefined;
    if (!code.includes('export default function'))
      throw new Error(`zod's sentences are no longer where scripts/without-locale.mjs looks`);
    return { code: 'export default () => ({});', map: null };
  },
});

/**
 * A plugin for the page's build: zod tries whether it may compile its schemas by `new Function`. The page's policy
 * forbids that, and the browser reports the attempt; so zod is told beforehand.
 */
const config = '(_a.__zod_globalConfig = {})';

export const withoutEval = () => ({
  name: 'without-eval',
  apply: 'build',
  transform(code, id) {
    if (!/\/zod\/v4\/core\/core\.js$/.test(id)) return undefined;
    if (!code.includes(config))
      throw new Error(`zod's configuration is no longer where scripts/without-eval.mjs looks`);
    return { code: code.replace(config, '(_a.__zod_globalConfig = { jitless: true })'), map: null };
  },
});

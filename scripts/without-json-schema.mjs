/**
 * A plugin for the page's build: zod's schemas bring along how they are written as JSON schemas, which only
 * `npm run build:schema` asks for. In the page and its worker these functions do nothing.
 */
export const withoutJsonSchema = () => ({
  name: 'without-json-schema',
  apply: 'build',
  transform(code, id) {
    if (!/\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(id)) return undefined;
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
    if (names.length === 0)
      throw new Error(`zod's JSON schemas are no longer where scripts/without-json-schema.mjs looks`);
    const stubs = names.map((name) => `export const ${name} = () => nothing;`);
    const stub = ['const nothing = () => undefined;', ...stubs, 'export { nothing as process };'].join('\n');
    return { code: stub, map: null };
  },
});

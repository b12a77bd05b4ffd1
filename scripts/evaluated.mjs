/**
 * A plugin for the page's build: puts the values that a module gives in the place of its source, where it would
 * bring along all that they are read off. They must be plain data.
 */
import { runnerImport } from 'vite';

/** @param {RegExp} which Modules, by where they are. */
export const evaluated = (which) => ({
  name: 'evaluated',
  apply: 'build',
  async load(id) {
    if (!which.test(id)) return undefined;
    const { module } = await runnerImport(id, { configFile: false, logLevel: 'error' });
    const values = Object.entries(module).map(
      ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
    );
    return { code: values.join('\n'), map: null };
  },
});

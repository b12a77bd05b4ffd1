/** Runs a benchmark: `node scripts/bench.mjs check --json`. Bundled first, so that what is timed is what ships. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { root } from './install.mjs';

const [name = 'check', ...args] = process.argv.slice(2);
const outDir = join(root, 'build/bench', name);
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    emptyOutDir: true,
    rolldownOptions: { input: { [name]: `test/bench/${name}.ts` } },
  },
});
process.argv = [...process.argv.slice(0, 2), ...args];
await import(pathToFileURL(join(outDir, `${name}.js`)).href);

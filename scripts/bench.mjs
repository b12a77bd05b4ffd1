/** Runs a benchmark: `node scripts/bench.mjs check --json`. Bundled first, so that what is timed is what ships. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { root } from './install.mjs';

const [name = 'check', ...args] = process.argv.slice(2);
const outDir = `build/bench/${name}`;
await bundle(name, `test/bench/${name}.ts`, outDir, { external: ['@playwright/test', 'vite'] });
process.argv = [...process.argv.slice(0, 2), ...args];
process.chdir(root);
await import(pathToFileURL(join(root, outDir, `${name}.js`)).href);

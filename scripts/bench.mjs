/**
 * Runs a benchmark: `node scripts/bench.mjs check --json`. Bundled first, so that what is timed is what ships.
 * `--against FOLDER` (check, engines): what another checkout has in place of it is bundled too, and handed over:
 * for engines the benchmark, as a program whose times stand beside ours; for check the compiler, as a module.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { root } from './install.mjs';

const [name = 'check', ...args] = process.argv.slice(2);
const outDir = `build/bench/${name}`;
const entry = `test/bench/${name}.ts`;
const options = { external: ['@playwright/test', 'vite'] };
await bundle(name, entry, outDir, options);
const at = args.indexOf('--against') + 1;
if (at > 0) {
  const folder = resolve(args[at] ?? '');
  const other = await import(pathToFileURL(join(folder, 'scripts/bundle.mjs')).href);
  await other.bundle(name, name === 'check' ? 'src/compiler/index.ts' : entry, outDir, options);
  args[at] = join(folder, outDir, `${name}.js`);
}
process.argv = [...process.argv.slice(0, 2), ...args];
process.chdir(root);
await import(pathToFileURL(join(root, outDir, `${name}.js`)).href);

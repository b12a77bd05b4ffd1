/** `npm run templates`: bundles the training of all templates (test/templates) and runs it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { root } from './install.mjs';

await bundle('train-all', 'test/templates/train-all.ts', 'build/templates');
process.chdir(root);
await import(pathToFileURL(join(root, 'build/templates/train-all.js')).href);

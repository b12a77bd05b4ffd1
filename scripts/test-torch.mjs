/** `npm run test:torch`: bundles the comparison with PyTorch (test/torch) and runs it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { root } from './install.mjs';

await bundle('parity', 'test/torch/parity.ts', 'build/test-torch');
process.chdir(root);
await import(pathToFileURL(join(root, 'build/test-torch/parity.js')).href);

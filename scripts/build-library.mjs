/** Builds the library into dist/lib: one module for Node, one for all other hosts, and their types in one file. */
import { writeFileSync } from 'node:fs';
import { bundle } from './bundle.mjs';
import { bundleTypes } from './bundle-types.mjs';
import { root } from './install.mjs';

await bundle('tensorloom', 'src/index.ts', 'dist/lib', { others: { node: 'src/cli/library.ts' } });
writeFileSync(`${root}dist/lib/tensorloom.d.ts`, bundleTypes('src/index.ts'));

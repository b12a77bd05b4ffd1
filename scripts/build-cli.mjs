/** Builds the command line into dist/cli/. What a command does not need stays in chunks that are loaded on demand. */
import { bundle } from './bundle.mjs';

await bundle('tensorloom', 'src/cli/main.ts', 'dist/cli', { others: { thread: 'src/cli/node-thread.ts' } });

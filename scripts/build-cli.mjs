/** Builds the command line into dist/cli/. What a command does not need stays in chunks that are loaded on demand. */
import { bundle } from './bundle.mjs';

/** `outDir` is relative to the project. */
export const buildCommandLine = (outDir) =>
  bundle('tensorloom', 'src/cli/main.ts', outDir, {
    others: { command: 'src/cli/command-thread.ts', thread: 'src/cli/node-thread.ts' },
  });

if (import.meta.filename === process.argv[1]) await buildCommandLine('dist/cli');

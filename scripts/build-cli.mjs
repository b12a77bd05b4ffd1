/**
 * Bundles the command line into dist/cli/. Everything is inlined, so that it starts without looking
 * through node_modules; what a verb does not need stays in chunks that are loaded on demand.
 */
import { build } from 'vite';
import { root } from './install.mjs';

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: true,
    rolldownOptions: {
      input: { tensorloom: 'src/cli/main.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

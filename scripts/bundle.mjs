/** Bundles one entry for Node, everything inlined but what is loaded on demand: it starts without searching node_modules. */
import { build } from 'vite';
import { root } from './install.mjs';
import { licences } from './licences.mjs';

/**
 * Writes `outDir`/`name`.js from `entry`, and the same for each of `others`; paths are relative to the
 * project. Packages in `external` stay outside.
 */
export const bundle = (name, entry, outDir, { external = [], others = {} } = {}) =>
  build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [licences()],
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: { [name]: entry, ...others },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });

/** The page: built into dist/page, served with a policy of what it may do, and isolated as Wasm threads need it. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { evaluated } from './scripts/evaluated.mjs';
import { licences } from './scripts/licences.mjs';
import { withoutColours } from './scripts/without-colours.mjs';
import { withoutEval } from './scripts/without-eval.mjs';
import { withoutJsonSchema } from './scripts/without-json-schema.mjs';
import { withoutLocale } from './scripts/without-locale.mjs';
import { withoutDocs, withoutParts, withoutRemedies, withoutTorch } from './scripts/without-parts.mjs';
import { pageHeaders } from './src/cli/page-headers.ts';

/** The development server's own scripts stand in the page, which the policy forbids. */
const { 'Content-Security-Policy': _, ...development } = pageHeaders;
/** Folders of packages of which something stands in the page or its worker. */
const packages = new Set<string>();

export default defineConfig({
  // Relative addresses: the built page works from any folder of any server.
  base: './',
  plugins: [
    react(),
    withoutParts('examples', 'lower', 'torch'),
    withoutDocs(),
    withoutRemedies(),
    evaluated(/\/src\/(catalogue\/docs|base\/remedies)\.ts$/),
    withoutColours(),
    withoutEval(),
    withoutJsonSchema(),
    withoutLocale(),
    licences(packages),
  ],
  worker: {
    format: 'es',
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
    plugins: () => [
      withoutParts(
        'examples',
        'doc',
        'glyph',
        'adapt',
        'repair',
        'label',
        'options',
        'widget',
        'summary',
        'weightForm',
      ),
      withoutTorch(),
      withoutRemedies(),
      withoutEval(),
      withoutJsonSchema(),
      withoutLocale(),
      licences(packages, { writes: false }),
    ],
  },
  build: {
    target: 'es2023',
    outDir: 'dist/page',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
    // What the first screen waits for is one file, however else its modules are shared; and what the next ones wait for.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', tags: ['$initial'] },
            // What both screens stand on, or either would load the other's.
            { name: 'bar', test: /src\/ui\/(frame\/Preferences|parts\/(Wordmark|Icon))\.tsx$/ },
            { name: 'check', test: /src\/ui\/gallery\/thumbnail\.ts$/ },
            { name: 'graph', test: /src\/ui\/(frame\/Workbench\.tsx|session\/document-session\.ts)$/ },
          ],
        },
      },
    },
  },
  server: { headers: development },
  preview: { headers: pageHeaders },
});

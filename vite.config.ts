/** The page: built into dist/page, served with the isolation that SharedArrayBuffer and Wasm threads need. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { withoutExamples } from './scripts/without-examples.mjs';

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses: the built page works from any folder of any server.
  base: './',
  plugins: [react(), withoutExamples()],
  worker: { format: 'es', plugins: () => [withoutExamples()] },
  // One chunk holds React, React Flow and zod, which the first screen needs; what it does not need is loaded later.
  build: { target: 'es2023', outDir: 'dist/page', emptyOutDir: true, chunkSizeWarningLimit: 800 },
  server: { headers: isolation },
  preview: { headers: isolation },
});

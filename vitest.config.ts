/** Unit tests beside their source and cross-module tests in test/, all in Node unless a file asks for more. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'graph-schema/**/*.test.ts',
      'test/{bench,conformance,hosts,lessons,property,golden,mistakes,faults,templates,tidy}/**/*.test.ts',
    ],
    setupFiles: ['test/support/everything.ts', 'test/support/properties.ts', 'test/support/relaxed-simd.ts'],
    // The machines that run this have two cores, and the long tests compute in process.
    maxWorkers: 2,
    // One module graph for all files of a worker: to load the catalogue anew for each takes longer than the tests.
    isolate: false,
    // A guard against a test that hangs, never a measure of speed: generous, for a busy machine.
    testTimeout: 120_000,
  },
});

/** End-to-end tests: the built page in a real browser. scripts/test.mjs finds the browser and sets CHROMIUM_PATH. */
import { defineConfig } from '@playwright/test';

const port = Number(process.env.TENSORLOOM_PORT ?? 4173);

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // As many as the cores of the machines that run this; each has a browser of its own.
  workers: 2,
  // Recording every test would take a fifth of the time: one that fails is run again and recorded. One that fails
  // only at first is named at the end (scripts/test.mjs): it waits for something that it does not name, or the page does.
  retries: 1,
  // Guards against what never comes, not measures of speed: the machine may be busy.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'build/results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node dist/cli/tensorloom.js serve --port ${port}`,
    port,
    reuseExistingServer: false,
  },
});

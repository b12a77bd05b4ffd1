/** The built page in a browser, served on a port of its own: what the benchmarks of the page begin with. */
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build, preview } from 'vite';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** Builds into `build/bench/<name>`, and closes browser and server when `measure` has ended. Throws where there is no browser. */
export async function withBuiltPage(
  name: string,
  port: number,
  measure: (browser: Browser, url: string) => Promise<void>,
): Promise<void> {
  const { findBrowser } = (await import(pathToFileURL(`${process.cwd()}/scripts/browser.mjs`).href)) as {
    findBrowser(): Promise<{ env: Record<string, string> } | undefined>;
  };
  const found = await findBrowser();
  if (!found) throw new Error('no browser could be found or installed');
  const outDir = `build/bench/${name}`;
  await build({ logLevel: 'error', build: { outDir } });
  const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port } });
  const { CHROMIUM_PATH: executablePath } = found.env;
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags });
  try {
    await measure(browser, server.resolvedUrls?.local[0] as string);
  } finally {
    await browser.close();
    await server.close();
  }
}

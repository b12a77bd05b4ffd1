/** Takes the README's picture, docs/screenshot.png: the built page after it has trained the digits. */
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { findBrowser } from './browser.mjs';
import { root } from './install.mjs';

const found = await findBrowser();
if (!found) throw new Error('No browser could be found or installed.');
await build({ root, logLevel: 'warn' });
const server = await preview({ root });
const browser = await chromium.launch({
  executablePath: found.env.CHROMIUM_PATH,
  env: { ...process.env, ...found.env },
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  await page.goto(server.resolvedUrls.local[0]);
  await page.locator('[data-template="digits-mlp"]').click();
  await page.locator('.react-flow__node').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Finished').waitFor();
  await page.locator('[data-curve] canvas').first().waitFor();
  // Let the last values reach the wires, and transitions end.
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `${root}docs/screenshot.png` });
} finally {
  await browser.close();
  await server.close();
}

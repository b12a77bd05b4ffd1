/** The page under the policy that it is served with: nothing of it is forbidden to itself, and the rest is to others. */
import { expect, openTemplate, tab, test } from './fixture.ts';

test('is served with a policy without inline scripts, and keeps to it', async ({ page }) => {
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { dataset } = document.documentElement;
      dataset.violations = `${dataset.violations ?? ''}${violatedDirective} ${blockedURI}; `;
    });
  });
  const response = await page.goto('./');
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(await response?.text()).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);

  // Worker, WebAssembly, threads, charts, the plan's drawings, messages and their pages.
  await openTemplate(page, 'digits-cnn');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-curve="loss"] canvas')).toBeVisible();
  for (const name of ['Problems', 'Plan', 'Run', 'Values']) await tab(page, name).click();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.dataset.violations)).toBeUndefined();
});

// A page of its own: the console of the others must stay clean.
test('forbids what is not its own', async ({ browser, baseURL }) => {
  const page = await browser.newPage({ baseURL });
  await page.goto('./');
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.inline = "ran"';
    document.head.append(script);
    // From a timer: what a debugger evaluates is allowed more.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function('return true')());
        } catch {
          resolve(false);
        }
      });
    });
    return { inline: document.documentElement.dataset.inline, evaluated };
  });
  expect(ran).toEqual({ inline: undefined, evaluated: false });
  for (const hidden of ['.env', '.git/config', 'assets/.hidden'])
    expect((await page.request.get(`${baseURL}${hidden}`)).status()).toBe(404);
  await page.close();
});

test('has the theme before the page is there', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./');
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
});

test('carries the licences of what it contains', async ({ page }) => {
  await page.goto('./');
  await page.keyboard.press('?');
  const link = page.getByRole('link', { name: 'Licences of what this page contains' });
  const response = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
  expect(response.status()).toBe(200);
  const text = await response.text();
  for (const name of [
    'react ',
    'react-dom ',
    '@xyflow/react ',
    'zod ',
    'immer ',
    'idb ',
    'uplot ',
    'assemblyscript ',
    'zustand ',
  ])
    expect(text).toContain(`\n${name}`);
  expect(text).toContain('Permission is hereby granted, free of charge');
  expect(text).toContain('Creative Commons Attribution 4.0');
});

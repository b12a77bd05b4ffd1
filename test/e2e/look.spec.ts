/** Language, theme and narrow screens. */
import type { Page } from '@playwright/test';
import { card, expect, openProduct, openTemplate, test } from './fixture.ts';

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('the language changes everywhere at once, and is remembered', async ({ page }) => {
  await openProduct(page);
  await page.getByLabel('Language').selectOption('zh');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: '添加张量', exact: true })).toBeVisible();
  await expect(page.getByRole('tab', { name: '数值' })).toBeVisible();
  await card(page, 'A').click();
  await expect(page.getByText('不变的数')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('tab', { name: '数值' })).toBeVisible();
});

test.describe('where the browser prefers Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('the page speaks it from the start', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByRole('button', { name: '空白画布' })).toBeVisible();
  });
});

test.describe('where the system is dark', () => {
  test.use({ colorScheme: 'dark' });
  test('the page is dark until the user chooses otherwise, and remembers the choice', async ({ page }) => {
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const dark = await background(page);
    await page.getByRole('button', { name: 'Theme: as the system' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    expect(await background(page)).not.toBe(dark);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  const overflow = (page: Page) =>
    page.evaluate(() => {
      const wide = [
        ...document.querySelectorAll<HTMLElement>('header, nav, aside, section, dialog, button, input'),
      ];
      return wide
        .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
        .filter((e) => !e.closest('.stage, .table-scroll, .dock-body'))
        .map((e) => e.outerHTML.slice(0, 80));
    });

  test('nothing overflows: gallery, canvas, every sheet, dialogs', async ({ page }) => {
    await page.goto('./');
    await expect(page.locator('[data-template="quadratic-bowl"] svg')).toBeVisible();
    expect(await overflow(page)).toEqual([]);
    await page.locator('[data-template="quadratic-bowl"]').tap();
    await expect(card(page, 'A')).toBeVisible();
    expect(await overflow(page)).toEqual([]);
    await card(page, 'A').tap();
    for (const sheet of ['Nodes', 'Details', 'Results']) {
      await page.getByRole('button', { name: sheet, exact: true }).tap();
      await expect(page.locator('.panel:visible')).toHaveCount(1);
      expect(await overflow(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Canvas', exact: true }).tap();
    await expect(page.locator('.panel:visible')).toHaveCount(0);
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('button', { name: 'Help: all keys' }).tap();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await overflow(page)).toEqual([]);
  });

  test('a model trains in the sheet', async ({ page }) => {
    await openTemplate(page, 'two-moons-mlp');
    await page.getByRole('button', { name: 'Results', exact: true }).tap();
    await page.getByRole('button', { name: 'Run', exact: true }).tap();
    await expect(page.locator('[data-curve="loss"] canvas')).toBeVisible();
    await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
  });
});

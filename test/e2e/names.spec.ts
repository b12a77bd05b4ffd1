/** What messages call a node stands on its card. */
import type { Page } from '@playwright/test';
import { card, expect, openEmpty, openTemplate, tab, test } from './fixture.ts';

const told = (page: Page) => page.getByRole('tabpanel');

for (const { locale, add, second, quote } of [
  { locale: 'en-US', add: 'Add Add', second: 'Add #2', quote: /“add\d”|Add “/ },
  { locale: 'zh-CN', add: '添加相加', second: '相加 #2', quote: /“add\d”|相加“/ },
])
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('two nodes of a kind have a number each, on cards, in messages and in fixes', async ({ page }) => {
      await page.goto('./');
      await page.getByRole('button', { name: /Empty canvas|空白画布/ }).click();
      for (let k = 0; k < 2; k++) await page.getByRole('button', { name: add, exact: true }).click();
      const numbered = (number: string) => page.locator('.react-flow__node').filter({ hasText: number });
      await expect(numbered('#2')).toHaveCount(1);
      await tab(page, /Problems|问题/).click();
      await expect(told(page)).toContainText(second);
      await expect(told(page).locator('.problem').first()).toBeVisible();
      expect(await told(page).innerText()).not.toMatch(quote);
      await numbered('#2').click();
      await page.keyboard.press('Control+d');
      await expect(numbered('#3')).toHaveCount(1);
    });
  });

test('a label is what a node is called everywhere', async ({ page }) => {
  await openEmpty(page);
  await page.getByRole('button', { name: 'Add Linear', exact: true }).click();
  await page.getByLabel('Label').fill('first layer');
  await tab(page, /Problems/).click();
  await expect(told(page)).toContainText('“first layer”');
  await expect(card(page, 'first layer')).toBeVisible();
});

test('inside a block the message names the way of cards that leads there', async ({ page }) => {
  await openTemplate(page, 'digits-attention');
  await card(page, 'Attention').dblclick();
  await page.locator('.react-flow__node[data-id="norm"]').click();
  await page.keyboard.press('Delete');
  await tab(page, /Problems/).click();
  await expect(told(page)).toContainText('Attention › query');
  expect(await told(page).innerText()).not.toContain('attend/');
});

/** Nodes are found by what they are called elsewhere, despite slips, and an equation becomes its drawing. */
import type { Page } from '@playwright/test';
import { card, expect, field, openEmpty, test } from './fixture.ts';

const box = (page: Page) => page.getByRole('searchbox');
const cards = (page: Page) => page.locator('.react-flow__node');
const wires = (page: Page) => page.locator('.react-flow__edge');

test('by mouse: another tool’s name leads to the node with its setting', async ({ page }) => {
  await openEmpty(page);
  await box(page).fill('relu');
  await page.getByRole('button', { name: 'Add Activation: relu' }).click();
  await expect(field(page, 'Function')).toHaveValue('relu');
  await box(page).fill('trace');
  await page.getByRole('button', { name: 'Add Contract: ii->' }).click();
  await expect(field(page, 'Expression')).toHaveValue('ii->');
  await box(page).fill('lienar');
  await page.getByRole('button', { name: 'Add Linear', exact: true }).click();
  await expect(card(page, 'Linear')).toBeVisible();
  await box(page).fill('全连接');
  await expect(page.getByRole('button', { name: 'Add Linear', exact: true })).toBeVisible();
  await box(page).fill('');
  await expect(page.getByRole('button', { name: 'Add Activation: relu' })).toHaveCount(0);
});

test('by keyboard: an equation becomes its drawing in one step; new tensors have letters', async ({
  page,
}) => {
  await openEmpty(page);
  await page.keyboard.press('Shift+A');
  await expect(page.getByRole('combobox', { name: 'Search for a node' })).toBeFocused();
  await page.keyboard.type('ab,bc,cd,da->');
  await expect(page.locator('.tl-popup').getByRole('option').first()).toHaveText('Draw ab,bc,cd,da->');
  await page.keyboard.press('Enter');
  await expect(cards(page)).toHaveCount(5);
  await expect(wires(page)).toHaveCount(4);
  for (const name of ['A', 'B', 'C', 'D']) await expect(card(page, name)).toBeVisible();
  await expect(page.getByRole('tab', { name: /Problems/ })).not.toContainText(/\d/);
  await page.keyboard.press('Control+z');
  await expect(cards(page)).toHaveCount(0);
  await page.keyboard.press('Control+y');
  await expect(cards(page)).toHaveCount(5);
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('parameter');
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node:focus')).toContainText('W₁');
  await page.keyboard.press('Control+d');
  await expect(card(page, 'W₂')).toBeVisible();
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });
  test('the same, in its words', async ({ page }) => {
    await openEmpty(page);
    await box(page).fill('迹');
    await expect(page.getByRole('button', { name: '添加收缩：ii->' })).toBeVisible();
    await box(page).fill('ij,jk->ik');
    await page.getByRole('button', { name: '画出 ij,jk->ik' }).click();
    await expect(cards(page)).toHaveCount(3);
  });
});

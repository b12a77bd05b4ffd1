/** Context menus, by mouse and by keyboard: roles, arrows, letters, Escape, and where the focus goes. */
import { card, expect, openProduct, test } from './fixture.ts';

const menu = (page: import('@playwright/test').Page) => page.getByRole('menu', { name: 'Actions' });
const focused = (page: import('@playwright/test').Page) => page.locator(':focus');

test('the menu of a card is walked by keys and gives the focus back', async ({ page }) => {
  await openProduct(page);
  await card(page, 'B').click();
  await card(page, 'B').focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu(page)).toBeVisible();
  const items = menu(page).getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(items.last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(focused(page)).toContainText('Delete');
  await page.keyboard.press('Home');
  await expect(focused(page)).toContainText('Inspect');
  // Letters: one goes on from match to match, several are taken together.
  await page.keyboard.type('c');
  await expect(focused(page)).toContainText('Connect to');
  await page.keyboard.type('c');
  await expect(focused(page)).toContainText('Copy');
  await page.keyboard.press('Home');
  await page.keyboard.type('du');
  await expect(focused(page)).toContainText('Duplicate');
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(card(page, 'B')).toBeFocused();

  await page.keyboard.press('Shift+F10');
  await page.keyboard.type('dup');
  await page.keyboard.press('Enter');
  // A copy has a letter of its own.
  await expect(card(page, 'D')).toBeVisible();
});

test('by mouse: the card that was meant has the focus afterwards, a click beside closes', async ({
  page,
}) => {
  await openProduct(page);
  await card(page, 'A').click({ button: 'right' });
  await expect(menu(page).getByRole('menuitem', { name: 'Delete' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card(page, 'A')).toBeFocused();
  await card(page, 'A').click({ button: 'right' });
  await page.getByRole('searchbox').click();
  await expect(menu(page)).toHaveCount(0);
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 }, button: 'right' });
  await expect(menu(page).getByRole('menuitem')).toHaveCount(6);
  await menu(page).getByRole('menuitem', { name: 'Select all' }).click();
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(4);
});

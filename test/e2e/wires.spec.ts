/** Sizes are edited where they are seen: on the label of a wire, by mouse and by keyboard. */
import type { Page } from '@playwright/test';
import { card, expect, field, openProduct, openTemplate, test } from './fixture.ts';

const sizes = (page: Page, axis: string) => page.getByRole('button', { name: new RegExp(`^Edit ${axis}: `) });
const box = (page: Page, axis: string) =>
  page.locator('.tl-label-field').and(page.getByLabel(`New size for ${axis}`));

test('a number is set where it is written, as one step', async ({ page }) => {
  await openProduct(page);
  await sizes(page, 'i').last().click();
  await expect(box(page, 'i')).toBeFocused();
  await expect(box(page, 'i')).toHaveValue('3');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect(box(page, 'i')).toHaveCount(0);
  // On the wire out of the product, and in the tensor that says so.
  await expect(sizes(page, 'i').last()).toHaveText('5');
  await card(page, 'A').click();
  await expect(field(page, 'Axes')).toHaveValue('i 5, j 4');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(field(page, 'Axes')).toHaveValue('i 3, j 4');
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
});

test('a size with a name is changed everywhere; what is none is not taken', async ({ page }) => {
  await openTemplate(page, 'iris-mlp');
  await sizes(page, 'batch').first().click();
  const size = page.locator('.tl-label-field');
  await size.fill('x');
  await expect(size).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Enter');
  await expect(size).toBeVisible();
  await size.fill('20');
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
  await expect(page.getByLabel('Size of B')).toHaveValue('20');
  await page.keyboard.press('Control+z');
  await expect(page.getByLabel('Size of B')).toHaveValue('32');
});

test('units follow; a size of the data is told to be written nowhere; Escape leaves all as it was', async ({
  page,
}) => {
  await openTemplate(page, 'iris-mlp');
  await sizes(page, 'h').first().click();
  await page.locator('.tl-label-field').fill('24');
  await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
  await card(page, 'Linear').first().click();
  await expect(field(page, 'Units')).toHaveValue('24');
  await sizes(page, 'f').first().click();
  await expect(page.locator('.tl-label-field')).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: 'follows from others' })).toBeVisible();
  await sizes(page, 'h').first().click();
  await page.locator('.tl-label-field').fill('7');
  await page.keyboard.press('Escape');
  await expect(field(page, 'Units')).toHaveCount(0);
  await card(page, 'Linear').first().click();
  await expect(field(page, 'Units')).toHaveValue('24');
});

test('by keyboard: F2 on a wire, Tab from size to size, Enter back to the wire', async ({ page }) => {
  await openProduct(page);
  await card(page, 'A').click();
  await page.keyboard.press('Tab');
  await expect(page.locator('.react-flow__edge:focus')).toHaveCount(1);
  await page.keyboard.press('F2');
  await page.keyboard.type('6');
  await page.keyboard.press('Tab');
  await expect(box(page, 'j')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.react-flow__edge:focus')).toHaveCount(1);
  await expect(sizes(page, 'i').first()).toHaveText('6');
  await page.keyboard.press('Control+z');
  await expect(sizes(page, 'i').first()).toHaveText('3');
});

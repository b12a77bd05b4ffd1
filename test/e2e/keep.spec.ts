/** Work is kept: through a reload, in two tabs, in a file; and a hostile file does no harm. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { card, dropFile, expect, field, openProduct, openTemplate, saved, tab, test } from './fixture.ts';

const fixtures = fileURLToPath(new URL('../../graph-schema/fixtures/hostile/', import.meta.url));

test('a reload finds the work where it was, even right after the last key', async ({ page }) => {
  await openProduct(page);
  await expect(saved(page)).toBeVisible();
  await card(page, 'A').click();
  await field(page, 'Label').fill('first matrix');
  await tab(page, 'Values').click();
  await page.reload();
  await expect(card(page, 'first matrix')).toBeVisible();
  await expect(tab(page, 'Values')).toHaveAttribute('aria-selected', 'true');
  await expect(saved(page)).toBeVisible();

  await page.getByRole('button', { name: 'Back to the gallery' }).click();
  await page.getByRole('button', { name: 'Continue: Matrix product' }).click();
  await expect(card(page, 'first matrix')).toBeVisible();
});

test('an unchanged template does not fill the list of works', async ({ page }) => {
  await openTemplate(page, 'quadratic-bowl');
  await expect(saved(page)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Empty canvas' })).toBeVisible();
  await expect(page.getByText('Continue:')).toHaveCount(0);
});

test('two tabs on one document never overwrite each other', async ({ page, context }) => {
  await openProduct(page);
  await field(page, 'Steps').fill('7');
  await expect(saved(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel('Name of the graph').fill('Theirs');
  await expect(saved(other)).toBeVisible();
  await page.getByLabel('Name of the graph').fill('Mine');
  await expect(page.getByText('changed in another tab')).toBeVisible();
  await page.getByRole('button', { name: 'Back to the gallery' }).click();
  await expect(page.getByRole('button', { name: 'Continue: Mine' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue: Theirs' })).toBeVisible();
});

test('saved to a file and opened again, it is the same graph', async ({ page }) => {
  await openProduct(page);
  await page.getByLabel('Name of the graph').fill('My product');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const file = await download;
  expect(file.suggestedFilename()).toBe('My product.graph.json');
  const text = readFileSync(await file.path(), 'utf8');
  expect(Object.keys(JSON.parse(text).nodes)).toEqual(['A', 'B', 'product', 'C']);

  await page.goto('./');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file' }).click();
  await (await chooser).setFiles(await file.path());
  await expect(page.getByLabel('Name of the graph')).toHaveValue('My product');
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);

  const second = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to a file' }).click();
  expect(readFileSync(await (await second).path(), 'utf8')).toBe(text);
});

test('hostile files are refused with their reasons, and nothing is lost', async ({ page }) => {
  await openProduct(page);
  await card(page, 'A').click();
  await field(page, 'Label').fill('precious');
  for (const [file, says] of [
    ['truncated.json', 'ends too early'],
    ['proto-in-params.json', '__proto__'],
    ['wrong-types.json', 'Place'],
    ['future-version.json', 'version'],
  ] as const) {
    await dropFile(page, file, readFileSync(fixtures + file, 'utf8'));
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(says);
    await expect(dialog).toContainText('Your present work is untouched');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toHaveCount(0);
    await expect(card(page, 'precious')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
  }
});

test('when storage is blocked the page says so and keeps working', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
  });
  await openProduct(page);
  await card(page, 'A').click();
  await field(page, 'Label').fill('still here');
  await expect(page.locator('.saved-sign')).toContainText('Not saved: this browser blocks storage');
  await expect(card(page, 'still here')).toBeVisible();
});

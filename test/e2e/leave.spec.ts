/** Leaving: a killed tab loses at most a second, what is not saved asks first, and going back makes no copies. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { card, expect, field, openEmpty, openProduct, openTemplate, saved, test } from './fixture.ts';

const sign = (page: Page) => page.locator('.saved-sign');
const nameBox = (page: Page) => page.getByLabel('Name of the graph');
const toGallery = (page: Page) => page.getByRole('button', { name: 'Back to the gallery' }).click();
const works = (page: Page) => page.locator('.recent-open');

/** From now on the browser's storage takes nothing more. */
const fillStorage = (page: Page) =>
  page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });

/** Asks for a reload, as the page's own button would, and stays when the browser asks whether to leave. */
async function stayOnReload(page: Page): Promise<void> {
  const asking = page.waitForEvent('dialog');
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const dialog = await asking;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
}

test('typing without a pause loses at most a second to a kill', async ({ page, context }) => {
  await openProduct(page);
  await expect(saved(page)).toBeVisible();
  const url = page.url();
  await nameBox(page).fill('');
  await nameBox(page).focus();
  const begun = Date.now();
  await page.keyboard.type('x'.repeat(40), { delay: 60 });
  const perSecond = (40 * 1000) / (Date.now() - begun);
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  const other = await context.newPage();
  await other.goto(url);
  await expect(card(other, 'A')).toBeVisible();
  expect((await nameBox(other).inputValue()).length).toBeGreaterThanOrEqual(40 - Math.ceil(perSecond));
});

test('a tab that is closed right after a key keeps it', async ({ page, context }) => {
  await openProduct(page);
  await expect(saved(page)).toBeVisible();
  await nameBox(page).fill('before');
  await expect(saved(page)).toBeVisible();
  await nameBox(page).press('End');
  await page.keyboard.type('!');
  const other = await context.newPage();
  await page.close({ runBeforeUnload: true });
  await other.goto('./');
  await expect(works(other)).toHaveCount(1);
  await works(other).click();
  await expect(nameBox(other)).toHaveValue('before!');
});

test('what storage refuses is asked about before the document or the page is left', async ({ page }) => {
  await openProduct(page);
  await expect(saved(page)).toBeVisible();
  await fillStorage(page);
  await nameBox(page).fill('precious');
  await expect(sign(page)).toContainText('Not saved: this browser’s storage is full');
  await toGallery(page);
  const dialog = page.getByRole('dialog', { name: 'This document is not saved' });
  await expect(dialog).toContainText('this browser’s storage is full');
  await page.keyboard.press('Escape');
  await expect(nameBox(page)).toHaveValue('precious');

  await page.goBack();
  await expect(dialog).toBeVisible();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save to a file' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('precious');
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(nameBox(page)).toHaveValue('precious');
  expect(page.url()).toContain('#doc=');

  await stayOnReload(page);
  await expect(nameBox(page)).toHaveValue('precious');

  await toGallery(page);
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page.getByRole('button', { name: 'Empty canvas' })).toBeVisible();
});

test('going back and forward makes no copies, even right after an edit', async ({ page }) => {
  await openProduct(page);
  await expect(saved(page)).toBeVisible();
  for (const name of ['one', 'two', 'three']) {
    await nameBox(page).fill(name);
    await page.evaluate(() => {
      history.back();
      setTimeout(() => history.forward(), 30);
    });
    await expect(nameBox(page)).toHaveValue(name);
    await nameBox(page).press('End');
    await page.keyboard.type('!');
    await expect(saved(page)).toBeVisible();
    await page.goBack();
    await expect(works(page)).toHaveCount(1);
    await page.goForward();
    await expect(nameBox(page)).toHaveValue(`${name}!`);
  }
  await expect(page.getByText('as a copy')).toHaveCount(0);
});

test('two tabs that only look make no copies', async ({ page, context }) => {
  await openProduct(page);
  await nameBox(page).fill('shared');
  await expect(saved(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(nameBox(other)).toHaveValue('shared');
  await nameBox(page).fill('shared and changed');
  await expect(saved(page)).toBeVisible();
  await expect(page.getByText('as a copy')).toHaveCount(0);
  await other.goto('./');
  await expect(works(other)).toHaveCount(1);
});

test('a newer page in another tab gets the storage, and this one says so and loses nothing', async ({
  page,
  context,
}) => {
  await openProduct(page);
  await expect(saved(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto('./');
  const upgraded = await other.evaluate(
    () =>
      new Promise((resolve) => {
        const opening = indexedDB.open('tensorloom', 999);
        opening.onsuccess = () => {
          opening.result.close();
          resolve('upgraded');
        };
        opening.onblocked = () => setTimeout(resolve, 5000, 'blocked');
      }),
  );
  expect(upgraded).toBe('upgraded');
  await nameBox(page).fill('still mine');
  await expect(sign(page)).toContainText('Not saved: a newer version of this page');
  await toGallery(page);
  await expect(page.getByRole('dialog', { name: 'This document is not saved' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(nameBox(page)).toHaveValue('still mine');
});

test('odd settings do not blank the page', async ({ page }) => {
  await openEmpty(page);
  await page.evaluate(() => localStorage.setItem('tensorloom.draft.zzz', '[1'));
  const settings = '{"theme":[],"dockTab":7,"threads":-1,"locale":{}}';
  for (const odd of ['5', '[]', '"x"', 'null', 'true', '{', settings]) {
    await page.evaluate((odd) => localStorage.setItem('tensorloom.settings', odd), odd);
    await page.reload();
    await expect(nameBox(page)).toHaveValue('Untitled');
  }
});

test('leaving in the middle of a run asks, and going to the gallery keeps what it has made', async ({
  page,
}) => {
  await openTemplate(page, 'two-moons-mlp');
  await field(page, 'Steps').fill('1000000');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.run-progress')).toContainText('step');
  await stayOnReload(page);
  const shown = page.locator('.stage-state');
  await expect(shown).toContainText('after step');
  await toGallery(page);
  await works(page).click();
  await expect(shown).toContainText(/after step [1-9]/);
});

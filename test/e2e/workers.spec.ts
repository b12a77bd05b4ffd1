/** Workers that end: what they were asked is told or asked again, and a training run goes on. */
import type { Page } from '@playwright/test';
import { card, expect, field, openTemplate, test } from './fixture.ts';

/** The first answers what is asked about the drawing, the second trains. */
const close = (page: Page, which: 0 | 1) => page.workers()[which]?.evaluate(() => self.close());
const progress = (page: Page) => page.locator('.run-progress');

const stepOf = async (page: Page): Promise<number> =>
  Number(/step ([\d,]+)/.exec(await progress(page).innerText())?.[1]?.replaceAll(',', '') ?? Number.NaN);

async function trainForLong(page: Page): Promise<void> {
  await openTemplate(page, 'two-moons-mlp');
  await field(page, 'Steps').fill('1000000');
  await expect(card(page, 'Cross-entropy').locator('.tl-number')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => stepOf(page)).toBeGreaterThan(10);
}

test('a run goes on when the worker that answers for the drawing ends', async ({ page }) => {
  await trainForLong(page);
  await close(page, 0);
  const before = await stepOf(page);
  await expect.poll(() => stepOf(page)).toBeGreaterThan(before);
  await expect(page.locator('.notice')).toHaveCount(0);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(progress(page)).toContainText('Stopped');
  // Another answers in its place, and knows the state.
  await expect(page.locator('.stage-state')).toContainText(/after step [1-9]/);
  await page.getByRole('tab', { name: 'Plan' }).click();
  await expect(page.getByRole('table', { name: 'Steps' }).locator('tbody tr').first()).toBeVisible();
});

test('a run goes on from its last state when the worker that trains ends', async ({ page }) => {
  await trainForLong(page);
  // A run that pauses tells its state.
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(progress(page)).toContainText('Paused');
  await page.getByRole('button', { name: 'Go on' }).click();
  await close(page, 1);
  await expect(page.locator('.notice')).toContainText(/training goes on from the state after step [1-9]/);
  const before = await stepOf(page);
  await expect.poll(() => stepOf(page)).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(progress(page)).toContainText('Stopped');
  await expect(page.locator('.stage-state')).toContainText(/after step [1-9]/);
});

test('an error that nothing catches in a worker is told, and the run goes on', async ({ page }) => {
  await trainForLong(page);
  for (const [which, says] of ['struck by lightning', 'struck by thunder'].entries()) {
    await page.workers()[which]?.evaluate((says) => {
      setTimeout(() => {
        throw new Error(says);
      });
    }, says);
    await expect(page.locator('.notice')).toContainText(says);
    const before = await stepOf(page);
    await expect.poll(() => stepOf(page)).toBeGreaterThan(before);
    await expect(progress(page)).toContainText('Running');
  }
});

test('a worker that ends while nothing is asked is replaced by the next question', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  await expect(page.locator('.stage-state')).toHaveText('first values · training batch');
  await close(page, 0);
  await card(page, 'Linear').first().click();
  await field(page, 'Units').fill('20');
  await page.getByRole('tab', { name: 'Plan' }).click();
  await expect(page.getByRole('table', { name: 'Steps' }).locator('tbody tr').first()).toBeVisible();
  await expect(page.locator('.stage-state')).toHaveText('first values · training batch');
});

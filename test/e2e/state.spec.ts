/** The trained state belongs to the document: what is shown is of it, and harmless edits leave it. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { card, expect, field, openTemplate, saved, tab, test } from './fixture.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const progress = (page: Page): Locator => page.locator('.run-progress');
const shownState = (page: Page): Locator => page.locator('.stage-state');
const figure = (page: Page, metric: string): Promise<string> =>
  page.locator(`output[data-metric="${metric}"]`).innerText();
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** With nothing selected the inspector has the settings of the run. */
async function setSteps(page: Page, steps: number): Promise<void> {
  await field(page, 'Steps').fill(String(steps));
  await field(page, 'Steps').press('Enter');
}

async function train(page: Page, template: string, steps: number): Promise<void> {
  await openTemplate(page, template);
  await setSteps(page, steps);
  await page.keyboard.press('Control+Enter');
  await expect(progress(page)).toContainText('Finished');
  await expect(shownState(page)).toHaveText(`after step ${steps} · training batch`);
}

test('every number says of which state and rows it is, and cards and dock say the same', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  await expect(shownState(page)).toHaveText('first values · training batch');
  const untrained = await card(page, 'Cross-entropy').locator('.tl-number').textContent();
  await setSteps(page, 60);
  await page.keyboard.press('Control+Enter');
  await expect(progress(page)).toContainText('Finished');
  await expect(shownState(page)).toHaveText('after step 60 · training batch');
  const trained = await page.locator('[data-on-cards="loss"]').innerText();
  expect(Number(trained)).toBeLessThan(Number(untrained));
  await expect(card(page, 'Cross-entropy').locator('.tl-number')).toHaveText(trained);
  await tab(page, 'Values').click();
  await expect(page.locator('.values-head .state-label')).toHaveText('after step 60 · training batch');
});

test('running on is as if the run had never stopped, and the figures are the command line’s', async ({
  page,
}) => {
  await train(page, 'two-moons-mlp', 100);
  const curve = page.getByRole('img', { name: 'Loss over the steps' });
  const begun = /from (\S+) to/.exec((await curve.getAttribute('aria-label')) ?? '')?.[1];
  await button(page, 'Continue').click();
  await expect(progress(page)).toContainText('step 200 of 200');
  await expect(progress(page)).toContainText('Finished');
  const resumed = { loss: await figure(page, 'loss'), testLoss: await figure(page, 'testLoss') };
  // The curve goes on too.
  expect(await curve.getAttribute('aria-label')).toContain(`from ${begun} to`);
  const args = ['dist/cli/tensorloom.js', 'run', 'templates/two-moons-mlp.graph.json'];
  const line = execFileSync('node', [...args, '--json', '--steps', '200'], { cwd: root, encoding: 'utf8' });
  const { metrics } = JSON.parse(line);
  expect(resumed).toEqual({ loss: String(metrics.loss), testLoss: String(metrics.testLoss) });
  await setSteps(page, 200);
  await page.keyboard.press('Control+Enter');
  await expect(progress(page)).toContainText('step 200 of 200');
  await expect(progress(page)).toContainText('Finished');
  expect({ loss: await figure(page, 'loss'), testLoss: await figure(page, 'testLoss') }).toEqual(resumed);
});

test('moving, naming, a new rate, undo, redo and a reload leave the training', async ({ page }) => {
  await train(page, 'two-moons-mlp', 40);
  const loss = await card(page, 'Cross-entropy').locator('.tl-number').textContent();
  const stays = async () => {
    await expect(shownState(page)).toHaveText('after step 40 · training batch');
    await expect(card(page, 'Cross-entropy').locator('.tl-number')).toHaveText(loss ?? '');
  };
  await card(page, 'Adam').click();
  await page.keyboard.press('ArrowRight');
  await field(page, 'Learning rate η').fill('0.03');
  await page.keyboard.press('Enter');
  await stays();
  await tab(page, 'Run').click();
  await expect(page.locator('.run-stale')).toContainText('The drawing has changed since this run');
  await button(page, 'Undo').click();
  await expect(page.locator('.run-stale')).toHaveCount(0);
  await button(page, 'Redo').click();
  await stays();
  await field(page, 'Label').fill('Optimizer');
  await stays();
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await expect(shownState(page)).toHaveText('after step 40 · training batch');
  await expect(card(page, 'Cross-entropy').locator('.tl-number')).toHaveText(loss ?? '');
  await tab(page, 'Run').click();
  await expect(page.locator('[data-curve="loss"] canvas')).toBeVisible();
  await expect(button(page, 'Continue')).toBeEnabled();
});

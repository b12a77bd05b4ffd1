/** The trained state belongs to the document: what is shown is of it, and harmless edits leave it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { card, expect, field, keptState, openTemplate, saved, tab, test } from './fixture.ts';

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

test('an edit that changes the shape of parameters begins those anew, says so, and undo has them back', async ({
  page,
}) => {
  await train(page, 'two-moons-mlp', 40);
  const loss = await card(page, 'Cross-entropy').locator('.tl-number').textContent();
  await card(page, 'Linear').first().click();
  await field(page, 'Units').fill('20');
  await page.keyboard.press('Enter');
  await expect(page.locator('.notice')).toContainText('begin anew: its shape was 2 × 16 and is 2 × 20');
  await tab(page, 'Run').click();
  await expect(page.locator('.run-stale')).toContainText('Continue would begin anew: Linear · weight');
  await expect(shownState(page)).toHaveText('after step 40 · training batch');
  await button(page, 'Undo').click();
  await expect(page.locator('.run-stale')).toHaveCount(0);
  await expect(card(page, 'Cross-entropy').locator('.tl-number')).toHaveText(loss ?? '');
});

test('weights and gradients can be looked at, also while a run is on', async ({ page }) => {
  await openTemplate(page, 'linear-regression');
  await page.locator('.react-flow__node').filter({ hasText: 'y = w x + b' }).click();
  await page.getByRole('button', { name: 'Show the values of weight' }).click();
  const first = await page.locator('.number-table tbody').innerText();
  await button(page, 'Gradient').click();
  await expect(page.locator('.number-table tbody')).not.toHaveText(first);
  await expect(page.locator('.values-head .state-label')).toHaveText('first values · training batch');
  await button(page, 'Value').click();
  await page.keyboard.press('Control+Enter');
  await tab(page, 'Values').click();
  await expect(page.locator('.values-head .state-label')).toContainText('after step');
  await expect(page.locator('.number-table tbody')).not.toHaveText(first);
});

test('the trained state goes to a file, and comes back from one that the command line has written', async ({
  page,
}) => {
  await train(page, 'two-moons-mlp', 40);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Type a command' }).fill('trained state');
  const download = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const folder = mkdtempSync(join(tmpdir(), 'tensorloom-'));
  const [ours, theirs] = [join(folder, 'page.safetensors'), join(folder, 'line.safetensors')];
  await (await download).saveAs(ours);
  const run = ['dist/cli/tensorloom.js', 'run', 'templates/two-moons-mlp.graph.json', '--json'];
  const options = { cwd: root, encoding: 'utf8' } as const;
  const line = JSON.parse(
    execFileSync('node', [...run, '--from', ours, '--steps', '100', '--save', theirs], options),
  );
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Open a file').click();
  await (await chooser).setFiles(theirs);
  await expect(page.locator('.notice')).toContainText('Opened line.safetensors: the state after step');
  await expect(shownState(page)).toContainText('after step 1');
  expect(line.metrics.loss).toBeGreaterThan(0);

  const broken = page.waitForEvent('filechooser');
  await button(page, 'Open a file').click();
  await (await broken).setFiles({
    name: 'broken.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('not tensors at all'),
  });
  await expect(page.getByRole('dialog')).toContainText('broken.safetensors');
});

test('another tab finds the training', async ({ page, context }) => {
  await train(page, 'two-moons-mlp', 40);
  await expect(saved(page)).toBeVisible();
  await keptState(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.locator('.stage-state')).toHaveText('after step 40 · training batch');
});

test('deltas are bare wires in the plan, and cost nothing', async ({ page }) => {
  await openTemplate(page, 'delta-trace');
  await page.locator('.react-flow__node').filter({ hasText: 'close all indices' }).click();
  await tab(page, 'Plan').click();
  await expect(page.locator('.plan-origin')).toContainText('Bare wires, at no cost:');
  await expect(page.locator('.plan-origin')).toContainText('δ_jk');
  const rows = page.getByRole('table', { name: 'Steps' }).locator('tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('12');
});

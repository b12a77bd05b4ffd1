/** The main job: open the digits, train them in the page, and get the command line's figures. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, field, openTemplate, tab, test } from './fixture.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function runFromCommandLine(template: string, ...options: string[]): Record<string, number> {
  const args = ['dist/cli/tensorloom.js', 'run', `templates/${template}.graph.json`, '--json', ...options];
  const { metrics } = JSON.parse(execFileSync('node', args, { cwd: root, encoding: 'utf8' }));
  return metrics;
}

test('digits learn, the curve falls, and every figure equals the command line’s', async ({
  page,
}, testInfo) => {
  await openTemplate(page, 'digits-mlp');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('[data-curve="loss"] canvas')).toBeVisible();
  const curve = page.getByRole('img', { name: 'Loss over the steps' });
  const [, first, last] = /from (\S+) to (\S+)/.exec((await curve.getAttribute('aria-label')) ?? '') ?? [];
  expect(Number(last)).toBeLessThan(Number(first) / 10);
  await expect(page.getByRole('img', { name: 'NaN' })).toHaveCount(0);

  const trace = testInfo.outputPath('trace.csv');
  mkdirSync(dirname(trace), { recursive: true });
  const expected = runFromCommandLine('digits-mlp', '--trace', trace);
  expect(expected.testAccuracy).toBeGreaterThanOrEqual(0.95);
  for (const [name, value] of Object.entries(expected))
    await expect(page.locator(`output[data-metric="${name}"]`)).toHaveText(String(value));
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the curves as CSV' }).click(),
  ]);
  expect(readFileSync(await file.path(), 'utf8')).toBe(readFileSync(trace, 'utf8'));
});

test('on two threads the figures are the same, to the last digit', async ({ page }) => {
  await openTemplate(page, 'digits-cnn');
  await field(page, 'Steps').fill('40');
  await tab(page, 'Run').click();
  await page.getByLabel('Threads').selectOption('2');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
  const expected = runFromCommandLine('digits-cnn', '--steps', '40', '--threads', '1');
  for (const [name, value] of Object.entries(expected))
    await expect(page.locator(`output[data-metric="${name}"]`)).toHaveText(String(value));
});

test('a run pauses, takes single steps, goes on and stops', async ({ page }) => {
  await openTemplate(page, 'digits-mlp');
  await field(page, 'Steps').fill('100000');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  const progress = page.locator('.run-progress');
  await expect(progress).toContainText('Paused');
  const stepNow = async () => Number(await progress.locator('progress').getAttribute('value'));
  const before = await stepNow();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(stepNow).toBe(before + 1);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(stepNow).toBeGreaterThan(before + 1);
  await page.keyboard.press('Control+Shift+Enter');
  await expect(progress).toContainText('Stopped');
  expect(await stepNow()).toBeLessThan(100_000);
});

test('a run that blows up names the cause and leaves the graph alone', async ({ page }) => {
  await openTemplate(page, 'quadratic-bowl');
  await page.locator('.react-flow__node').filter({ hasText: 'SGD' }).click();
  const rate = field(page, 'Learning rate η');
  const before = await rate.inputValue();
  await rate.fill('1e9');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.run-progress')).toContainText('Failed');
  await expect(page.locator('.run-stage')).toContainText('the first to become');
  await expect(tab(page, /Problems/)).toContainText('1');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rate).toHaveValue(before);
});

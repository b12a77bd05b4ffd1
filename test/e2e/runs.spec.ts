/** Runs that are kept and compared, rewound and forked. */
import { card, expect, field, openTemplate, test } from './fixture.ts';

const output = (page: import('@playwright/test').Page, metric: string) =>
  page.locator(`.figures output[data-metric="${metric}"]`);

test('a run is rewound: every value and layer is of that step; a fork keeps it beside', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  const loss = card(page, 'Cross-entropy');
  await expect(loss).toContainText(/0\.\d{3}/);
  const untrained = await loss.textContent();
  await page.keyboard.press('Control+Enter');
  const dock = page.getByRole('region', { name: 'Results' });
  await expect(dock.getByText('Finished')).toBeVisible();
  const slider = dock.getByRole('slider', { name: 'State after step' });
  const last = Number(await slider.getAttribute('max'));
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(dock.getByText('Shown: after step 0 of')).toBeVisible();
  await expect(loss).toHaveText(untrained ?? '');
  await dock.getByRole('button', { name: 'Layers' }).click();
  await expect(dock.locator('.layer-list')).toContainText('after step 0');
  await expect(dock.locator('.layer-list button')).toHaveCount(6);
  await expect(dock.getByRole('img', { name: `Gradient norm of 6 parameters, steps 0 to` })).toBeVisible();
  const norm = dock.locator('.layer-list output').first();
  const gradient = await norm.textContent();
  await dock.getByLabel('What is drawn').selectOption('Weight norm');
  await expect(norm).not.toHaveText(gradient ?? '');
  await slider.fill(String(Math.round(last / 4)));
  await expect(dock.locator('.rewind p[data-busy]')).toHaveCount(0);
  await dock.getByRole('button', { name: 'Fork here' }).click();
  await expect(dock.getByText('Finished')).toBeVisible();
  await dock.getByRole('button', { name: 'Compare 2' }).click();
  const rows = dock.locator('.runs tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(`fork of run 1 at step ${Math.round(last / 4)}`);
  await rows.nth(1).getByRole('button', { name: 'Restore: Run 1' }).click();
  await expect(rows.nth(1).getByRole('button')).toHaveCount(0);
  await page.reload();
  await expect(dock.getByRole('button', { name: 'Compare 2' })).toBeVisible();
});

test('what differed between two runs is told, and a run is restored with its drawing', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  const dock = page.getByRole('region', { name: 'Results' });
  await page.keyboard.press('Control+Enter');
  await expect(dock.getByText('Finished')).toBeVisible();
  const first = await output(page, 'loss').textContent();
  await page.locator('.react-flow__node').filter({ hasText: 'Adam' }).click();
  const rate = page.getByRole('textbox', { name: 'Learning rate η' });
  await rate.fill('0.002');
  await rate.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(dock.getByRole('button', { name: 'Compare 2' })).toBeVisible();
  await expect(dock.getByText('Finished')).toBeVisible();
  await dock.getByRole('button', { name: 'Compare 2' }).click();
  await expect(dock.locator('.runs tbody tr').first()).toContainText('Learning rate η');
  await expect(dock.locator('.runs tbody tr').first()).toContainText('→ 0.002');
  await dock.getByRole('button', { name: 'Restore: Run 1' }).click();
  await expect(output(page, 'loss')).toHaveText(first ?? '');
  await expect(rate).not.toHaveValue('0.002');
});

test('a sweep runs one setting after the other, and leaves the drawing as it was', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  const dock = page.getByRole('region', { name: 'Results' });
  await page.keyboard.press('Control+Enter');
  await expect(dock.getByText('Finished')).toBeVisible();
  await dock.getByRole('button', { name: 'Compare' }).click();
  await dock.getByRole('textbox', { name: 'Values of optimizer.rate' }).fill('0.001, 0.02');
  await dock.getByRole('combobox', { name: 'Second setting' }).selectOption('seed');
  await dock.getByRole('textbox', { name: 'Values of seed' }).fill('1, 2');
  await dock.getByRole('button', { name: 'Run 4' }).click();
  await expect(dock.locator('.runs tbody tr')).toHaveCount(5);
  await expect(dock.getByRole('button', { name: 'Stop the sweep' })).toHaveCount(0);
  await expect(dock.locator('.sweep-plot polyline')).toHaveCount(2);
  await page.locator('.react-flow__node').filter({ hasText: 'Adam' }).click();
  await expect(page.getByRole('textbox', { name: 'Learning rate η' })).toHaveValue('0.01');
});

test('a run stops early for want of a better evaluation, and the best state is had back', async ({
  page,
}) => {
  await openTemplate(page, 'iris-mlp');
  await field(page, 'Steps').fill('4000');
  await field(page, 'Patience').fill('2');
  await page.keyboard.press('Control+Enter');
  const dock = page.getByRole('region', { name: 'Results' });
  await expect(dock.getByText('Stopped early')).toBeVisible();
  const best = dock.getByRole('button', { name: /^Best: step/ });
  const step = (await best.textContent())?.replace('Best: step ', '') ?? '';
  await best.click();
  await expect(dock.getByText(`Shown: after step ${step} of`)).toBeVisible();
  await expect(best).toHaveCount(0);
  await field(page, 'Better by').selectOption('testAccuracy');
});

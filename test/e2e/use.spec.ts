/** A trained model in use: its mistakes, its confusions, a digit drawn on a pad, a point of the plane. */
import { card, expect, field, openTemplate, test } from './fixture.ts';

test('mistakes come first, a cell of the confusion matrix opens its rows, a drawn digit is read', async ({
  page,
}) => {
  await openTemplate(page, 'digits-mlp');
  const dock = page.getByRole('region', { name: 'Results' });
  await page.keyboard.press('Control+Enter');
  await expect(dock.getByText('Finished')).toBeVisible();
  const accuracy = Number(await dock.locator('[data-metric="testAccuracy"]').getAttribute('data-value'));
  await dock.getByRole('tab', { name: 'Use' }).click();
  await expect(dock.getByText(`right (${(100 * accuracy).toFixed(1)} %)`)).toBeVisible();
  await dock.getByRole('button', { name: 'Confusion' }).click();
  const wrong = dock.locator('.use-confusion tbody tr').first().locator('td').first();
  await wrong.getByRole('button').click();
  await expect(dock.getByText('Taken for 0, truly 0')).toBeVisible();
  await expect(dock.locator('.use-examples li').first()).toContainText('0 (');
  await dock.getByRole('button', { name: 'Try' }).click();
  await dock.getByRole('button', { name: 'Clear' }).click();
  // A vertical stroke, by keys.
  const pad = dock.getByRole('application', { name: 'Draw here' });
  await pad.focus();
  for (let up = 0; up < 4; up++) await page.keyboard.press('ArrowUp');
  for (const way of ['ArrowDown', 'ArrowUp']) {
    for (let row = 0; row < 8; row++) {
      await page.keyboard.press('Space');
      await page.keyboard.press(way);
    }
    await page.keyboard.press('ArrowLeft');
  }
  await expect(dock.locator('.use-chances [data-best]')).toHaveText(/^1/);
});

test('the plane of two features shows the boundary and says of a point what it is', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  const dock = page.getByRole('region', { name: 'Results' });
  await page.keyboard.press('Control+Enter');
  await expect(dock.getByText('Finished')).toBeVisible();
  await dock.getByRole('tab', { name: 'Use' }).click();
  await dock.getByRole('button', { name: 'Try' }).click();
  // The upper moon is class 0, the lower class 1.
  for (const [x, y, of] of [
    ['0', '1', '0'],
    ['1', '-0.5', '1'],
  ] as const) {
    // biome-ignore format: points
    await dock.getByRole('spinbutton', { name: 'Value of x₁' }).fill(x);
    await dock.getByRole('spinbutton', { name: 'Value of x₂' }).fill(y);
    await expect(dock.locator('.use-chances [data-best]')).toHaveText(new RegExp(`^${of}`));
  }
  const plane = dock.getByRole('application', { name: /Decision boundary/ });
  await plane.focus();
  await page.keyboard.press('ArrowRight');
  await expect(dock.getByRole('spinbutton', { name: 'Value of x₁' })).not.toHaveValue('1');
  // It is drawn while the model trains, too: of one step after the other.
  await field(page, 'Steps').fill('10000000');
  await page.keyboard.press('Control+Enter');
  await expect(dock.locator('.run-sign[data-phase="running"]')).toBeVisible();
  const stepNow = async () =>
    /after step ([\d\u2009]+)/.exec((await dock.locator('.use-head').textContent()) ?? '')?.[1];
  const before = await stepNow();
  await expect.poll(stepNow).not.toBe(before);
  const between = await stepNow();
  await expect.poll(stepNow).not.toBe(between);
  await expect(plane).toBeVisible();
  await page.keyboard.press('Control+Shift+Enter');
  await expect(dock.locator('.run-sign')).toHaveCount(0);
});

test('a model of names writes them, as one begins, and its letters are seen as a map', async ({ page }) => {
  await openTemplate(page, 'names-lstm');
  const dock = page.getByRole('region', { name: 'Results' });
  await dock.getByRole('tab', { name: 'Use' }).click();
  const texts = dock.locator('.use-texts[aria-busy="false"] li');
  await expect(texts).toHaveCount(12);
  const begins = dock.getByRole('textbox', { name: 'Begins with' });
  await begins.fill('zo');
  await expect(texts).toHaveText(Array.from({ length: 12 }, () => /^zo/));
  const before = await texts.allTextContents();
  await dock.getByRole('button', { name: 'Write others' }).click();
  await expect.poll(() => texts.allTextContents()).not.toEqual(before);
  await begins.fill('z-');
  await expect(dock.getByRole('alert')).toHaveText('The model does not know “-”.');
  await field(page, 'Steps').fill('3');
  // The table of letters, from its card: a map that follows training.
  await card(page, 'Embedding').click();
  await page.getByRole('button', { name: 'Show the values of weight' }).click();
  const map = dock.getByRole('img', { name: /^28 rows along the two directions/ });
  await expect(map.locator('title').nth(27)).toHaveText('z');
  const places = () =>
    map.locator('g').evaluateAll((rows) => rows.map((row) => row.getAttribute('transform')));
  const untrained = await places();
  await page.keyboard.press('Control+Enter');
  await expect(dock.getByText('Finished')).toBeVisible();
  await dock.getByRole('tab', { name: 'Values' }).click();
  await expect(dock.getByText('after step 3 · training batch')).toBeVisible();
  await expect.poll(places).not.toEqual(untrained);
  const trained = await places();
  await dock.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect.poll(places).toEqual(untrained);
  await page.keyboard.press('End');
  await expect.poll(places).toEqual(trained);
  await dock.getByRole('button', { name: 'Numbers', exact: true }).click();
  await expect(dock.locator('.number-table tbody tr')).toHaveCount(28);
});

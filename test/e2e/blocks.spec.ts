/** Blocks in the page: grouped, edited inside, used twice, left and undone, by mouse and by keyboard alone. */
import type { Page } from '@playwright/test';
import { dragFromPalette, expect, field, openTemplate, tab, test } from './fixture.ts';

const way = (page: Page) => page.getByRole('navigation', { name: 'Way to this block' });
const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });
/** Where a card's first input lies, from the top of the page. */
async function portHeight(page: Page, id: string): Promise<number> {
  const box = await node(page, id).locator('[data-direction="input"]').first().boundingBox();
  return (box?.y ?? 0) + (box?.height ?? 0) / 2;
}
const blocks = (page: Page) => page.locator('.react-flow__node').filter({ hasText: 'Block 1' });

/** Opens the network of two moons and groups its second layer with what follows it. */
async function groupLayer(page: Page): Promise<void> {
  await openTemplate(page, 'two-moons-mlp');
  await node(page, 'hidden2').click();
  await node(page, 'tanh2').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await expect(blocks(page)).toHaveCount(1);
}

test('a group is edited inside, both its uses follow, and undo leads to where each change was made', async ({
  page,
}) => {
  await groupLayer(page);
  await expect(field(page, 'Block')).toHaveValue('block1');
  // Once more from the palette, onto the wire between the first layer and what follows it.
  const [from, to] = [await node(page, 'hidden1').boundingBox(), await node(page, 'tanh1').boundingBox()];
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!from || !to || !pane) throw new Error('a card is not on the screen');
  await dragFromPalette(
    page,
    'Block 1',
    (from.x + from.width + to.x) / 2 - pane.x,
    (await portHeight(page, 'tanh1')) - pane.y,
  );
  await expect(blocks(page)).toHaveCount(2);

  // What is changed in one use is changed in both.
  await node(page, 'block2').click();
  await page.keyboard.press('Enter');
  await expect(way(page)).toContainText('Two moons');
  await expect(way(page)).toContainText('Used 2 times');
  await expect(page.locator('.react-flow__node')).toHaveCount(4);
  await node(page, 'hidden2').click();
  await field(page, 'Units').fill('12');
  await expect(page.getByText('h2 = 12')).toBeVisible();
  await way(page).getByRole('button', { name: 'Leave the block' }).click();
  await expect(way(page)).toHaveCount(0);
  for (const id of ['block1', 'block2']) {
    await node(page, id).click();
    await expect(details(page)).toContainText('h2 12');
  }

  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 700 } });
  await page.keyboard.press('Control+z');
  await expect(way(page)).toContainText('Block 1');
  await expect(page.getByText('h2 = 16')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(way(page)).toHaveCount(0);
  await expect(blocks(page)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(blocks(page)).toHaveCount(0);
  await expect(node(page, 'hidden2')).toBeVisible();
});

test('a block is repeated, renamed, placed again from the palette and ungrouped', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  await node(page, 'tanh2').click();
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Enter');
  await field(page, 'Name').fill('Hidden');
  await way(page).getByRole('button', { name: 'Two moons' }).click();
  const block = page.locator('.react-flow__node').filter({ hasText: 'Hidden' });
  await expect(block).toHaveCount(1);

  await field(page, 'Repeat').fill('3');
  await expect(block.locator('.tl-card-times')).toHaveText('×3');
  await expect(tab(page, 'Problems')).not.toContainText('1');
  await block.click();
  await page.keyboard.press('Control+Shift+g');
  for (const i of [0, 1, 2]) await expect(node(page, `block1-${i}-tanh2`)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(block.locator('.tl-card-times')).toHaveText('×3');
  await block.click();
  await field(page, 'Repeat').fill('');
  await page.getByRole('button', { name: 'Add Hidden', exact: true }).click();
  await expect(block).toHaveCount(2);
  await details(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(block).toHaveCount(1);
  await block.click();
  await page.keyboard.press('Control+Shift+g');
  await expect(block).toHaveCount(0);
  await expect(node(page, 'tanh2')).toBeVisible();
});

test('a port is renamed, and each level is found as it was left', async ({ page }) => {
  await groupLayer(page);
  const viewport = page.locator('.react-flow__viewport');
  const pane = await page.locator('.react-flow__pane').boundingBox();
  await page.mouse.move((pane?.x ?? 0) + 300, (pane?.y ?? 0) + 300);
  await page.mouse.wheel(0, -240);
  const looksLike = () => viewport.evaluate((element) => element.style.transform);
  await expect.poll(looksLike).toMatch(/scale\((?!1\))/);
  await blocks(page).click();
  const before = await looksLike();

  await page.keyboard.press('Enter');
  await expect(way(page)).toContainText('Two moons');
  await node(page, 'x').click();
  await field(page, 'Port').fill('hidden2');
  await expect(details(page)).toContainText('“hidden2” is taken.');
  await field(page, 'Port').fill('features');
  await page.keyboard.press('Enter');
  await expect(node(page, 'features')).toBeVisible();
  await way(page).getByRole('button', { name: 'Leave the block' }).click();
  await expect(way(page)).toHaveCount(0);
  await expect.poll(looksLike).toBe(before);
  await expect(details(page)).toContainText('features');
  await expect(tab(page, 'Problems')).not.toContainText('1');
});

test('a problem inside a block leads there', async ({ page }) => {
  await groupLayer(page);
  await page.keyboard.press('Enter');
  await node(page, 'hidden2').click();
  await field(page, 'Units').fill('-');
  await field(page, 'Units').fill('nowhere');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(way(page)).toHaveCount(0);
  await expect(blocks(page).locator('.tl-card-mark-error')).toBeVisible();
  await tab(page, /Problems/).click();
  await page.locator('.problems .problem-text').first().click();
  await expect(way(page)).toContainText('Block 1');
  await expect(node(page, 'hidden2').locator('.tl-card-selected')).toBeVisible();
});

test('everything is done by keyboard alone', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  await page.locator('.react-flow').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+g');
  await expect(page.locator('.react-flow__node')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node')).toHaveCount(9);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Enter');
  await expect(way(page)).toContainText('Block 2');
  await page.keyboard.press('Escape');
  await expect(way(page)).not.toContainText('Block 2');
  await page.keyboard.press('Control+Shift+g');
  await expect(page.locator('.react-flow__node')).toHaveCount(9);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(way(page)).toHaveCount(0);
  await page.keyboard.press('Control+Shift+g');
  await expect(page.locator('.react-flow__node')).toHaveCount(9);
});

test('the transformer opens, shows the shapes inside its layer, and trains', async ({ page }) => {
  await openTemplate(page, 'digits-transformer');
  await field(page, 'Steps').fill('10');
  await expect(node(page, 'encoder').locator('.tl-card-times')).toHaveText('×3');
  await node(page, 'encoder').dblclick();
  await expect(way(page)).toContainText('Encoder layer×3');
  await node(page, 'attend').click();
  await expect(details(page)).toContainText('d = 32');
  await page.keyboard.press('Enter');
  await expect(way(page).locator('li')).toHaveCount(3);
  await node(page, 'query').click();
  await expect(details(page)).toContainText('batch B = 64');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
});

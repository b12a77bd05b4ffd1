/** Copy, cut and paste: of what is chosen on the canvas, whatever had the focus or was marked before. */
import type { Page } from '@playwright/test';
import { card, expect, field, openProduct, restingBox, test } from './fixture.ts';

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

/** Shift and a drag over all cards, away from the edges, where the view would follow. */
async function boxSelect(page: Page): Promise<void> {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!pane) throw new Error('there is no canvas');
  await page.keyboard.down('Shift');
  await page.mouse.move(pane.x + 50, pane.y + 60);
  await page.mouse.down();
  await page.mouse.move(pane.x + pane.width - 50, pane.y + pane.height - 60, { steps: 8 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}

/** The graph with ground all around. */
async function openSmall(page: Page): Promise<void> {
  await openProduct(page);
  for (let k = 0; k < 3; k++) await page.getByRole('button', { name: 'Zoom out' }).click();
  await restingBox(card(page, 'C'));
}

const cards = (page: Page) => page.locator('.react-flow__node');
const marked = (page: Page) => page.evaluate(() => document.getSelection()?.toString() ?? '');
const notice = (page: Page) => page.getByRole('status');

/** Upper left corners of all cards, in pixels of the screen. */
const corners = (page: Page) =>
  cards(page).evaluateAll((all) =>
    all.map((element) => {
      const { x, y } = element.getBoundingClientRect();
      return { x, y };
    }),
  );

test('after typing in a field, a click on the canvas and a box, Ctrl+C copies the cards', async ({
  page,
}) => {
  await openSmall(page);
  await card(page, 'A').click();
  await field(page, 'Label').fill('First');
  const pane = await page.locator('.react-flow__pane').boundingBox();
  await page.mouse.click((pane?.x ?? 0) + 8, (pane?.y ?? 0) + 8);
  await boxSelect(page);
  expect(await marked(page)).toBe('');
  await page.keyboard.press('Control+c');
  await expect(notice(page).filter({ hasText: 'Nodes copied: 4' })).toHaveCount(1);
  const before = await cards(page).count();
  await page.keyboard.press('Control+v');
  await expect(cards(page)).toHaveCount(2 * before);
  await expect(card(page, 'First')).toHaveCount(2);
});

test('straight out of a field, and over text that was marked, the box chooses cards alone', async ({
  page,
}) => {
  await openSmall(page);
  const before = await cards(page).count();
  await page.getByRole('searchbox').fill('lin');
  await boxSelect(page);
  await page.keyboard.press('Delete');
  await expect(cards(page)).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveValue('lin');
  await page.keyboard.press('Control+z');
  await expect(cards(page)).toHaveCount(before);

  // Words of the description are marked by a double click.
  await page.locator('.doc, .inspector p').first().dblclick();
  expect(await marked(page)).not.toBe('');
  await boxSelect(page);
  expect(await marked(page)).toBe('');
  await page.keyboard.press('Control+x');
  await expect(cards(page)).toHaveCount(0);
});

test('pasted again and again, copies lie beside one another', async ({ page }) => {
  await openSmall(page);
  const before = await cards(page).count();
  await boxSelect(page);
  await page.keyboard.press('Control+c');
  for (let k = 1; k <= 3; k++) {
    await page.keyboard.press('Control+v');
    await expect(cards(page)).toHaveCount((k + 1) * before);
  }
  await page.keyboard.press('Control+d');
  await expect(cards(page)).toHaveCount(5 * before);
  await page.keyboard.press('f');
  await restingBox(cards(page).last());
  const places = await corners(page);
  for (const [i, a] of places.entries())
    for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(4);
});

/** Undo and redo of gestures: each drag is one step, and redone it lies where the pointer left it. */
import type { Locator, Page } from '@playwright/test';
import { card, dragFromPalette, expect, openEmpty, openTemplate, restingBox, test } from './fixture.ts';

const placeOf = (node: Locator): Promise<string> =>
  node.evaluate((element) => getComputedStyle(element).transform);

/** By pixels of the screen, in small steps: where the grid is met by one coordinate alone, only that one is written. */
async function drag(page: Page, node: Locator, by: { readonly x: number; readonly y: number }) {
  const box = await restingBox(node);
  const start = { x: box.x + 40, y: box.y + 20 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + by.x, start.y + by.y, { steps: 25 });
  await page.mouse.up();
}

test('two drags of one card are two steps, taken back and made again exactly', async ({ page }) => {
  await openTemplate(page, 'iris-mlp');
  const node = card(page, 'Activation');
  const places = [await placeOf(node)];
  for (let k = 0; k < 2; k++) {
    await drag(page, node, { x: 50, y: 24 });
    places.push(await placeOf(node));
  }
  expect(new Set(places).size).toBe(3);
  const [first, second, third] = places as [string, string, string];
  for (const [keys, place] of [
    ['Control+z', second],
    ['Control+z', first],
    ['Control+Shift+z', second],
    ['Control+y', third],
    ['Control+z', second],
  ] as const) {
    await page.keyboard.press(keys);
    await expect.poll(() => placeOf(node)).toBe(place);
  }
});

test('a card dragged away and back, around a corner, leaves no step', async ({ page }) => {
  await openEmpty(page);
  await dragFromPalette(page, 'Tensor', 400, 300);
  const node = card(page, 'A');
  const place = await placeOf(node);
  const box = await restingBox(node);
  const [x, y] = [box.x + 40, box.y + 20];
  await page.mouse.move(x, y);
  await page.mouse.down();
  // The drag begins where the pointer first moves.
  for (const [to, down] of [
    [x + 80, y],
    [x + 80, y + 60],
    [x + 16, y + 60],
    [x + 16, y],
  ] as const)
    await page.mouse.move(to, down, { steps: 5 });
  await page.mouse.up();
  expect(await placeOf(node)).toBe(place);
  // What is taken back is that it was added.
  await page.keyboard.press('Control+z');
  await expect(node).toHaveCount(0);
});

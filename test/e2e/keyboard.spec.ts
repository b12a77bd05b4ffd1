/** Everything by keyboard alone: adding, connecting, finding, commanding. No test here touches the mouse. */
import type { Page } from '@playwright/test';
import { appears, card, expect, openProduct, tableOf, test } from './fixture.ts';

/** Presses Tab until what has the focus is called this. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return element?.labels?.[0]?.textContent || element?.getAttribute('aria-label') || element?.textContent;
    });
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused())?.startsWith(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}`);
}

async function addNode(page: Page, title: string, called = title): Promise<void> {
  await page.keyboard.press('Shift+A');
  // On a busy machine the list may be fetched only now.
  await expect(page.locator('input:focus')).toBeVisible();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node:focus')).toContainText(called);
}

/** From the focused card into its form; Escape goes back to the canvas. */
async function describe(page: Page, label: string, axes: string): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(page.locator('.inspector :focus')).toBeVisible();
  await tabTo(page, 'Label');
  await page.keyboard.type(label);
  await expect(page.locator('.inspector').getByLabel('Label')).toHaveValue(label);
  await tabTo(page, 'Axes');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(axes);
  await tabTo(page, 'Fill');
  await page.keyboard.type('Ones');
  await page.keyboard.press('Escape');
}

async function goTo(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(label);
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node:focus')).toContainText(label);
}

test('two tensors and a contraction, added, described and connected', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Empty canvas' })).toBeVisible();
  await tabTo(page, 'Empty canvas');
  await page.keyboard.press('Enter');
  await appears(page, '.react-flow__pane');

  await addNode(page, 'Tensor', 'A');
  await describe(page, 'Left', 'i 2, j 3');
  await addNode(page, 'Tensor', 'A');
  await describe(page, 'Right', 'j 3, k 4');
  await addNode(page, 'Contract');
  for (const [from, to] of [
    ['Left', 'Contract · a'],
    ['Right', 'Contract · b'],
  ] as const) {
    await goTo(page, from);
    await page.keyboard.press('c');
    await page.keyboard.type(to);
    await page.keyboard.press('Enter');
  }
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);

  await goTo(page, 'Contract');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Show the values');
  await page.keyboard.press('Enter');
  await expect.poll(() => tableOf(page)).toEqual(Array.from({ length: 2 }, () => Array(4).fill('3')));

  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);
  await page.keyboard.press('Control+y');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
});

test('a card that is brought into view takes the focus from nobody who has gone on', async ({ page }) => {
  await openProduct(page);
  await page.locator('.react-flow').focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('B');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const name = page.getByRole('textbox', { name: 'Name of the graph' });
  await name.focus();
  // Longer than the view takes to move there.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  await expect(name).toBeFocused();
});

test('what is typed before a list has been fetched is typed into it', async ({ page }) => {
  const release: (() => void)[] = [];
  await page.route(/(on-demand|CommandPalette)-[^/]*\.js$/, async (route) => {
    await new Promise<void>((resolve) => release.push(resolve));
    await route.continue();
  });
  await openProduct(page);
  await page.locator('.react-flow').focus();
  await page.keyboard.press('Shift+A');
  await page.keyboard.type('delta');
  await page.keyboard.press('Enter');
  await expect.poll(() => release.length).toBe(2);
  for (const go of release) go();
  await expect(page.locator('.react-flow__node:focus')).toContainText('Delta');
});

test('the help lists every key, and Escape closes it', async ({ page }) => {
  await openProduct(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  for (const keys of ['Ctrl+Enter', 'Ctrl+Shift+Enter', 'Ctrl+Z', 'Ctrl+S', 'Ctrl+O', 'Ctrl+K', 'Shift+A'])
    await expect(help.getByText(keys, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});

test('arrows move a card, Delete removes it, Ctrl+Z brings it back', async ({ page }) => {
  await openProduct(page);
  await goTo(page, 'B');
  const place = () => card(page, 'B').evaluate((element) => getComputedStyle(element).transform);
  const before = await place();
  await page.keyboard.press('ArrowDown');
  await expect.poll(place).not.toBe(before);
  await page.keyboard.press('Delete');
  await expect(card(page, 'B')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(place).toBe(before);
});

/** Tidy: a layered layout of the level or of the selection, computed in a worker, one step of the history. */
import type { Page } from '@playwright/test';
import { card, expect, openProduct, openTemplate, restingBox, test } from './fixture.ts';

type Corner = { readonly x: number; readonly y: number };

/** Where the cards lie on the graph, by node. */
const corners = (page: Page): Promise<Record<string, Corner>> =>
  page.locator('.react-flow__node').evaluateAll((nodes) =>
    Object.fromEntries(
      nodes.map((node) => {
        const [x, y] = (node as HTMLElement).style.transform.match(/-?[\d.]+/g)!.map(Number);
        return [node.getAttribute('data-id')!, { x: x!, y: y! }];
      }),
    ),
  );

const settled = async (page: Page): Promise<void> => {
  await expect(page.getByText(/^Tidied \d+ nodes$/)).toBeVisible();
  await restingBox(page.locator('.react-flow__node').last());
};

/** Scatters the cards by hand, so that there is something to tidy. */
async function drag(page: Page, title: string, by: Corner): Promise<void> {
  const box = await restingBox(card(page, title).first());
  await page.mouse.move(box.x + box.width / 2, box.y + 12);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + by.x, box.y + 12 + by.y, { steps: 4 });
  await page.mouse.up();
}

const canvasFocus = (page: Page) => page.locator('.react-flow').first().focus();

test('T lays the graph out from left to right, Shift+T from top to bottom; one undo each', async ({
  page,
}) => {
  await openTemplate(page, 'linear-regression');
  await drag(page, 'prediction', { x: -400, y: 120 });
  const scattered = await corners(page);
  await canvasFocus(page);
  await page.keyboard.press('t');
  await settled(page);
  const right = await corners(page);
  // What does not fit into one row goes on in the next.
  expect(right.model!.x).toBeGreaterThan(right.data!.x);
  // The same graph lies the same, however it lay.
  await canvasFocus(page);
  await page.keyboard.press('t');
  await expect(page.getByText('It is tidy already')).toBeVisible();
  await page.keyboard.press('Shift+T');
  await settled(page);
  const down = await corners(page);
  expect(down.model!.y).toBeGreaterThan(down.data!.y);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('f');
  await expect.poll(() => corners(page)).toEqual(right);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('f');
  await expect.poll(() => corners(page)).toEqual(scattered);
});

test('of a selection only its cards move, and they cover no other', async ({ page }) => {
  await openTemplate(page, 'digits-cnn');
  const before = await corners(page);
  await card(page, 'Cross-entropy').click();
  await card(page, 'Adam').click({ modifiers: ['Shift'] });
  await card(page, 'Accuracy').click({ modifiers: ['Shift'] });
  await card(page, 'Adam').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Tidy: top to bottom' }).click();
  await settled(page);
  const after = await corners(page);
  const moved = Object.keys(after).filter(
    (id) => after[id]!.x !== before[id]!.x || after[id]!.y !== before[id]!.y,
  );
  expect(moved.every((id) => ['loss', 'optimizer', 'accuracy'].includes(id))).toBe(true);
  expect(moved.length).toBeGreaterThan(0);
  const boxes = await page
    .locator('.react-flow__node')
    .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON() as DOMRect));
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
});

test('inside a block, by the command palette', async ({ page }) => {
  await openTemplate(page, 'digits-attention');
  await card(page, 'Attention').dblclick();
  await drag(page, 'Add', { x: -60, y: 120 });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tidy left');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(page.locator('.react-flow__node[data-id="query"]')).toBeVisible();
});

test('a worker that dies is told of, and all is as it was', async ({ page }) => {
  await page.route('**/layout-worker-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: {
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'same-origin',
      },
      body: `navigator.locks.request(self.name, () => {
        self.postMessage({ type: 'ready' });
        setTimeout(() => self.close(), 300);
        return new Promise(() => {});
      });`,
    }),
  );
  await openProduct(page);
  const before = await corners(page);
  await canvasFocus(page);
  await page.keyboard.press('t');
  await expect(page.getByText('it has ended by itself')).toBeVisible();
  expect(await corners(page)).toEqual(before);
});

test('Esc stops it', async ({ page }) => {
  await page.route('**/layout-worker-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: {
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'same-origin',
      },
      body: 'self.onmessage = () => {};',
    }),
  );
  await openProduct(page);
  await canvasFocus(page);
  await page.keyboard.press('t');
  await expect(page.getByText('Esc stops it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Tidying was stopped')).toBeVisible();
});

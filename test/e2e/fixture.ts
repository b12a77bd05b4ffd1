/** What every end-to-end test has: a page that must keep its console clean, and the moves of a user. */
import { readFileSync } from 'node:fs';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

export const test = base.extend({
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    // Files are downloaded: a test cannot answer the system's own dialog.
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'showSaveFilePicker');
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});

export { expect };

/** Waits for something to be in the page, looking at each frame: what waits for locators sleeps up to a second. */
export async function appears(page: Page, selector: string): Promise<void> {
  await page.waitForFunction((selector) => document.querySelector(selector) !== null, selector);
  // What listens to keys begins to after it has been painted.
  await page.evaluate(
    () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  );
}

export const opened = (page: Page): Promise<void> => appears(page, '.react-flow__node');

export async function openTemplate(page: Page, name: string): Promise<void> {
  const card = `[data-template="${name}"]`;
  await page.goto('./');
  await appears(page, card);
  await page.locator(card).click();
  await opened(page);
}

const product = readFileSync(new URL('./product.graph.json', import.meta.url));

/** Opens a small drawing from a file: four cards, C = A B with A of 3 × 4 and B of 4 × 2. */
export async function openProduct(page: Page): Promise<void> {
  await openFile(page, product);
  await opened(page);
}

export async function openEmpty(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: /Empty canvas|空白画布/ }).click();
  await appears(page, '.react-flow__pane');
}

/** Opens a document, or its text, as a file from disk. */
export async function openFile(page: Page, document: object | Buffer): Promise<void> {
  await page.goto('./');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open file' }).first().click(),
  ]);
  const buffer = Buffer.isBuffer(document) ? document : Buffer.from(JSON.stringify(document));
  await chooser.setFiles({ name: 'a.graph.json', mimeType: 'application/json', buffer });
}

/** Drops a file on the page, as from a file manager. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text as string], name as string, { type: 'application/json' }));
      return data;
    },
    [name, text],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

export const card = (page: Page, title: string): Locator =>
  page.locator('.react-flow__node').filter({ has: page.getByText(title, { exact: true }) });

/** Drags a node type from the palette to a place of the canvas, in pixels from its corner. */
export async function dragFromPalette(page: Page, title: string, x: number, y: number): Promise<void> {
  await page
    .getByRole('button', { name: `Add ${title}`, exact: true })
    .dragTo(page.locator('.react-flow__pane'), { targetPosition: { x, y } });
}

export const port = (node: Locator, direction: 'input' | 'output', name: string): Locator =>
  node.locator(`[data-direction="${direction}"][data-port="${name}"]`);

/** Draws a wire with the mouse. */
export async function drawWire(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('a port is not on the screen');
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 6 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 6 });
  await page.mouse.up();
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where something is on the screen once the view has come to rest. */
export async function restingBox(part: Locator): Promise<Box> {
  let before: Box | null = null;
  const rests = async () => {
    const now = await part.boundingBox();
    const same = JSON.stringify(now) === JSON.stringify(before);
    before = now;
    return same && now !== null;
  };
  await expect.poll(rests, { intervals: [100] }).toBe(true);
  return before as unknown as Box;
}

/** A field of the inspector by its label. */
export const field = (page: Page, label: string): Locator =>
  page.getByRole('complementary', { name: 'Details' }).getByLabel(label, { exact: true });

export const tab = (page: Page, name: string | RegExp): Locator => page.getByRole('tab', { name });

/** The numbers of the table in the Values tab, row by row. */
export const tableOf = (page: Page): Promise<string[][]> =>
  page
    .locator('.number-table tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );

/** Waits until this browser keeps a trained state of the document, another than that of the revision `before`. */
export async function keptState(page: Page, before = 0): Promise<number> {
  const revision = () =>
    page.evaluate(async () => {
      const id = /#doc=(\w+)/.exec(location.hash)?.[1] ?? '';
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('tensorloom');
        opening.onsuccess = () => resolve(opening.result);
      });
      const head = await new Promise<{ readonly stateRevision?: number } | undefined>((resolve) => {
        const asked = db.transaction('heads').objectStore('heads').get(id);
        asked.onsuccess = () => resolve(asked.result);
      });
      db.close();
      return head?.stateRevision ?? 0;
    });
  await expect.poll(async () => ![0, before].includes(await revision())).toBe(true);
  return revision();
}

export const saved = (page: Page): Locator => page.locator('.saved-sign[data-kind="saved"]');

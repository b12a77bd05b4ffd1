/** What this browser keeps can be read again, whatever was pasted; what cannot is told, and its text can be had. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
  card,
  drawWire,
  expect,
  field,
  keptState,
  openEmpty,
  openProduct,
  openTemplate,
  port,
  saved,
  tab,
  test,
} from './fixture.ts';

const nameBox = (page: Page) => page.getByLabel('Name of the graph');
const works = (page: Page) => page.locator('.recent-open');
const shownState = (page: Page) => page.locator('.stage-state');
const idOf = (page: Page) => /#doc=(\w+)/.exec(page.url())?.[1] ?? '';

/** Puts a text in the place of what storage holds of a document, and bytes in that of its trained state. */
const corrupt = (page: Page, id: string, text: string | undefined, bytes?: readonly number[]) =>
  page.evaluate(
    async ([id, text, bytes]) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('tensorloom');
        opening.onsuccess = () => resolve(opening.result);
      });
      const tx = db.transaction(['heads', 'bodies', 'states'], 'readwrite');
      const head = tx.objectStore('heads').get(id);
      await new Promise<void>((resolve) => {
        tx.oncomplete = () => resolve();
        head.onsuccess = () => {
          if (text !== undefined) tx.objectStore('bodies').put(text, [id, head.result.revision]);
          if (bytes) tx.objectStore('states').put({ bytes: new Uint8Array(bytes), run: 7 }, id);
        };
      });
      db.close();
    },
    [id, text, bytes] as const,
  );

const storedText = (page: Page, id: string) =>
  page.evaluate(async (id) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('tensorloom');
      opening.onsuccess = () => resolve(opening.result);
    });
    const bodies = await new Promise<string[]>((resolve) => {
      const asked = db
        .transaction('bodies')
        .objectStore('bodies')
        .getAll(IDBKeyRange.bound([id, 0], [id, 1e9]));
      asked.onsuccess = () => resolve(asked.result);
    });
    db.close();
    return bodies.at(-1);
  }, id);

async function trainMoons(page: Page, steps: number): Promise<void> {
  await openTemplate(page, 'two-moons-mlp');
  await field(page, 'Steps').fill(String(steps));
  await field(page, 'Steps').press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.run-progress')).toContainText('Finished');
  await expect(shownState(page)).toHaveText(`after step ${steps} · training batch`);
}

test('a paste of names that every object has, at the ends of what numbers can be, is there after a reload', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openEmpty(page);
  const names = ['toString', 'valueOf', 'hasOwnProperty', '__defineGetter__'];
  const nodes = Object.fromEntries(
    names.map((id) => [
      id,
      { type: 'tensor', params: { axes: [{ name: 'i', size: 3 }] }, label: `is ${id}` },
    ]),
  );
  const layout = { nodes: { toString: { x: 1e308, y: -1e308 }, valueOf: { x: -1e308, y: 1e308 } } };
  await page.evaluate(
    (text) => navigator.clipboard.writeText(text),
    JSON.stringify({ clip: { nodes, edges: {}, layout, blocks: {} }, format: 'tensorloom', version: 2 }),
  );
  await page.locator('.react-flow__pane').click({ position: { x: 300, y: 200 } });
  await page.keyboard.press('Control+v');
  await expect(page.locator('.saved-sign')).toHaveAttribute('data-kind', 'saved');
  await expect
    .poll(async () => Object.keys(JSON.parse((await storedText(page, idOf(page))) ?? '{}').nodes ?? {}))
    .toEqual(names);
  await page.reload();
  await expect(nameBox(page)).toHaveValue('Untitled');
  const kept = JSON.parse((await storedText(page, idOf(page))) ?? '{}');
  expect(Object.keys(kept.nodes)).toEqual(names);
  for (const { x, y } of Object.values(kept.layout.nodes) as { x: number; y: number }[])
    expect(Math.abs(x) <= 1e6 && Math.abs(y) <= 1e6).toBe(true);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('is valueOf');
  await page.keyboard.press('Enter');
  await expect(field(page, 'Label')).toHaveValue('is valueOf');
});

test('a size cannot have a name that no record may have, and the page says so', async ({ page }) => {
  await openProduct(page);
  await page.locator('.new-dim input').fill('constructor');
  await page.keyboard.press('Enter');
  await expect(page.locator('.notice')).toContainText('constructor');
  await nameBox(page).fill('still saved');
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(nameBox(page)).toHaveValue('still saved');
});

test('a record that cannot be read is told, left alone, and can be had as text', async ({ page }) => {
  await openProduct(page);
  await nameBox(page).fill('Precious');
  await expect(saved(page)).toBeVisible();
  const [id, url] = [idOf(page), page.url()];
  await page.goto('./');
  const dialog = page.getByRole('dialog');
  for (const [text, says] of [
    ['{"format":"tensorloom","version":99,"name":"later"}', 'version'],
    ['{"format":"tensorloom","version":2,"na', 'ends too early'],
  ] as const) {
    await corrupt(page, id, text);
    await works(page).click();
    await expect(dialog).toContainText('“Precious” cannot be opened');
    await expect(dialog).toContainText(says);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Download its text' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toBe(text);
    await page.keyboard.press('Escape');
    await expect(works(page)).toHaveCount(1);
    expect(await storedText(page, id)).toBe(text);
  }
  // By its address, in a page that knows nothing yet.
  await page.goto('about:blank');
  await page.goto(url);
  await expect(dialog).toContainText('ends too early');
});

test('a trained state that cannot be read is told, and the document opens', async ({ page }) => {
  await trainMoons(page, 20);
  await expect(saved(page)).toBeVisible();
  await keptState(page);
  const url = page.url();
  const id = idOf(page);
  await page.goto('./');
  await corrupt(page, id, undefined, [1, 2, 3]);
  await page.goto(url);
  await page.reload();
  await expect(page.locator('.notice')).toContainText(
    'The trained state kept with this document cannot be read',
  );
  await expect(shownState(page)).toHaveText('first values · training batch');
});

test('a Probe that is added after training shows the trained state, which stays', async ({ page }) => {
  await trainMoons(page, 40);
  const loss = await card(page, 'Cross-entropy').locator('.tl-number').textContent();
  const fit = page.getByRole('button', { name: 'Fit to view' });
  await fit.click();
  await page.getByRole('button', { name: 'Add Probe', exact: true }).click();
  await expect(card(page, 'Probe')).toBeVisible();
  await fit.click();
  await drawWire(
    page,
    port(card(page, 'Linear').first(), 'output', 'y'),
    port(card(page, 'Probe'), 'input', 'x'),
  );
  await expect(page.locator('.react-flow__edge')).toHaveCount(11);
  await expect(shownState(page)).toHaveText('after step 40 · training batch');
  await expect(card(page, 'Cross-entropy').locator('.tl-number')).toHaveText(loss ?? '');
  await card(page, 'Probe').click();
  await tab(page, 'Values').click();
  await expect(page.locator('.values-head .state-label')).toHaveText('after step 40 · training batch');
  await expect(page.locator('.number-table tbody tr').first()).toBeVisible();
});

test('where there is no room for the trained state the text is saved, the page says so, and leaving asks', async ({
  page,
}) => {
  await openTemplate(page, 'two-moons-mlp');
  await expect(saved(page)).toBeVisible();
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === 'states') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  await field(page, 'Steps').fill('20');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.run-progress')).toContainText('Finished');
  await expect(page.locator('.saved-sign')).toContainText(
    'Saved without the trained state: this browser’s storage is full',
  );
  await page.getByRole('button', { name: 'Back to the gallery' }).click();
  const dialog = page.getByRole('dialog', { name: 'This document is not saved' });
  await expect(dialog).toContainText('storage is full');
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await works(page).click();
  await expect(field(page, 'Steps')).toHaveValue('20');
  await expect(shownState(page)).toHaveText('first values · training batch');
});

test('two live tabs that train one document go on as two, each with its own state', async ({
  page,
  context,
}) => {
  await trainMoons(page, 20);
  await expect(saved(page)).toBeVisible();
  const kept = await keptState(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(shownState(other)).toHaveText('after step 20 · training batch');
  await other.getByRole('tab', { name: 'Run' }).click();
  await other.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(shownState(other)).toHaveText('after step 40 · training batch');
  await keptState(other, kept);
  await nameBox(page).fill('Mine');
  await expect(page.getByText('changed in another tab')).toBeVisible();
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(nameBox(page)).toHaveValue('Mine');
  await expect(shownState(page)).toHaveText('after step 20 · training batch');
  await other.reload();
  await expect(shownState(other)).toHaveText('after step 40 · training batch');
});

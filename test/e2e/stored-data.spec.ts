/** The file of a document's own data: refused by a full or absent storage, gone, and kept wrongly. Each is told with its cure. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { card, dropFile, expect, field, openFile, saved, test } from './fixture.ts';

const table = `u,v,kind\n${Array.from({ length: 60 }, (_, r) => `${r % 7},${r % 5},${r % 2 ? 'lily' : 'rose'}`).join('\n')}\n`;
const sha256 = createHash('sha256').update(table).digest('hex');

const wire = (from: string, to: string) => {
  const [node, port] = from.split('.');
  const [target, input] = to.split('.');
  return { from: { node, port }, to: { node: target, port: input } };
};

const graph = {
  format: 'tensorloom',
  version: 3,
  name: 'Flowers',
  dims: { B: 8 },
  nodes: {
    rows: { type: 'dataset', params: { data: 'rows', batch: 'B', normalise: 'standard' } },
    scores: { type: 'linear', params: { units: 2, name: 'c' } },
    loss: { type: 'cross-entropy', params: {} },
    sgd: { type: 'sgd', params: { rate: 0.1 } },
  },
  edges: {
    a: wire('rows.x', 'scores.x'),
    b: wire('scores.y', 'loss.logits'),
    c: wire('rows.y', 'loss.target'),
    d: wire('loss.loss', 'sgd.loss'),
  },
  data: {
    rows: {
      sha256,
      rows: 60,
      columns: {
        x: { shape: [2], axes: ['f'] },
        y: { shape: [], classes: 2, names: ['lily', 'rose'] },
      },
      source: {
        kind: 'file',
        path: 'flowers.csv',
        format: 'table',
        table: {
          delimiter: ',',
          fields: [
            { name: 'u', as: 'number' },
            { name: 'v', as: 'number' },
            { name: 'kind', as: 'class', values: ['lily', 'rose'] },
          ],
          target: 'kind',
        },
      },
    },
  },
  run: { steps: 20, seed: 1, evaluateEvery: 10 },
};

const problem = (page: Page, words: string) => page.getByText(words).first();
const finished = (page: Page) => expect(page.locator('.run-progress')).toContainText('Finished');

async function chooseAgain(page: Page): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose the file again' }).first().click(),
  ]);
  await chooser.setFiles({ name: 'flowers.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
}

/** Puts another text in the place of the bytes that the browser keeps. */
const corrupt = (page: Page) =>
  page.evaluate(
    (key) =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('tensorloom-files');
        opening.onsuccess = () => {
          const tx = opening.result.transaction('files', 'readwrite');
          tx.objectStore('files').put(
            { blob: new Blob(['u,v,kind\n']), name: 'flowers.csv', savedAt: 0 },
            key,
          );
          tx.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    sha256,
  );

test('a file is used while storage is full, asked for after a reload, and again where other bytes are kept', async ({
  page,
}) => {
  await openFile(page, graph);
  await expect(card(page, 'Data set')).toBeVisible();
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === 'files') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  await page.keyboard.press('Control+Enter');
  await expect(problem(page, 'this browser does not have its file “flowers.csv”')).toBeVisible();
  await chooseAgain(page);
  await expect(page.locator('.notice')).toContainText(
    'could not keep “flowers.csv”: this browser’s storage is full',
  );
  await page.keyboard.press('Control+Enter');
  await finished(page);

  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(card(page, 'Data set')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(problem(page, 'this browser does not have its file “flowers.csv”')).toBeVisible();
  await chooseAgain(page);
  await expect(page.getByText('“flowers.csv” is here again')).toBeVisible();

  await corrupt(page);
  await page.reload();
  await expect(card(page, 'Data set')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(problem(page, 'its checksum is another')).toBeVisible();
  await chooseAgain(page);
  await expect(page.getByText('“flowers.csv” is here again')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await finished(page);
});

test('where there is no storage at all the page says so, and trains on a file that is dropped', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'indexedDB');
  });
  await openFile(page, graph);
  await expect(card(page, 'Data set')).toBeVisible();
  await expect(page.locator('.saved-sign')).toContainText('this browser blocks storage');
  await page.keyboard.press('Control+Enter');
  await expect(problem(page, 'this browser does not have its file “flowers.csv”')).toBeVisible();
  await chooseAgain(page);
  await expect(page.locator('.notice')).toContainText(
    'could not keep “flowers.csv”: this browser blocks storage',
  );
  await page.keyboard.press('Control+Enter');
  await finished(page);
  await dropFile(page, 'more.csv', table.replace('lily', 'tulip'));
  await page.getByRole('dialog').getByRole('button', { name: 'Add data set' }).click();
  await expect(page.getByText('more is added: 60 rows.')).toBeVisible();
  await expect(field(page, 'Data')).toHaveValue('more');
});

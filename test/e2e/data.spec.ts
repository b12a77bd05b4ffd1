/** Data of one's own in the page: a table is dropped, looked at, added and trained on; the command line gives the same figures. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { card, dropFile, expect, field, openEmpty, openTemplate, tab, test } from './fixture.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function tensorloom(cwd: string, ...args: string[]): Record<string, unknown> {
  const command = [join(root, 'dist/cli/tensorloom.js'), ...args, '--json'];
  return JSON.parse(execFileSync('node', command, { cwd, encoding: 'utf8' })) as Record<string, unknown>;
}

/** What the run in the page has come to is what the command line says, to the last digit. */
async function trainsTo(page: Page, expected: unknown): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
  for (const [name, value] of Object.entries(expected as Record<string, number>))
    await expect(page.locator(`output[data-metric="${name}"]`)).toHaveText(String(value));
}

const rows = Array.from({ length: 120 }, (_, r) => {
  const size = ((r % 3 === 0 ? 50 : 10) + (r % 7)).toFixed(1).replace('.', ',');
  return `${size};${r % 2 ? 'hill' : 'shore'};${r % 3 === 0 ? 'lily' : 'daisy'}`;
});
/** BOM, semicolons, decimal commas, a quoted newline, a broken line and a gap. */
const table = `\ufeffpetal;place;kind\r\n"11,5";"by the\r\nsea";daisy\r\n${rows.slice(0, 60).join('\r\n')}\r\n"oops\r\n;hill;lily\r\n${rows.slice(60).join('\r\n')}\r\n`;

test('a table that is dropped becomes a data set, whole, and one step of undo takes it away', async ({
  page,
}) => {
  await openEmpty(page);
  await dropFile(page, 'flowers.csv', table);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('122 rows')).toBeVisible();
  await expect(dialog.getByLabel('Kind of “petal”')).toHaveValue('number');
  await expect(dialog.getByLabel('Target')).toHaveValue('kind');
  await expect(dialog.getByLabel('Split')).toHaveValue('stratified');
  await dialog.getByText('1 broken lines are left out').click();
  await expect(dialog.getByText('line 64: a quote is not closed')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(page.getByText('flowers is added: 121 rows; 1 with gaps are left out.')).toBeVisible();
  await expect(card(page, 'Data set')).toBeVisible();
  await expect(field(page, 'Normalisation')).toHaveValue('standard');
  await expect(tab(page, 'Problems')).toHaveText('Problems');
  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
});

test('the wines of a CSV file learn in the page as on the command line', async ({ page }) => {
  const { metrics } = tensorloom(root, 'run', 'templates/wine-csv.graph.json');
  await openTemplate(page, 'wine-csv');
  await trainsTo(page, metrics);
});

/** A folder with the table and a graph that learns from it. */
function folder(): { readonly place: string; readonly graph: string } {
  const place = mkdtempSync(join(tmpdir(), 'tensorloom-'));
  writeFileSync(join(place, 'flowers.csv'), table);
  tensorloom(place, 'data', 'flowers.csv', '--into', 'g.json');
  const document = JSON.parse(readFileSync(join(place, 'g.json'), 'utf8'));
  Object.assign(document.nodes, {
    scores: { type: 'linear', params: { units: 2, name: 'c' } },
    loss: { type: 'cross-entropy', params: {} },
    accuracy: { type: 'accuracy', params: {} },
    sgd: { type: 'sgd', params: { rate: 0.1 } },
  });
  const wires = ['flowers.x scores.x', 'scores.y loss.logits', 'flowers.y loss.target'];
  wires.push('scores.y accuracy.logits', 'flowers.y accuracy.target', 'loss.loss sgd.loss');
  for (const wire of wires) {
    const [from, to] = wire.split(' ').map((end) => end.split('.'));
    document.edges[wire] = {
      from: { node: from?.[0], port: from?.[1] },
      to: { node: to?.[0], port: to?.[1] },
    };
  }
  const graph = JSON.stringify(document);
  writeFileSync(join(place, 'g.json'), graph);
  return { place, graph };
}

test('a file that this browser does not have is told, chosen again, and kept over a reload', async ({
  page,
}) => {
  const { place, graph } = folder();
  const { metrics } = tensorloom(place, 'run', 'g.json', '--steps', '50');
  await openEmpty(page);
  await dropFile(page, 'g.graph.json', graph);
  await expect(card(page, 'Data set')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('this browser does not have its file “flowers.csv”').first()).toBeVisible();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose the file again' }).first().click(),
  ]);
  await chooser.setFiles(join(place, 'flowers.csv'));
  await expect(page.getByText('“flowers.csv” is here again')).toBeVisible();
  await page.reload();
  await expect(card(page, 'Data set')).toBeVisible();
  await field(page, 'Steps').fill('50');
  await trainsTo(page, metrics);
});

test('a bundle opens with its data', async ({ page }) => {
  const { place } = folder();
  const { metrics } = tensorloom(place, 'run', 'g.json', '--steps', '50');
  tensorloom(place, 'bundle', 'g.json', '-o', 'all.tensorloom');
  await page.goto('./');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open file' }).first().click(),
  ]);
  await chooser.setFiles(join(place, 'all.tensorloom'));
  await expect(card(page, 'Data set')).toBeVisible();
  await field(page, 'Steps').fill('50');
  await trainsTo(page, metrics);
});

test('pictures of an archive become the same bytes as on the command line', async ({ page }) => {
  const png = (width: number, height: number, shade: (i: number) => number) => {
    const picture = new PNG({ width, height });
    picture.data.forEach((_, i) => {
      picture.data[i] = i % 4 === 3 ? 255 : shade(i);
    });
    return new Uint8Array(PNG.sync.write(picture));
  };
  const place = mkdtempSync(join(tmpdir(), 'tensorloom-'));
  const archive = zipSync({
    'cats/1.png': png(20, 13, (i) => (i * 37) % 256),
    'dogs/1.png': png(8, 8, (i) => (i * i) % 256),
    'dogs/2.png': png(3, 40, (i) => 255 - (i % 200)),
  });
  writeFileSync(join(place, 'pets.zip'), archive);
  tensorloom(place, 'data', 'pets.zip', '--into', 'g.json', '--size', '8', '--colour');
  const document = JSON.parse(readFileSync(join(place, 'g.json'), 'utf8'));

  await page.goto('./');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open file' }).first().click(),
  ]);
  await chooser.setFiles(join(place, 'pets.zip'));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('3 pictures in 2 classes')).toBeVisible();
  await dialog.getByLabel('Pixels, high and wide').fill('8');
  await dialog.getByLabel('In colour').check();
  await dialog.getByRole('button', { name: 'Add data set' }).click();
  await expect(card(page, 'Data set')).toBeVisible();
  const kept = await page.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        const opening = indexedDB.open('tensorloom-files');
        opening.onsuccess = () => {
          const keys = opening.result.transaction('files').objectStore('files').getAllKeys();
          keys.onsuccess = () => resolve(keys.result);
        };
      }),
  );
  expect(kept).toEqual([document.data.pets.sha256]);
});

test('points are drawn by hand, and learned from', async ({ page }) => {
  await openTemplate(page, 'two-moons-mlp');
  await card(page, 'Data set').click();
  await field(page, 'Data').selectOption('drawn');
  const pad = page.getByRole('img', { name: '6 points in the plane' });
  await pad.click({ position: { x: 20, y: 20 } });
  await expect(page.getByRole('img', { name: '7 points in the plane' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
});

test('numbers on the clipboard become a tensor of their shape', async ({ page }) => {
  await openEmpty(page);
  await page.locator('.react-flow__pane').click();
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '1,5 2,5\n3 4');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await expect(page.getByText('A tensor of 2 × 2 is pasted.')).toBeVisible();
  await expect(card(page, 'A')).toBeVisible();
});

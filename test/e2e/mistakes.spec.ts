/** Classic mistakes opened in the page: understood from it alone, and mended by the fix offered first. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { card, drawWire, dropFile, expect, openEmpty, openFile, port, tab, test } from './fixture.ts';

const folder = join(import.meta.dirname, '../mistakes');
const files = readdirSync(folder).filter((name) => name.endsWith('.graph.json'));

const open = (page: Page, path: string) => openFile(page, readFileSync(path));

test('each mistake is told, and mended by its first fix', async ({ page }) => {
  await openEmpty(page);
  const problems = tab(page, /Problems/);
  await problems.click();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const ghost = page.locator('.tl-preview');
  for (const file of files)
    await test.step(file, async () => {
      const text = readFileSync(join(folder, file), 'utf8');
      await dropFile(page, file, text);
      await expect(page.getByLabel('Name of the graph')).toHaveValue(JSON.parse(text).name);
      const fix = page.locator('.problems .problem-fixes button').first();
      // The ghost of the fix is drawn while the button has the pointer, and goes when it leaves.
      await fix.hover();
      await expect(ghost.first()).toBeAttached();
      await expect(page.locator('.tl-preview-note')).toContainText('Preview');
      await page.mouse.move(5, 5);
      await expect(ghost).toHaveCount(0);

      await fix.click();
      await expect(page.locator('.problem[data-severity="error"]')).toHaveCount(0);
      await expect(ghost).toHaveCount(0);
      await undo.click();
      await expect(problems).toContainText(/\d/);
      await expect(undo).toBeDisabled();
    });
});

test('messages call cards as they are drawn, and what deletes is no blue button', async ({ page }) => {
  const tensor = { type: 'tensor', params: { axes: [{ name: 'i', size: 3 }], fill: 'normal' } };
  const wire = (node: string) => ({ from: { node, port: 'out' }, to: { node: 'add2', port: 'a' } });
  const graph = {
    ...{ format: 'tensorloom', version: 3, name: 'twice', dims: {}, blocks: {} },
    nodes: { a: tensor, b: tensor, add2: { type: 'add', params: {} } },
    edges: { e1: wire('a'), e2: wire('b') },
    layout: { nodes: { a: { x: 0, y: 0 }, b: { x: 0, y: 200 }, add2: { x: 300, y: 100 } } },
  };
  await openFile(page, graph);
  await tab(page, /Problems/).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText('Input "b" of Add has no wire.');
  await expect(panel).not.toContainText('add2');
  await expect(panel.getByRole('button', { name: /^Delete/ }).first()).toBeVisible();
  for (const blue of await panel.locator('.problem-fixes .primary').all())
    await expect(blue).not.toContainText('Delete');
});

test('a fix by the keyboard alone, and the page that explains its code', async ({ page }) => {
  await open(page, join(folder, 'missing-flatten.graph.json'));
  await tab(page, /Problems/).click();
  await expect(page.locator('.problems .problem-fixes button').first()).toBeVisible();
  await page.locator('.problems .problem-text').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('.tl-preview-new').first()).toBeAttached();
  await page.keyboard.press('Enter');
  await expect(card(page, 'Flatten')).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('No problems');

  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: /rank-mismatch/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('too many or too few axes');
  await dialog.getByRole('button', { name: 'Open this example' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(card(page, 'Cross-entropy')).toBeVisible();
});

test('the popover of a card offers the fixes too, and stays while one is looked at', async ({ page }) => {
  await open(page, join(folder, 'residual-width.graph.json'));
  await page.locator('.react-flow__node[data-id="sum"]').hover();
  const fix = page.locator('.tl-hover-card').getByRole('button', { name: /Insert a Linear/ });
  const place = await fix.boundingBox();
  if (!place) throw new Error('the popover is not on the screen');
  await page.mouse.move(place.x + 20, place.y + 12);
  await page.mouse.move(place.x + 22, place.y + 12);
  await expect(page.locator('.tl-preview-new').first()).toBeAttached();
  await expect(page.locator('.tl-hover-card')).toContainText('64 comes from Data set');
  await fix.click();
  await expect(card(page, 'residual')).toBeVisible();
  await expect(page.locator('.tl-thread-bad')).toHaveCount(0);
});

test('a wire is plugged elsewhere by its end, and a card let go on a wire goes in between', async ({
  page,
}) => {
  await openEmpty(page);
  const add = (title: string) => page.getByRole('button', { name: `Add ${title}`, exact: true });
  const pane = page.locator('.react-flow__pane');
  await add('Tensor').dragTo(pane, { targetPosition: { x: 120, y: 120 } });
  await add('Scale').dragTo(pane, { targetPosition: { x: 560, y: 120 } });
  await add('Softmax').dragTo(pane, { targetPosition: { x: 560, y: 330 } });
  await add('Activation').dragTo(pane, { targetPosition: { x: 160, y: 400 } });
  await drawWire(page, port(card(page, 'A'), 'output', 'out'), port(card(page, 'Scale'), 'input', 'x'));
  await expect(page.locator('.react-flow__edge')).toHaveCount(1);

  // The end of the wire lies just before the port that it is plugged into.
  const end = await page.locator('.react-flow__edgeupdater-target').boundingBox();
  const other = await port(card(page, 'Softmax'), 'input', 'x').boundingBox();
  if (!end || !other) throw new Error('an end is not on the screen');
  await page.mouse.move(end.x + 4, end.y + end.height / 2);
  await page.mouse.down();
  await page.mouse.move(other.x - 60, other.y - 20, { steps: 6 });
  await page.mouse.move(other.x + other.width / 2, other.y + other.height / 2, { steps: 6 });
  await page.mouse.up();
  const wire = page.locator('.react-flow__edge');
  await expect(wire).toHaveCount(1);
  await expect(wire).toHaveAttribute('aria-label', /Softmax/);

  // The middle of the card comes to lie on the middle of the wire.
  const course = await wire.locator('.react-flow__edge-interaction').boundingBox();
  const loose = await card(page, 'Activation').boundingBox();
  if (!course || !loose) throw new Error('a part is not on the screen');
  await page.mouse.move(loose.x + loose.width / 2, loose.y + 14);
  await page.mouse.down();
  const to = { x: course.x + course.width / 2, y: course.y + course.height / 2 };
  // A drag begins where the pointer first moved to, not where it was pressed: a small step first.
  await page.mouse.move(loose.x + loose.width / 2 + 2, loose.y + 14);
  await page.mouse.move(to.x - 40, to.y + 30, { steps: 5 });
  await page.mouse.move(to.x, to.y - loose.height / 2 + 14, { steps: 8 });
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
});

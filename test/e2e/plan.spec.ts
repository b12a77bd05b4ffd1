/** The Plan panel: orders are priced, changed by mouse and by keyboard, kept on the node and undone. */
import type { Page } from '@playwright/test';
import { expect, field, openTemplate, tab, test } from './fixture.ts';

/** A ring of five tensors under one contraction. */
const ring: Readonly<Record<string, string>> = {
  A: 'i 4, j 6',
  B: 'j 6, k 8',
  C: 'k 8, l 10',
  D: 'l 10, m 3',
  E: 'm 3, i 4',
};

function ringDocument() {
  const axes = (written: string) =>
    written.split(', ').map((axis) => ({ name: axis[0], size: Number(axis.slice(2)) }));
  const names = Object.keys(ring);
  return {
    ...{ format: 'tensorloom', version: 1, name: 'ring', dims: {}, blocks: {} },
    nodes: {
      ...Object.fromEntries(
        names.map((n) => [
          n,
          { type: 'tensor', label: n, params: { axes: axes(ring[n] ?? ''), fill: 'ones' } },
        ]),
      ),
      ring: { type: 'contract', label: 'Ring', params: {} },
    },
    edges: Object.fromEntries(
      names.map((n, k) => [n, { from: { node: n, port: 'out' }, to: { node: 'ring', port: 'abcde'[k] } }]),
    ),
    layout: {
      nodes: Object.fromEntries(
        [...names, 'ring'].map((n, k) => [n, { x: k < 5 ? 0 : 400, y: 110 * (k % 5) }]),
      ),
    },
  };
}

async function openPlan(page: Page): Promise<void> {
  await page.goto('./');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open' }).first().click();
  const buffer = Buffer.from(JSON.stringify(ringDocument()));
  await (await chooser).setFiles({ name: 'ring.graph.json', mimeType: 'application/json', buffer });
  await page.locator('.react-flow__node', { hasText: 'Ring' }).click();
  await tab(page, 'Plan').click();
  await expect(page.getByRole('radio', { name: 'Found' })).toBeChecked();
}

const node = (page: Page, name: string) => page.getByRole('treeitem', { name, exact: true });
const steps = (page: Page) => page.getByRole('table', { name: 'Steps' }).locator('tbody tr');

test('an order made by dragging is priced, kept and undone', async ({ page }) => {
  await openPlan(page);
  await expect(steps(page)).toHaveCount(4);
  const [from, to] = [await node(page, 'A').boundingBox(), await node(page, 'C').boundingBox()];
  if (!from || !to) throw new Error('a tensor is not drawn');
  await page.mouse.move(from.x + from.width / 2, from.y + 14);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2 + 20, to.y, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + 14, { steps: 4 });
  await expect(page.getByText('A with C first:')).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();
  await expect(steps(page).filter({ hasText: /[AC] · [AC]/ })).toHaveCount(1);

  await page.getByRole('button', { name: 'Use this order' }).click();
  await expect(field(page, 'Order')).toHaveValue(/\((a, c|c, a)\)/);
  await page.keyboard.press('Control+z');
  await expect(field(page, 'Order')).toHaveValue('');
});

test('by keyboard a tensor is picked up, carried and put down; steps show their values', async ({ page }) => {
  await openPlan(page);
  const told = page.locator('.plan-told');
  await node(page, 'A').focus();
  await page.keyboard.press(' ');
  await expect(told).toContainText('A picked up.');
  await page.keyboard.press('Escape');
  await expect(told).toContainText('Drag a tensor');

  // Up to the pair that A is in, and on from there until a place that changes the order.
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowUp');
  await expect(told).toContainText('cannot');
  for (let k = 0; k < 9 && !(await told.textContent())?.includes('operations'); k++)
    await page.keyboard.press(k % 2 === 0 ? 'ArrowRight' : 'ArrowUp');
  await page.keyboard.press(' ');
  await expect(page.getByRole('radio', { name: 'Yours' })).toBeChecked();

  await steps(page).first().click();
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect(steps(page).nth(1)).toHaveAttribute('aria-current', 'step');
  await expect(page.getByRole('img', { name: 'What step 2 makes' })).toBeVisible();
});

test('less memory slices indices, and says what that costs', async ({ page }) => {
  await openPlan(page);
  const slider = page.getByRole('slider', { name: /Memory for intermediates/ });
  await slider.focus();
  for (let k = 0; k < 6; k++) await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.plan-sliced')).toContainText('× the operations');
});

test('the whole program is listed step by step, and a step leads to its node', async ({ page }) => {
  await openTemplate(page, 'digits-mlp');
  await tab(page, 'Plan').click();
  const steps = page.getByRole('table', { name: 'Steps' });
  await expect(steps).toContainText('matmul');
  await expect(page.locator('.plan-program')).toContainText('one training step');
  await steps.getByRole('button', { name: 'Linear' }).first().click();
  await expect(page.locator('.react-flow__node.selected')).toContainText('Linear');
});

/** The Plan panel: contraction paths are priced, changed by mouse and by keyboard, kept and undone; better ones come by themselves. */
import type { Page } from '@playwright/test';
import { expect, field, openFile, openTemplate, tab, test } from './fixture.ts';

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
    ...{ format: 'tensorloom', version: 3, name: 'ring', dims: {}, blocks: {} },
    nodes: {
      ...Object.fromEntries(
        names.map((n) => [
          n,
          { type: 'tensor', label: n, params: { axes: axes(ring[n] ?? ''), fill: 'uniform' } },
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
  await openFile(page, ringDocument());
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

/** Matrices A … D multiplied along a line, the first two in a node of their own. */
function chainInTwo() {
  const sizes = [40, 2, 30, 3, 50];
  const matrix = (k: number) => ({
    type: 'tensor',
    label: 'ABCD'[k],
    params: {
      axes: [0, 1].map((d) => ({ name: 'ijklm'[k + d], size: sizes[k + d] })),
      fill: 'range',
    },
  });
  const wire = (from: string, node: string, port: string) => ({
    from: { node: from, port: 'out' },
    to: { node, port },
  });
  return {
    ...{ format: 'tensorloom', version: 3, name: 'chain', dims: {}, blocks: {} },
    nodes: {
      ...Object.fromEntries([...'ABCD'].map((name, k) => [name, matrix(k)])),
      left: { type: 'contract', label: 'Left', params: { expression: 'ij,jk->ik' } },
      right: { type: 'contract', label: 'Right', params: { expression: 'ik,kl,lm->im' } },
    },
    edges: {
      a: wire('A', 'left', 'a'),
      b: wire('B', 'left', 'b'),
      between: wire('left', 'right', 'a'),
      c: wire('C', 'right', 'b'),
      d: wire('D', 'right', 'c'),
    },
    layout: {
      nodes: Object.fromEntries(
        ['A', 'B', 'C', 'D', 'left', 'right'].map((id, k) => [
          id,
          { x: k < 4 ? 0 : 300 * (k - 3), y: k < 4 ? 110 * k : 150 },
        ]),
      ),
    },
  };
}

test('a network that spans two nodes is one, and keeps the order that is chosen for it', async ({ page }) => {
  await openFile(page, chainInTwo());
  await tab(page, 'Plan').click();
  await expect(page.getByRole('combobox', { name: 'Network' })).toHaveValue(/->/);
  await page.getByRole('combobox', { name: 'Network' }).selectOption('Whole program');
  const row = page.getByRole('table', { name: 'Networks' }).locator('tbody tr');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('first found');
  // Pointing at it shows on the canvas where it is drawn.
  await row.hover();
  await expect(page.locator('.react-flow__node[data-lit]')).toHaveCount(6);
  await row.getByRole('button', { name: 'Left · Right' }).click();
  await expect(steps(page)).toHaveCount(3);

  // A is carried to C by keyboard; what is chosen holds for the network, and is undone as one step.
  await node(page, 'A').focus();
  await page.keyboard.press(' ');
  const told = page.locator('.plan-told');
  for (let k = 0; k < 9 && !(await told.textContent())?.includes('operations'); k++)
    await page.keyboard.press(k % 2 === 0 ? 'ArrowRight' : 'ArrowUp');
  await page.keyboard.press(' ');
  await page.getByRole('button', { name: 'Use this order' }).click();
  await expect(page.getByText('because you chose it')).toBeVisible();
  await page.getByRole('combobox', { name: 'Network' }).selectOption('Whole program');
  await expect(row).toContainText('Yours');
  await page.keyboard.press('Control+z');
  await expect(row).toContainText('first found');
});

/** Three contractions of 64 tensors whose indices each join two of them at random: no search is done at once. */
function tangles() {
  const many = 64;
  const rank = 5;
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  const portName = (k: number) => String.fromCharCode(97 + (k % 26)) + (k < 26 ? '' : Math.floor(k / 26));
  const expression = () => {
    const ends = Array.from({ length: many * rank }, (_, k) => ({
      tensor: Math.floor(k / rank),
      at: random(),
    }));
    const tensors: string[][] = Array.from({ length: many }, () => []);
    ends.sort((a, b) => a.at - b.at);
    for (const [k, { tensor }] of ends.entries()) tensors[tensor]?.push(`i${k >> 1}`);
    return `${tensors.map((labels) => labels.join(' ')).join(', ')} ->`;
  };
  const names = ['x', 'y', 'z'];
  const axes = [...'abcde'].map((name) => ({ name, size: 2 }));
  return {
    ...{ format: 'tensorloom', version: 3, name: 'tangles', dims: {}, blocks: {} },
    nodes: {
      t: { type: 'tensor', label: 'T', params: { axes, fill: 'normal' } },
      ...Object.fromEntries(
        names.map((n) => [n, { type: 'contract', params: { expression: expression() } }]),
      ),
    },
    edges: Object.fromEntries(
      names.flatMap((n) =>
        Array.from({ length: many }, (_, k) => [
          `${n}${k}`,
          { from: { node: 't', port: 'out' }, to: { node: n, port: portName(k) } },
        ]),
      ),
    ),
  };
}

test('better orders are found while the user is idle, are no step of the history, and can be forgotten', async ({
  page,
}) => {
  await openFile(page, tangles());
  await tab(page, 'Plan').click();
  const badge = page.locator('.badge.good');
  await expect(badge).toHaveText(/^[\d.]+×$/);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
  const rows = page.getByRole('table', { name: 'Networks' }).locator('tbody tr');
  await expect(rows.filter({ hasText: 'improved' }).first()).toBeVisible();

  // Looking is forbidden by mouse, and what was found is sent away by keyboard.
  await rows.filter({ hasText: 'improved' }).first().getByRole('button').click();
  await expect(page.getByRole('radio', { name: 'Kept' })).toBeChecked();
  await expect(page.getByText(/Improved in the background: [\d.]+× fewer operations/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Network' }).selectOption('Whole program');
  await page.getByRole('checkbox', { name: 'Look for better orders while idle' }).click();
  await page.getByRole('button', { name: 'Forget found orders' }).focus();
  await page.keyboard.press('Enter');
  await expect(rows.filter({ hasText: 'improved' })).toHaveCount(0);
  await expect(rows).toHaveCount(3);
  await expect(badge).toHaveCount(0);
});

test('an order that the file keeps is shown, and forgotten', async ({ page }) => {
  const found = { '0 1, 1 2, 2 3, 3 4 -> 0 4 : 40 2 30 3 50': '(((0, 1), 2), 3)' };
  await openFile(page, { ...chainInTwo(), plan: { found } });
  await tab(page, 'Plan').click();
  const kept = page.getByRole('radio', { name: 'Kept' });
  await expect(kept).toBeChecked();
  await page.getByRole('button', { name: 'Forget it' }).focus();
  await page.keyboard.press('Enter');
  await expect(kept).toHaveCount(0);
  await expect(page.getByRole('radio', { name: 'Found' })).toBeChecked();
});

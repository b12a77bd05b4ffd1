/** The tensor-network diagram: opened by key and menu, played by keyboard, one with the Plan panel. */
import type { Page } from '@playwright/test';
import { expect, openTemplate, tab, test } from './fixture.ts';

/** Tensors of these indices under one contraction; sizes 2, 3, 4, … by name. */
function contraction(expression: string) {
  const operands = (expression.split('->')[0] ?? '').split(',');
  const names = [...new Set(operands.join(''))].sort();
  const size = (name: string) => 2 + names.indexOf(name);
  const ports = operands.map((_, k) => 'abcdefgh'[k] ?? '');
  const id = (port: string) => port.toUpperCase();
  return {
    ...{ format: 'tensorloom', version: 3, name: 'network', dims: {}, blocks: {} },
    nodes: {
      ...Object.fromEntries(
        operands.map((own, k) => [
          id(ports[k] ?? ''),
          {
            type: 'tensor',
            label: id(ports[k] ?? ''),
            params: { axes: [...own].map((name) => ({ name, size: size(name) })), fill: 'range' },
          },
        ]),
      ),
      net: { type: 'contract', label: 'Net', params: { expression } },
    },
    edges: Object.fromEntries(
      ports.map((port) => [port, { from: { node: id(port), port: 'out' }, to: { node: 'net', port } }]),
    ),
    layout: {
      nodes: Object.fromEntries(
        [...ports.map(id), 'net'].map((node, k) => [
          node,
          { x: node === 'net' ? 400 : 0, y: 110 * (k % ports.length) },
        ]),
      ),
    },
  };
}

async function openNetwork(page: Page, expression: string): Promise<void> {
  await page.goto('./');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open' }).first().click();
  const buffer = Buffer.from(JSON.stringify(contraction(expression)));
  await (await chooser).setFiles({ name: 'a.graph.json', mimeType: 'application/json', buffer });
  await page.locator('.react-flow__node', { hasText: 'Net' }).click();
}

const pane = (page: Page) => page.getByRole('region', { name: 'Tensor network' });
const time = (page: Page) => page.getByRole('slider', { name: 'Steps of the contraction' });
const shapes = (page: Page) => pane(page).locator('.diagram-vertex');

test('N shows a contraction as a network and hides it; the menu does too', async ({ page }) => {
  await openNetwork(page, 'ij,jk,kl,li->');
  await page.keyboard.press('n');
  await expect(shapes(page)).toHaveCount(4);
  const figure = pane(page).getByRole('figure').first();
  await expect(figure).toHaveAccessibleDescription(/A ring of 4 tensors\. i of size 2 joins A, D\./);
  await page.keyboard.press('n');
  await expect(pane(page)).toHaveCount(0);

  await page.locator('.react-flow__node', { hasText: 'Net' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'See as a tensor network' }).click();
  await expect(shapes(page)).toHaveCount(4);
  await pane(page).getByRole('button', { name: 'Back to the ribbons' }).click();
  await expect(pane(page)).toHaveCount(0);
});

test('a contraction is played by keyboard, one with the Plan panel', async ({ page }) => {
  await openNetwork(page, 'ij,jk,kl->il');
  await page.keyboard.press('n');
  await tab(page, 'Plan').click();
  const steps = page.getByRole('table', { name: 'Steps' }).locator('tbody tr');
  await expect(steps).toHaveCount(2);
  await time(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(shapes(page)).toHaveCount(2);
  await expect(time(page)).toHaveAttribute('aria-valuetext', 'Step 1 of 2');
  await page.keyboard.press('End');
  await expect(shapes(page)).toHaveCount(1);
  // i j k, then i k l, of sizes 2, 3, 4, 5: 24 and 40 multiply-adds.
  await expect(pane(page).locator('.diagram-costs')).toContainText('64 multiply-adds of 64');
  await expect(pane(page).getByRole('img', { name: 'What step 2 makes' })).toBeVisible();
  await expect(steps.nth(1)).toHaveAttribute('aria-current', 'step');

  // A step of the panel is played here; what is pointed at there is marked here, and on the canvas.
  await steps.first().click();
  await expect(time(page)).toHaveAttribute('aria-valuetext', 'Step 1 of 2');
  await expect(shapes(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await steps.first().hover();
  await expect(page.locator('.react-flow__node[data-lit]')).toHaveCount(2);
  await shapes(page).filter({ hasText: '#1' }).hover();
  await expect(steps.first()).toHaveAttribute('data-pointed', 'true');
});

test('playing goes through all steps; with less motion there is nothing to play, and steps remain', async ({
  page,
}) => {
  await openNetwork(page, 'ij,jk,kl->il');
  await page.keyboard.press('n');
  await pane(page).getByRole('combobox', { name: 'Speed' }).selectOption('4');
  await pane(page).getByRole('button', { name: 'Play the contraction' }).click();
  await expect(shapes(page)).toHaveCount(1);
  await expect(time(page)).toHaveAttribute('aria-valuetext', 'Step 2 of 2');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(pane(page).getByRole('button', { name: 'Play the contraction' })).toHaveCount(0);
  await pane(page).getByRole('button', { name: 'Previous step' }).click();
  await expect(shapes(page)).toHaveCount(2);
  await pane(page).getByRole('button', { name: 'Next step' }).click();
  await expect(shapes(page)).toHaveCount(1);
});

test('deltas are dots, and become bare wires before anything is multiplied', async ({ page }) => {
  await openTemplate(page, 'delta-trace');
  await page.keyboard.press('n');
  const dots = pane(page).locator('.diagram-vertex.delta');
  await expect(dots).not.toHaveCount(0);
  await time(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(dots).toHaveCount(0);
  await expect(pane(page).locator('.diagram-says')).toHaveText('Deltas become bare wires');
});

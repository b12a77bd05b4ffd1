/** The tensor-network diagram: opened by key and menu, played by keyboard, one with the Plan panel. */
import type { Page } from '@playwright/test';
import { expect, field, openFile, openTemplate, restingBox, tab, test } from './fixture.ts';

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
  await openFile(page, contraction(expression));
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
  await restingBox(shapes(page).filter({ hasText: '#1' }));
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
  // Its lesson looks at the network.
  await openTemplate(page, 'delta-trace');
  const dots = pane(page).locator('.diagram-vertex.delta');
  await expect(dots).not.toHaveCount(0);
  await time(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(dots).toHaveCount(0);
  await expect(pane(page).locator('.diagram-says')).toHaveText('Deltas become bare wires');
});

const expression = (page: Page) => field(page, 'Expression');

test('one end of a hyper-index is cut off, which is one step back', async ({ page }) => {
  await openNetwork(page, 'ij,jk,kj->ikj');
  await page.keyboard.press('n');
  await pane(page)
    .getByRole('button', { name: /^j of size 3/ })
    .click();
  await pane(page).getByRole('button', { name: 'Cut from C' }).click();
  await expect(expression(page)).toHaveValue('ij,jk,kl->ikjl');
  await page.keyboard.press('Control+z');
  await expect(expression(page)).toHaveValue('ij,jk,kj->ikj');
});

test('a leg held over another tells what would be, and is let go of or joined', async ({ page }) => {
  await openNetwork(page, 'ij,jk->ik');
  await page.keyboard.press('n');
  const handles = pane(page).locator('.diagram-handle');
  await expect(handles).toHaveCount(2);
  const middleOf = async (k: number) => {
    const { x, y, width, height } = await restingBox(handles.nth(k));
    return [x + width / 2, y + height / 2] as const;
  };
  const drag = async (from: number, to: number) => {
    const [start, end] = [await middleOf(from), await middleOf(to)];
    await page.mouse.move(...start);
    await page.mouse.down();
    await page.mouse.move(...end, { steps: 6 });
  };
  // i is of size 2, k of size 4.
  await drag(0, 1);
  await expect(pane(page).locator('.diagram-tip')).toHaveText('i has size 2, k has size 4');
  await page.mouse.up();
  await expect(page.getByText('indices of different sizes cannot be joined')).toBeVisible();
  await expect(expression(page)).toHaveValue('ij,jk->ik');

  // Cut in the middle, both ends of j are of size 3.
  await pane(page)
    .getByRole('button', { name: /^j of size 3/ })
    .click();
  await pane(page).getByRole('button', { name: 'Cut', exact: true }).click();
  await expect(expression(page)).toHaveValue('ij,lk->ikjl');
  await expect(handles).toHaveCount(4);
  await drag(1, 2);
  await expect(pane(page).locator('.diagram-tip')).toHaveText('j and l are summed as one');
  await page.mouse.up();
  await expect(expression(page)).toHaveValue('il,lk->ik');
  await page.keyboard.press('Control+z');
  await expect(expression(page)).toHaveValue('ij,lk->ikjl');
});

test('an index is cut, joined and renamed by keyboard, a tensor taken out', async ({ page }) => {
  await openNetwork(page, 'ij,jk,ki->');
  await page.keyboard.press('n');
  const index = (name: RegExp) => pane(page).getByRole('button', { name });
  await index(/^k of size 4 joins/).focus();
  await page.keyboard.press('Delete');
  await expect(expression(page)).toHaveValue('ij,jk,li->kl');
  await expect(page.locator('.react-flow__node', { hasText: 'Net' })).toContainText('ij,jk,li → kl');

  await index(/^l of size 4/).focus();
  await page.keyboard.press('Enter');
  const name = pane(page).getByLabel('Name of the index');
  await expect(name).toBeFocused();
  await name.fill('m');
  await page.keyboard.press('Enter');
  await expect(expression(page)).toHaveValue('ij,jk,mi->km');
  await pane(page).getByLabel('Join with …').selectOption({ label: 'k of size 4' });
  await expect(expression(page)).toHaveValue('ij,jk,ki->');

  await index(/^tensor B/).focus();
  await page.keyboard.press('Delete');
  await expect(expression(page)).toHaveValue('ij,ki->jk');
  await expect(page.locator('.react-flow__edge')).toHaveCount(2);
  for (let k = 0; k < 4; k++) await page.keyboard.press('Control+z');
  await expect(expression(page)).toHaveValue('ij,jk,ki->');
  await expect(page.locator('.react-flow__edge')).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled();
});

test('the drawing is copied as SVG that parses, and as TikZ', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openNetwork(page, 'ij,jk,ki->');
  await page.keyboard.press('n');
  await expect(shapes(page)).toHaveCount(3);
  await pane(page).getByRole('button', { name: 'Copy as SVG' }).click();
  await expect(page.getByText('The drawing is on the clipboard, as SVG.')).toBeVisible();
  const parsed = await page.evaluate(async () => {
    const svg = await navigator.clipboard.readText();
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    return { tag: root.tagName, circles: root.querySelectorAll('circle').length };
  });
  expect(parsed).toEqual({ tag: 'svg', circles: 3 });
  await pane(page).getByRole('button', { name: 'Copy as TikZ' }).click();
  await expect(page.getByText('The drawing is on the clipboard, as TikZ.')).toBeVisible();
  const tikz = await page.evaluate(() => navigator.clipboard.readText());
  expect(tikz).toContain('\\begin{tikzpicture}');
  expect(tikz.match(/\\path\[tensor\]/g)).toHaveLength(3);
});

test('a network that two nodes draw is seen as one, from the Plan panel; one contraction is chosen after another', async ({
  page,
}) => {
  const two = contraction('ij,jk,kl->il');
  const [, , third] = Object.entries(two.edges);
  const document = {
    ...two,
    nodes: {
      ...two.nodes,
      net: { type: 'contract', label: 'Net', params: { expression: 'ij,jk->ik' } },
      second: { type: 'contract', label: 'Second', params: { expression: 'ik,kl->il' } },
      shown: { type: 'probe', params: {} },
    },
    edges: {
      a: two.edges.a,
      b: two.edges.b,
      made: { from: { node: 'net', port: 'out' }, to: { node: 'second', port: 'a' } },
      c: { ...third?.[1], to: { node: 'second', port: 'b' } },
      d: { from: { node: 'second', port: 'out' }, to: { node: 'shown', port: 'x' } },
    },
    layout: { nodes: { ...two.layout.nodes, second: { x: 620, y: 200 }, shown: { x: 840, y: 200 } } },
  };
  await openFile(page, document);
  await page.locator('.react-flow__node', { hasText: 'Net' }).click();
  await tab(page, 'Plan').click();
  await page.getByRole('tabpanel').getByRole('button', { name: 'See as a tensor network' }).click();
  await expect(shapes(page)).toHaveCount(3);
  await expect(pane(page)).toContainText('Several nodes draw this network');
  await page.locator('.react-flow__node', { hasText: 'Second' }).click();
  await expect(shapes(page)).toHaveCount(2);
  await expect(pane(page).getByLabel('Network', { exact: true })).toHaveValue('second');
});

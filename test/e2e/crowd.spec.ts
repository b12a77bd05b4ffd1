/** A thousand nodes, seen from far off as a picture: pointer and keyboard work with it as with cards. */
import type { Page } from '@playwright/test';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/parse.ts';
import { laidOut, residualStack } from '../bench/residual-stack.ts';
import { expect, field, openFile, test } from './fixture.ts';

const stack = laidOut(residualStack(1000));

async function open(page: Page, document: GraphDocument): Promise<void> {
  await openFile(page, Buffer.from(serialize(document)));
  await expect(page.locator('.tl-overview .tl-far-card').first()).toBeAttached();
}

/** A place on the screen, by the card's corner on the graph. */
async function place(page: Page, id: string, dx = 60, dy = 40): Promise<{ x: number; y: number }> {
  const corner = stack.layout.nodes[id];
  if (!corner) throw new Error(`no node ${id}`);
  return page.locator('.react-flow__viewport').evaluate(
    (element, { x, y }) => {
      const at = new DOMPoint(x, y).matrixTransform(new DOMMatrix(getComputedStyle(element).transform));
      const { left, top } = (element.parentElement as HTMLElement).getBoundingClientRect();
      return { x: left + at.x, y: top + at.y };
    },
    { x: corner.x + dx, y: corner.y + dy },
  );
}

const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);

test('cards and wires come out of the crowd under the pointer', async ({ page }) => {
  await open(page, stack);
  await expect(page.getByRole('img', { name: /From far off: 998 nodes/ })).toBeAttached();
  await expect(page.locator('.react-flow__node')).toHaveCount(0);

  const at = await place(page, 'up100');
  await page.mouse.move(at.x, at.y);
  await expect(node(page, 'up100')).toBeVisible();
  await page.mouse.click(at.x, at.y);
  await expect(node(page, 'up100')).toHaveClass(/selected/);
  await expect(field(page, 'Units')).toHaveValue('128');

  // Dragged, it takes its wires along.
  const before = await node(page, 'up100').boundingBox();
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 30, at.y + 20, { steps: 5 });
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge[data-id="act100.x"]')).toBeAttached();
  const after = await node(page, 'up100').boundingBox();
  expect(after?.x).toBeGreaterThan((before?.x ?? 0) + 20);

  // A wire is chosen and taken away.
  const from = await place(page, 'act50', 118, 66);
  const to = await place(page, 'down50', 0, 66);
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  const wire = page.locator('.react-flow__edge[data-id="down50.x"]');
  await expect(wire).toBeAttached();
  await page.mouse.click((from.x + to.x) / 2, (from.y + to.y) / 2);
  await expect(wire).toHaveClass(/selected/);
  await page.keyboard.press('Delete');
  await expect(page.getByRole('img', { name: /1245 wires/ })).toBeAttached();
});

test('the keyboard goes from card to card, and a size is felt in the whole picture', async ({ page }) => {
  await open(page, stack);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('stem');
  await page.keyboard.press('Enter');
  await expect(node(page, 'stem')).toBeFocused();
  await page.getByRole('button', { name: 'Fit to view' }).click();
  await expect(page.locator('.tl-overview')).toBeAttached();
  await node(page, 'stem').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('.react-flow__edge:focus')).toHaveAttribute(
    'aria-label',
    /^Wire from Linear y to/,
  );
  await page.keyboard.press('Shift+Tab');
  await expect(node(page, 'stem')).toBeFocused();

  await expect(page.locator('.tl-far-card.tl-far-bad')).toHaveCount(0);
  await field(page, 'Units').fill('65');
  await expect(page.locator('.tl-far-card.tl-far-bad').first()).toBeAttached();
  await field(page, 'Units').fill('64');
  await expect(page.locator('.tl-far-card.tl-far-bad')).toHaveCount(0);
});

test('many are chosen with a frame', async ({ page }) => {
  await open(page, stack);
  const [start, end] = [await place(page, 'up104', -60, -60), await place(page, 'up104', 310, 230)];
  await page.keyboard.down('Shift');
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  // Two rows of two.
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(4);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true });

  test('a tap chooses a card', async ({ page }) => {
    await open(page, stack);
    const { x, y } = await place(page, 'down84');
    await page.touchscreen.tap(x, y);
    await expect(node(page, 'down84')).toHaveClass(/selected/);
  });
});

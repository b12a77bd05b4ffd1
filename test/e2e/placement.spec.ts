/** Where new cards land: under the pointer, on the wire that lights up, and never on other cards. */
import type { Locator, Page } from '@playwright/test';
import {
  card,
  dragFromPalette,
  drawWire,
  expect,
  openEmpty,
  openTemplate,
  port,
  restingBox,
  tab,
  test,
} from './fixture.ts';

const cards = (page: Page) => page.locator('.react-flow__node');

/** Pairs of cards that lie on one another, by their titles. */
const overlaps = (page: Page): Promise<string[]> =>
  cards(page).evaluateAll((all) => {
    const boxes = all.map((element) => ({
      title: element.querySelector('.tl-card-name')?.textContent ?? '',
      box: element.getBoundingClientRect(),
    }));
    return boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) =>
            a.box.left < b.box.right &&
            b.box.left < a.box.right &&
            a.box.top < b.box.bottom &&
            b.box.top < a.box.bottom,
        )
        .map((b) => `${a.title} on ${b.title}`),
    );
  });

/** How far a point of the screen lies from a card; 0 inside of it. */
async function distance(part: Locator, at: { readonly x: number; readonly y: number }): Promise<number> {
  const { x, y, width, height } = await restingBox(part);
  return Math.hypot(Math.max(x - at.x, 0, at.x - x - width), Math.max(y - at.y, 0, at.y - y - height));
}

/** The height on the screen at which a wire leaves a port. */
async function levelOf(port: Locator): Promise<number> {
  const { y, height } = await restingBox(port);
  return y + height / 2;
}

const chosen = (page: Page) => page.locator('.react-flow__node.selected');

async function inPane(page: Page, x: number, y: number) {
  const { x: left, y: top } = await restingBox(page.locator('.react-flow__pane'));
  return { x: left + x, y: top + y };
}

/** Takes a type out of the palette and holds it over a place of the screen. */
async function holdFromPalette(page: Page, title: string, at: { readonly x: number; readonly y: number }) {
  await page.getByRole('button', { name: `Add ${title}`, exact: true }).hover();
  await page.mouse.down();
  await page.mouse.move(at.x - 30, at.y - 10, { steps: 4 });
  await page.mouse.move(at.x, at.y, { steps: 4 });
}

test('dropped cards have the pointer on them, and lie beside what is there', async ({ page }) => {
  await openEmpty(page);
  for (const [title, x, y] of [
    ['Tensor', 200, 150],
    ['Cross-entropy', 520, 150],
    ['Convolution 2D', 200, 380],
    ['Attention', 520, 380],
    ['Adam', 760, 300],
  ] as const) {
    await dragFromPalette(page, title, x, y);
    expect(await distance(chosen(page), await inPane(page, x, y))).toBe(0);
  }
  // Where one lies already the next comes to lie right beside it.
  for (let k = 0; k < 4; k++) {
    await dragFromPalette(page, 'Linear', 360, 265);
    expect(await distance(chosen(page), await inPane(page, 360, 265))).toBeLessThan(k === 0 ? 60 : 260);
  }
  expect(await overlaps(page)).toEqual([]);
});

test('added by the keyboard again and again, cards do not cover one another', async ({ page }) => {
  await openEmpty(page);
  for (const title of ['Tensor', 'Attention', 'Linear', 'Softmax', 'Concatenate', 'Data set']) {
    await page.keyboard.press('Shift+A');
    await page.keyboard.type(title);
    await page.keyboard.press('Enter');
    await expect(page.locator('.react-flow__node:focus')).toContainText(title === 'Tensor' ? 'A' : title);
  }
  await page.keyboard.press('f');
  await expect(cards(page)).toHaveCount(6);
  await restingBox(cards(page).last());
  expect(await overlaps(page)).toEqual([]);
});

test('the wire that takes what is held over it lights up and says so; the card lands there', async ({
  page,
}) => {
  await openTemplate(page, 'iris-mlp');
  const [from, to] = [await restingBox(card(page, 'Data set')), await restingBox(card(page, 'Activation'))];
  const linear = await restingBox(card(page, 'Linear').first());
  const level = await levelOf(port(card(page, 'Linear').first(), 'output', 'y'));
  const wires = page.locator('.tl-wire-takes');
  const at = { x: (linear.x + linear.width + to.x) / 2, y: from.y + from.height * 0.55 };
  await holdFromPalette(page, 'Dropout', { x: at.x, y: level });
  await expect(wires).toHaveCount(1);
  await expect(
    page.getByRole('status').filter({ hasText: 'Goes between Linear and Activation' }),
  ).toBeVisible();

  // A data set takes nothing, and goes into no wire.
  await page.mouse.up();
  await expect(card(page, 'Dropout')).toBeVisible();
  await expect(wires).toHaveCount(0);
  expect(await distance(card(page, 'Dropout'), { x: at.x, y: level })).toBeLessThan(20);
  expect(await overlaps(page)).toEqual([]);
  await expect(page.locator('.react-flow__edge')).toHaveCount(9);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.locator('.react-flow__edge')).toHaveCount(8);

  const wire = { x: at.x, y: level };
  await holdFromPalette(page, 'Data set', wire);
  await expect(
    page.getByRole('status').filter({ hasText: 'Does not fit between Linear and Activation' }),
  ).toBeVisible();
  await expect(wires).toHaveCount(0);
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge')).toHaveCount(8);
  expect(await overlaps(page)).toEqual([]);
});

test('an unwired card that is moved onto a wire goes in between, and the rest makes room', async ({
  page,
}) => {
  await openTemplate(page, 'iris-mlp');
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await restingBox(card(page, 'Adam'));
  await dragFromPalette(page, 'Dropout', 780, 660);
  const [own, linear, next] = [
    await restingBox(card(page, 'Dropout')),
    await restingBox(card(page, 'Linear').first()),
    await restingBox(card(page, 'Activation')),
  ];
  const level = await levelOf(port(card(page, 'Linear').first(), 'output', 'y'));
  await page.mouse.move(own.x + 30, own.y + 14);
  await page.mouse.down();
  const wire = { x: (linear.x + linear.width + next.x) / 2, y: level };
  // The card's middle decides; the first step of a drag only begins it.
  await page.mouse.move(own.x + 31, own.y + 16);
  await page.mouse.move(wire.x - own.width / 2 + 30, wire.y - own.height / 2 + 14, { steps: 60 });
  await expect(page.locator('.tl-wire-takes')).toHaveCount(1);
  await page.mouse.up();
  await expect(page.locator('.react-flow__edge')).toHaveCount(9);
  expect(await overlaps(page)).toEqual([]);
});

test('what a cure inserts covers nothing', async ({ page }) => {
  await openTemplate(page, 'digits-cnn');
  // The images lose their rows and columns: a convolution is offered to have them rearranged.
  await card(page, 'Rearrange').click();
  await page.keyboard.press('Delete');
  await expect(card(page, 'Rearrange')).toHaveCount(0);
  await drawWire(
    page,
    port(card(page, 'Data set'), 'output', 'x'),
    port(card(page, 'Convolution 2D').first(), 'input', 'x'),
  );
  await tab(page, /Problems/).click();
  await page.getByRole('button', { name: /rows/i }).or(page.locator('.problem-fixes button')).first().click();
  await expect(card(page, 'Rearrange')).toBeVisible();
  await restingBox(card(page, 'Rearrange'));
  expect(await overlaps(page)).toEqual([]);
});

test('a block that stands for nodes of two rows lies where its wires run on, and covers nothing', async ({
  page,
}) => {
  await openTemplate(page, 'two-moons-mlp');
  const member = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const feeder = await restingBox(member('hidden1'));
  // The last of one row and the first of the next.
  await member('tanh1').click();
  await member('hidden2').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  const block = page.locator('.react-flow__node').filter({ hasText: /Block/ });
  await expect(block).toBeVisible();
  const box = await restingBox(block);
  // To the right of what feeds it, in its row.
  expect(box.x).toBeGreaterThan(feeder.x + feeder.width);
  expect(Math.abs(box.y - feeder.y)).toBeLessThan(30);
  expect(await overlaps(page)).toEqual([]);
});

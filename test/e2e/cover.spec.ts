/** Nothing covers a card, and no words are cut: after Fit, on narrow screens, in both languages. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { installEverything } from '../../src/catalogue/everything.ts';
import { catalogue } from '../../src/catalogue/index.ts';
import { card, dropFile, expect, openEmpty, openTemplate, restingBox, tab, test } from './fixture.ts';

const templates = ['quadratic-bowl', 'digits-cnn', 'digits-attention'] as const;

/** What lies over cards though the whole graph is in view, by titles. */
const covered = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const covers = [...document.querySelectorAll('[data-covers], .tl-minimap')].map((cover) => ({
      name: cover.className,
      box: cover.getBoundingClientRect(),
    }));
    return [...document.querySelectorAll('.react-flow__node')].flatMap((element) => {
      const box = element.getBoundingClientRect();
      return covers
        .filter(
          ({ box: c }) =>
            c.left < box.right && box.left < c.right && c.top < box.bottom && box.top < c.bottom,
        )
        .map(({ name }) => `${name} over ${element.textContent}`);
    });
  });

async function fitted(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fit', exact: false }).first().click();
  await restingBox(page.locator('.react-flow__node').last());
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
] as const;

/** Looks at the same page at each size. */
async function atEachSize(page: Page, look: () => Promise<void>): Promise<void> {
  for (const size of sizes)
    await test.step(`at ${size.width} × ${size.height}`, async () => {
      await page.setViewportSize(size);
      await look();
    });
}

for (const template of templates)
  test(`${template}: buttons and notes leave every card free, with the panel open too`, async ({ page }) => {
    await page.setViewportSize(sizes[1]);
    await openTemplate(page, template);
    await restingBox(page.locator('.react-flow__node').last());
    expect(await covered(page)).toEqual([]);
    await atEachSize(page, async () => {
      for (const panel of ['Values', 'Run', 'Plan']) {
        await tab(page, panel).click();
        await fitted(page);
        expect(await covered(page)).toEqual([]);
      }
    });
  });

test('inside a block the way back covers nothing', async ({ page }) => {
  await page.setViewportSize(sizes[0]);
  await openTemplate(page, 'digits-attention');
  await card(page, 'Attention').dblclick();
  await restingBox(page.locator('.react-flow__node[data-id="query"]'));
  expect(await covered(page)).toEqual([]);
  // All of it, with words and threads.
  await expect(page.locator('.tl-canvas-far')).toHaveCount(0);
  await page.setViewportSize(sizes[1]);
  await fitted(page);
  expect(await covered(page)).toEqual([]);
});

test('the tree of a contraction is in sight, and the numbers beside it lie on none of it', async ({
  page,
}) => {
  await openTemplate(page, 'quadratic-bowl');
  await card(page, 'xᵀ A x')
    .or(page.locator('.react-flow__node', { hasText: '⊗' }))
    .first()
    .click();
  await tab(page, 'Plan').click();
  await atEachSize(page, async () => {
    const tree = page.getByRole('tree');
    await expect(tree).toBeInViewport({ ratio: 0.95 });
    const heat = page.locator('.plan-made');
    await expect(heat).toBeVisible();
    const picture = await restingBox(heat);
    const drawing = await restingBox(tree);
    const apart =
      picture.x >= drawing.x + drawing.width ||
      picture.x + picture.width <= drawing.x ||
      picture.y >= drawing.y + drawing.height ||
      picture.y + picture.height <= drawing.y;
    expect(apart).toBe(true);
  });
});

test('charts have room for their scales, and the two ways to train on stand in one line', async ({
  page,
}) => {
  await openTemplate(page, 'iris-mlp');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 60_000 });
  await atEachSize(page, async () => {
    for (const plot of await page.locator('.plot').all())
      expect((await restingBox(plot)).width).toBeGreaterThan(200);
    const [goOn, again] = [
      await restingBox(page.getByRole('button', { name: 'Continue' })),
      await restingBox(page.getByRole('button', { name: 'Run again' })),
    ];
    expect(again.y).toBe(goOn.y);
    const figure = page.locator('.figures output').first();
    const [row, panel] = [await restingBox(figure), await restingBox(page.locator('.run-control'))];
    expect(row.x + row.width).toBeLessThanOrEqual(panel.x + panel.width);
  });
});

/** Titles that end in dots, and numbers that lie on the name of a port. */
const cut = (page: Page): Promise<string[]> =>
  page.locator('.react-flow__node').evaluateAll((nodes) =>
    nodes.flatMap((node) => {
      const name = node.querySelector<HTMLElement>('.tl-card-name');
      const number = node.querySelector('.tl-number')?.getBoundingClientRect();
      const told = name && name.scrollWidth > name.clientWidth ? [`${name.textContent}…`] : [];
      const labels = [...node.querySelectorAll('.tl-port-name')].filter((label) => {
        const box = label.getBoundingClientRect();
        return (
          number &&
          number.left < box.right &&
          box.left < number.right &&
          number.top < box.bottom &&
          box.top < number.bottom
        );
      });
      return [...told, ...labels.map((label) => `number on ${label.textContent}`)];
    }),
  );

installEverything();
/** So many cards are near enough to be read. */
const atOnce = 20;

for (const locale of ['en-US', 'zh-CN'])
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test('the title of every type has room beside the sign of a problem', async ({ page }) => {
      await openEmpty(page);
      const types = catalogue.map(({ type }) => type);
      for (let from = 0; from < types.length; from += atOnce) {
        const some = types.slice(from, from + atOnce);
        const layout = some.map((type, k) => [type, { x: 280 * (k % 5), y: 260 * Math.floor(k / 5) }]);
        const nodes = some.map((type) => [type, { type, params: {} }]);
        const graph = {
          ...{ format: 'tensorloom', version: 3, name: `types from ${from}`, dims: { B: 4 }, blocks: {} },
          ...{ nodes: Object.fromEntries(nodes), edges: {}, layout: { nodes: Object.fromEntries(layout) } },
        };
        await dropFile(page, 'types.graph.json', JSON.stringify(graph));
        await expect(page.getByLabel(/Name of the graph|图的名称/)).toHaveValue(graph.name);
        await page.locator('.tl-zoom button').last().click();
        // All in view, near enough for words and signs.
        await expect(page.locator('.tl-card-name')).toHaveCount(some.length);
        await expect(page.locator('.tl-canvas-far')).toHaveCount(0);
        expect(await cut(page)).toEqual([]);
      }
    });

    test('numbers stand beside the names of ports', async ({ page }) => {
      await openEmpty(page);
      for (const template of ['iris-mlp', 'quadratic-bowl', 'digits-transformer']) {
        const text = readFileSync(`templates/${template}.graph.json`, 'utf8');
        await dropFile(page, `${template}.graph.json`, text);
        const first = Object.keys(JSON.parse(text).nodes)[0];
        await expect(page.locator(`.react-flow__node[data-id="${first}"]`)).toBeVisible();
        await expect(page.locator('.tl-number').first()).toBeVisible();
        expect(await cut(page)).toEqual([]);
      }
    });
  });

/** The lessons that are done on the canvas, by keyboard alone: no test here touches the mouse. */
import type { Page } from '@playwright/test';
import { expect, opened, test } from './fixture.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Lesson' });
const diagram = (page: Page) => page.getByRole('region', { name: 'Tensor network' });

const wires = (page: Page) => page.locator('.react-flow__edge');

async function openLesson(page: Page, name: string, step: string): Promise<void> {
  await page.goto(`./#lesson=${name}&step=${step}`);
  await expect(panel(page).locator('.lesson-count')).toHaveText(/^1 /);
  await opened(page);
}

/** What has the focus, as it is called. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    const called = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent;
    return (called ?? element?.textContent ?? '').trim();
  });

const isWithin = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((selector) => document.activeElement?.closest(selector) != null, selector);

/** F6 until the focus is in this part of the page. */
async function goToPart(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 8; presses++) {
    if (await isWithin(page, selector)) return;
    await page.keyboard.press('F6');
  }
  throw new Error(`F6 never reached ${selector}`);
}

/** Tab, then back, within a part of the page until what is called this has the focus. */
async function tabTo(page: Page, name: string, part = '.lesson'): Promise<void> {
  await goToPart(page, part);
  for (const keys of ['Tab', 'Shift+Tab'])
    for (let presses = 0; presses < 60 && (await isWithin(page, part)); presses++) {
      if ((await focused(page)).startsWith(name)) return;
      await page.keyboard.press(keys);
      if (!(await isWithin(page, part))) break;
    }
  throw new Error(`Tab never reached ${name}; the focus is on ${await focused(page)}`);
}

/** To the next step, which has this number. */
async function toStep(page: Page, number: number): Promise<void> {
  await page.keyboard.press('PageDown');
  await expect(panel(page).locator('.lesson-count')).toHaveText(new RegExp(`^${number} `));
}

const done = (page: Page) =>
  expect(panel(page).locator('.lesson-steps [aria-current][data-done]')).toHaveCount(1);

/** Of choices one is taken with the arrows; Enter says that it is meant. */
async function choose(page: Page, first: string, downwards: number): Promise<void> {
  await tabTo(page, first);
  if (downwards === 0) await page.keyboard.press('Space');
  for (let k = 0; k < downwards; k++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

async function guess(page: Page, written: string): Promise<void> {
  await tabTo(page, 'Your guess');
  await page.keyboard.type(written);
  await page.keyboard.press('Enter');
}

/** Writes over what stands in a field beside the task. */
async function write(page: Page, field: string, text: string, part?: string): Promise<void> {
  await tabTo(page, field, part);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** From the card that has the focus into its form. */
async function openForm(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await expect.poll(() => isWithin(page, '.inspector'), { intervals: [50] }).toBe(true);
}

/** By name onto a card, which has the focus then. */
async function find(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(page.locator('.react-flow__node:focus')).toContainText(name);
}

test('lesson 1: a diagram is played, a size is set, a tensor gets one more axis', async ({ page }) => {
  await openLesson(page, 'tensors', 'number');
  await toStep(page, 2);
  await toStep(page, 3);
  await expect(diagram(page)).toBeVisible();
  await tabTo(page, 'Steps of the contraction', '.diagram-pane');
  await page.keyboard.press('End');
  await expect(diagram(page).locator('.diagram-vertex')).toHaveCount(1);
  await choose(page, 'to (', 0);
  await done(page);
  await toStep(page, 4);
  await expect(diagram(page)).toHaveCount(0);
  await guess(page, '12');
  await done(page);
  await toStep(page, 5);
  await write(page, 'K', '5');
  await done(page);
  await toStep(page, 6);
  await choose(page, 'two', 1);
  await done(page);
  await toStep(page, 7);
  await tabTo(page, 'a stack');
  await page.keyboard.press('Enter');
  await goToPart(page, '.stage');
  await openForm(page);
  await write(page, 'Axes', 'k K, i 2, j 2, t 3', '.inspector');
  await done(page);
  await tabTo(page, 'Finish');
});

test('lesson 2: a wire is cut, an equation rewritten and taken back', async ({ page }) => {
  await openLesson(page, 'delta-trace', 'glue');
  await toStep(page, 2);
  await choose(page, 'one number', 0);
  await toStep(page, 3);
  await choose(page, 'four', 2);
  await toStep(page, 4);
  await write(page, 'Expression', 'ij,kl,jk,li->i');
  await done(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await toStep(page, 5);
  await guess(page, '12');
  await done(page);
  await toStep(page, 6);
  await tabTo(page, 'δ_li →');
  await page.keyboard.press('Enter');
  await goToPart(page, '.stage');
  await expect(wires(page)).toHaveCount(14);
  await page.keyboard.press('Delete');
  await expect(wires(page)).toHaveCount(13);
  await write(page, 'Expression', 'ij,kl,jk->il');
  await done(page);
});

test('lesson 3: a number is turned up, two nodes are added, wired and set', async ({ page }) => {
  await openLesson(page, 'matmul', 'shared');
  await toStep(page, 2);
  await guess(page, '4');
  await toStep(page, 3);
  await guess(page, '24');
  await toStep(page, 4);
  await tabTo(page, 'j');
  await page.keyboard.press('ArrowUp');
  await done(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await toStep(page, 5);
  await choose(page, 'one', 1);
  await done(page);
  await toStep(page, 6);
  await goToPart(page, '.stage');
  for (const [name, label, field, text] of [
    ['Tensor', 'x', 'Axes', 'j 4'],
    ['Contract', 'y', 'Expression', 'ij,j->i'],
  ] as const) {
    await page.keyboard.press('Shift+A');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await expect(page.locator('.react-flow__node:focus')).toBeVisible();
    await openForm(page);
    await write(page, 'Label', label, '.inspector');
    await write(page, field, text, '.inspector');
    await page.keyboard.press('Escape');
    await expect(page.locator('.react-flow__node:focus')).toContainText(label);
  }
  for (const [from, to] of [
    ['A', 'y · a'],
    ['x', 'y · b'],
  ] as const) {
    await find(page, from);
    await page.keyboard.press('c');
    await page.keyboard.type(to);
    await page.keyboard.press('Enter');
  }
  await done(page);
});

test('lesson 5: a number is turned until a check is met, a wire is plugged elsewhere', async ({ page }) => {
  await openLesson(page, 'orthonormal', 'stretch');
  await toStep(page, 2);
  await choose(page, 'some percent', 2);
  await toStep(page, 3);
  await write(page, 'Iterations', '2');
  await done(page);
  await toStep(page, 4);
  await tabTo(page, 'Iterations');
  for (let iterations = 3; iterations <= 20; iterations++) await page.keyboard.press('ArrowUp');
  await done(page);
  await toStep(page, 5);
  await choose(page, 'nothing but rounding', 0);
  await toStep(page, 6);
  await tabTo(page, 'Q Q');
  await page.keyboard.press('Enter');
  await goToPart(page, '.stage');
  await page.keyboard.press('c');
  await page.keyboard.type('= I · q');
  await page.keyboard.press('Enter');
  await done(page);
});

test('Tab goes through bar, lesson, canvas, details and panel in this order, and is never lost', async ({
  page,
}) => {
  await openLesson(page, 'matmul', 'shared');
  await toStep(page, 2);
  const seen: string[] = [];
  /** The part that has the focus, with what is wrong with it. */
  const stop = () =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return 'nowhere';
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const isSeen = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
      const part = ['bar', 'lesson', 'stage', 'inspector', 'dock'].find((p) =>
        element.closest(p === 'bar' ? '.top-bar' : `.${p}`),
      );
      return isSeen ? (part ?? element.outerHTML) : `unseen: ${element.outerHTML}`;
    });
  for (let presses = 0; presses < 150 && seen.at(-1) !== 'nowhere'; presses++) {
    await page.keyboard.press('Tab');
    const part = await stop();
    if (part !== seen.at(-1)) seen.push(part);
  }
  expect(seen).toEqual(['bar', 'lesson', 'stage', 'inspector', 'dock', 'nowhere']);
  seen.length = 0;
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('F6');
    seen.push(await stop());
  }
  expect(seen).toEqual(['bar', 'lesson', 'stage', 'inspector', 'dock', 'bar']);
  await page.keyboard.press('Shift+F6');
  expect(await stop()).toBe('dock');
});

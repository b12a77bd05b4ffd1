/** The lessons that are done on the canvas and in its numbers, by keyboard alone: no test here touches the mouse. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixture.ts';
import { goToPart, isWithin, openLesson, panel, tabTo, type Walk, walkLesson, write } from './lesson-keys.ts';

const diagram = (page: Page) => page.getByRole('region', { name: 'Tensor network' });

const wires = (page: Page) => page.locator('.react-flow__edge');

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

/** To a card or wire that the step speaks of, as a student goes there: by its name in the lesson. */
async function goToLook(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
  await goToPart(page, '.stage');
}

/** Wires an output of the card that has the focus to an input, by its name in the list of those that fit. */
async function wire(page: Page, to: string): Promise<void> {
  await page.keyboard.press('c');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
}

async function playDiagram(page: Page): Promise<void> {
  await expect(diagram(page)).toBeVisible();
  await tabTo(page, 'Steps of the contraction', '.diagram-pane');
  await page.keyboard.press('End');
  await expect(diagram(page).locator('.diagram-vertex')).toHaveCount(1);
  // There Page Down is the slider's.
  await goToPart(page, '.lesson');
}

async function giveAxis(page: Page): Promise<void> {
  await expect(diagram(page)).toHaveCount(0);
  await goToLook(page, 'a stack');
  await openForm(page);
  await write(page, 'Axes', 'k K, i 2, j 2, t 3', '.inspector');
}

async function cutWire(page: Page): Promise<void> {
  await goToLook(page, 'δ_li →');
  await expect(wires(page)).toHaveCount(14);
  await page.keyboard.press('Delete');
  await expect(wires(page)).toHaveCount(13);
}

async function buildProduct(page: Page): Promise<void> {
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
  await find(page, 'A');
  await wire(page, 'y · a');
  await find(page, 'x');
  await wire(page, 'y · b');
}

async function plugIntoCheck(page: Page): Promise<void> {
  await goToLook(page, 'Q Q');
  await wire(page, '= I · q');
}

/** By number of the lesson. */
const walks: Readonly<Record<string, Walk>> = {
  tensors: { onCanvas: { map: playDiagram, film: giveAxis } },
  'delta-trace': { onCanvas: { half: cutWire }, other: { expression: 'ij,kl,jk,li->i' } },
  matmul: { onCanvas: { vector: buildProduct } },
  'contraction-order': { other: { order: '(((c, d), a), b)' } },
  orthonormal: { onCanvas: { twice: plugIntoCheck } },
  'energy-bowl': {},
  'rolling-downhill': {},
  'euler-descent': {},
  'stability-boundary': {},
};
for (const [name, walk] of Object.entries(walks))
  test(`${name}, step by step`, ({ page }) => walkLesson(page, name, walk));

test('Tab goes through bar, lesson, canvas, details and panel in this order, and is never lost', async ({
  page,
}) => {
  await openLesson(page, 'matmul', 'shared');
  await page.keyboard.press('PageDown');
  await expect(panel(page).locator('.lesson-count')).toHaveText(/^2 /);
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

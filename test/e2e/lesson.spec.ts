/** A lesson as a student goes through it, by mouse and by keyboard, and as a teacher shows it. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { card, expect, openFile, saved, test } from './fixture.ts';

const bowl = JSON.parse(readFileSync('templates/quadratic-bowl.graph.json', 'utf8'));
const words = (en: string) => ({ en, zh: `中 ${en}` });

/** Three steps on the quadratic bowl, with a check that only the bottom of the bowl meets. */
const lesson = {
  title: words('Downhill'),
  idea: words('Against the slope.'),
  steps: [
    {
      id: 'look',
      kind: 'see',
      title: words('A bowl'),
      text: words('Its height is\n\n$E = \\frac{1}{2} x^T A x - b^T x$\n\nand its *slope* is `A x - b`.'),
      look: [{ node: 'energy' }, { wire: 'energy-slope-of' }],
    },
    {
      id: 'roll',
      kind: 'do',
      title: words('Let it roll'),
      text: words('Press Run.'),
      guess: {
        kind: 'choice',
        question: words('Where does $E$ end?'),
        options: [
          { text: words('above 0'), from: 0 },
          { text: words('below 0'), to: 0 },
        ],
        answer: { port: 'energy.out' },
      },
      goal: { kind: 'ran', steps: 100 },
      hint: words('A bowl has a bottom.'),
    },
    {
      id: 'again',
      kind: 'transfer',
      title: words('Slower'),
      text: words('Halve the rate.'),
      guess: { kind: 'number', question: words('How low?'), answer: { port: 'energy.out' }, within: 0.01 },
      goal: {
        kind: 'all',
        of: [{ kind: 'param', node: 'optimizer', param: 'rate', atMost: 0.1 }, { kind: 'ran' }],
      },
    },
  ],
  checks: [{ node: 'flat', name: words('The slope is 0'), reason: words('In $10^{-3}$.') }],
};
const taught = {
  ...bowl,
  lesson,
  nodes: { ...bowl.nodes, flat: { type: 'check', params: { tolerance: 1e-3 }, label: 'flat' } },
  layout: { nodes: { ...bowl.layout.nodes, flat: { x: 928, y: 380 } } },
  edges: {
    ...bowl.edges,
    flat: { from: { node: 'slope', port: 'out' }, to: { node: 'flat', port: 'measured' } },
  },
};

async function openLesson(page: Page): Promise<void> {
  await openFile(page, taught);
  await expect(title(page, 'A bowl')).toBeVisible();
}

const panel = (page: Page) => page.getByRole('complementary', { name: 'Lesson' });
const title = (page: Page, name: string) => panel(page).getByRole('heading', { name, exact: true });
const next = (page: Page) => panel(page).getByRole('button', { name: 'Next' });

test('by mouse: read, guess, run, see what was measured', async ({ page }) => {
  await openLesson(page);
  await expect(panel(page).locator('math').first()).toBeVisible();
  await expect(card(page, 'E(x)').locator('.tl-card-lit')).toBeVisible();
  await expect(page.locator('.tl-wire-lit')).toHaveCount(1);
  const check = panel(page).locator('.lesson-check');
  await expect(check).toHaveAttribute('data-state', 'notMet');
  await expect(card(page, 'flat').locator('.tl-check-not-met')).toBeVisible();

  await next(page).click();
  await expect(card(page, 'E(x)').locator('.tl-card-lit')).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'That is my guess' }).click();
  await expect(panel(page).getByRole('alert')).toHaveText('Choose one');
  await panel(page).getByLabel('above 0').check();
  await panel(page).getByRole('button', { name: 'That is my guess' }).click();
  await expect(panel(page).getByText('when you have done what is asked')).toBeVisible();

  await panel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(panel(page).getByText('Not this time: −2.389 was measured')).toBeVisible();
  await expect(panel(page).locator('.lesson-task')).toHaveAttribute('data-met', 'true');
  await expect(check).toHaveAttribute('data-state', 'met');
  await expect(card(page, 'flat').locator('.tl-check-met')).toBeVisible();

  await next(page).click();
  await panel(page).getByLabel('Your guess').fill('low');
  await panel(page).getByRole('button', { name: 'That is my guess' }).click();
  await expect(panel(page).getByRole('alert')).toBeVisible();
  await panel(page).getByLabel('Your guess').fill('−2.4');
  await panel(page).getByRole('button', { name: 'That is my guess' }).click();
  // The run that was is of another rate: it is not the one that is asked for.
  await panel(page).getByLabel('learning rate', { exact: false }).fill('0.1');
  await expect(panel(page).locator('.lesson-task[data-met]')).toHaveCount(1);
  await panel(page).getByRole('button', { name: 'Run again' }).click();
  await expect(panel(page).getByText('Close enough')).toBeVisible();
});

test('where one stands is kept with the document', async ({ page }) => {
  await openLesson(page);
  await next(page).click();
  await panel(page).getByLabel('below 0').check();
  await panel(page).getByRole('button', { name: 'That is my guess' }).click();
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(title(page, 'Let it roll')).toBeVisible();
  await expect(panel(page).getByLabel('below 0')).toBeChecked();
  await panel(page).getByRole('button', { name: 'Put the lesson away' }).click();
  await expect(panel(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add Tensor', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the lesson' }).click();
  await expect(title(page, 'Let it roll')).toBeVisible();
  await panel(page).getByRole('button', { name: 'More for this lesson' }).click();
  await panel(page).getByRole('button', { name: 'Start the lesson over' }).click();
  await expect(title(page, 'A bowl')).toBeVisible();
});

test('by keyboard alone', async ({ page }) => {
  await openLesson(page);
  const { keyboard } = page;
  await keyboard.press('PageDown');
  await expect(title(page, 'Let it roll')).toBeVisible();
  await panel(page).getByRole('radio').first().focus();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(panel(page).getByLabel('below 0')).toBeDisabled();
  await keyboard.press('Control+Enter');
  await expect(panel(page).getByText('You guessed right.')).toBeVisible();
  await keyboard.press('PageUp');
  await expect(title(page, 'A bowl')).toBeVisible();
  await keyboard.press('PageUp');
  await expect(title(page, 'A bowl')).toBeVisible();
});

test.describe('projected', () => {
  test.use({ viewport: { width: 1280, height: 720 } });
  test('a teacher goes through it with one key, in large type', async ({ page }) => {
    await openLesson(page);
    await page.keyboard.press('Control+Shift+L');
    await expect(page.getByRole('complementary', { name: 'Details' })).toBeHidden();
    const size = await panel(page).evaluate((element) =>
      Number.parseFloat(getComputedStyle(element).fontSize),
    );
    expect(size).toBeGreaterThanOrEqual(18);
    await page.keyboard.press('ArrowRight');
    await expect(title(page, 'Let it roll')).toBeVisible();
    await page.keyboard.press('PageDown');
    await expect(title(page, 'Slower')).toBeVisible();
    await page.keyboard.press('ArrowLeft');
    await expect(title(page, 'Let it roll')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('the lesson comes up as a sheet, and goes by its tab', async ({ page }) => {
    await openLesson(page);
    await next(page).tap();
    await expect(title(page, 'Let it roll')).toBeVisible();
    await page.getByRole('button', { name: 'Canvas', exact: true }).tap();
    await expect(panel(page)).toBeHidden();
    await page.getByRole('button', { name: 'Lesson', exact: true }).tap();
    await expect(title(page, 'Let it roll')).toBeVisible();
  });
});

test('a link to a lesson that is not there says so, and shows the gallery', async ({ page }) => {
  await page.goto('./#lesson=no-such&step=one');
  await expect(page.getByText('There is no lesson called “no-such”.')).toBeVisible();
  await expect(page.locator('[data-template="matmul"]')).toBeVisible();
});

test('a link opens a lesson at a step; what was done stands in the path', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#lesson=matmul&step=loops');
  const third = panel(page)
    .getByRole('navigation', { name: 'Steps of the lesson' })
    .getByRole('button')
    .nth(2);
  await expect(third).toHaveAttribute('aria-current', 'step');
  await expect(page).toHaveURL(/#doc=/);
  await panel(page).getByRole('button', { name: 'More for this lesson' }).click();
  await panel(page).getByRole('button', { name: 'Copy a link to this step' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/\/#lesson=matmul&step=loops$/);

  await panel(page)
    .getByRole('navigation', { name: 'Steps of the lesson' })
    .getByRole('button')
    .last()
    .click();
  await panel(page).getByRole('button', { name: 'Finish' }).click();
  await expect(panel(page).getByText('Lesson done')).toBeVisible();
  await panel(page).getByRole('button', { name: 'All lessons' }).click();
  const entry = page.locator('.path-item[data-template="matmul"]');
  await expect(entry).toHaveAttribute('data-state', 'done');
  await expect(page.getByText(/^1 of \d+ done$/)).toBeVisible();
  await page.getByRole('button', { name: 'Forget my progress' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await expect(entry).not.toHaveAttribute('data-state', 'done');
});

test('a lesson that was begun goes on where it was left, and can have its graph back', async ({ page }) => {
  await page.goto('./');
  const entry = page.locator('.path-item[data-template="matmul"]');
  await entry.click();
  await next(page).click();
  await page.getByLabel('Name of the graph').fill('Mine');
  await expect(saved(page)).toBeVisible();
  await page.getByRole('button', { name: 'Back to the gallery' }).click();
  await expect(entry).toHaveAttribute('data-state', 'begun');
  await entry.click();
  await expect(page.getByLabel('Name of the graph')).toHaveValue('Mine');
  await expect(panel(page).getByText('2 / ')).toBeVisible();
  await panel(page).getByRole('button', { name: 'More for this lesson' }).click();
  await panel(page).getByRole('button', { name: 'Take a fresh graph for this step' }).click();
  await expect(page.getByLabel('Name of the graph')).not.toHaveValue('Mine');
  await expect(panel(page).getByText('2 / ')).toBeVisible();
});

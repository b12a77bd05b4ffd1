/** A lesson written beside the canvas: every change is a step of the history, and bad input is told at its field. */
import type { Page } from '@playwright/test';
import { card, expect, openTemplate, test } from './fixture.ts';

const editor = (page: Page) => page.getByRole('complementary', { name: 'Edit the lesson' });
const part = (page: Page, name: string) => editor(page).getByRole('region', { name, exact: true });

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

async function writeLesson(page: Page): Promise<void> {
  await openTemplate(page, 'quadratic-bowl');
  await command(page, 'Write or edit the lesson');
  await expect(editor(page)).toBeVisible();
}

test('a step is added, written, and given what it looks at and asks for', async ({ page }) => {
  await writeLesson(page);
  await part(page, 'Steps').getByRole('button', { name: 'Add a step' }).click();
  const step = editor(page).getByRole('region', { name: 'Step 2' });
  await step.getByLabel('English').first().fill('Roll');
  await expect(step.getByText('not translated yet')).toBeVisible();
  await step.getByLabel('简体中文').first().fill('滚');
  await expect(step.getByText('not translated yet')).toHaveCount(0);
  await step.getByLabel('English').nth(1).fill('Down to $x^*$.');
  await step.getByText('Preview').click();
  await expect(step.locator('math')).toBeVisible();

  await card(page, 'E(x)').click();
  await part(page, 'What to look at').getByRole('button', { name: 'Add what is selected' }).click();
  await expect(card(page, 'E(x)').locator('.tl-card-lit')).toBeVisible();
  await part(page, 'What to do').getByLabel('Kind').selectOption('ran');
  await part(page, 'What to do').getByLabel('Steps').fill('some');
  await expect(part(page, 'What to do').getByText('Write a number, or leave it empty')).toBeVisible();
  await part(page, 'What to do').getByLabel('Steps').fill('100');

  await editor(page).getByRole('button', { name: 'Done' }).click();
  const lesson = page.getByRole('complementary', { name: 'Lesson', exact: true });
  await expect(lesson.getByRole('heading', { name: 'Roll' })).toBeVisible();
  await lesson.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lesson.locator('.lesson-task[data-met]')).toBeVisible();
});

test('changes are undone one by one', async ({ page }) => {
  await writeLesson(page);
  const steps = part(page, 'Steps').getByRole('listitem');
  await part(page, 'Steps').getByRole('button', { name: 'Add a step' }).click();
  await editor(page).getByRole('region', { name: 'Step 2' }).getByLabel('English').first().fill('Roll');
  await part(page, 'Steps').getByRole('button', { name: 'Move up: Roll' }).click();
  await expect(steps.first()).toContainText('Roll');
  // Not from within a field, whose own undo it would be.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(steps.first()).toContainText('The gradient is a tensor too');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(steps.nth(1)).not.toContainText('Roll');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(steps).toHaveCount(1);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(steps).toHaveCount(2);
});

test('what cannot stand in a field is told there and applied nowhere', async ({ page }) => {
  await writeLesson(page);
  await part(page, 'Steps').getByRole('button', { name: 'Add a step' }).click();
  const name = editor(page).getByRole('region', { name: 'Step 2' }).getByLabel('Name in links');
  await name.fill('about');
  await expect(editor(page).getByText('two steps have one id')).toBeVisible();
  await name.fill('Not this!');
  await expect(editor(page).getByText('does not match the pattern')).toBeVisible();
  await name.fill('roll');
  await editor(page).getByRole('button', { name: 'JSON' }).click();
  const json = editor(page).getByLabel('The lesson as JSON');
  const written = JSON.parse(await json.inputValue());
  expect(written.steps.map(({ id }: { readonly id: string }) => id)).toEqual(['about', 'roll']);
  await json.fill('{ "title": 3 }');
  await expect(editor(page).getByText('title: expected object, found 3')).toBeVisible();
  written.steps[1].look = [{ node: 'nowhere' }];
  await json.fill(JSON.stringify(written));
  await editor(page).getByRole('button', { name: 'Form' }).click();
  await part(page, 'Steps').getByRole('button', { name: /^2\./ }).click();
  await expect(part(page, 'What to look at').getByRole('alert')).toContainText('There is no node “nowhere”');
});

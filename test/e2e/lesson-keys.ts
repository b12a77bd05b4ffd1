/** Lessons by keyboard alone: how a student without a mouse goes through one. Nothing here touches the mouse. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Goal, Lesson, LessonStep } from '../../graph-schema/lesson.ts';
import { expect, opened } from './fixture.ts';

export const panel = (page: Page) => page.getByRole('complementary', { name: 'Lesson' });

export async function openLesson(page: Page, name: string, step: string): Promise<void> {
  await page.goto(`./#lesson=${name}&step=${step}`);
  await expect(panel(page).locator('.lesson-count')).toHaveText(/^1 /);
  await opened(page);
}

interface Focus {
  /** What has the focus, as it is called. */
  readonly name: string;
  readonly isWithin: boolean;
  /** Whether it is one of the choices of a guess. */
  readonly isChoice: boolean;
  /** Which of the tasks of the step it stands in, from 0. */
  readonly task: number;
}

const focus = (page: Page, part: string): Promise<Focus> =>
  page.evaluate((part) => {
    const element = document.activeElement as HTMLInputElement | null;
    const called = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent;
    const tasks = [...document.querySelectorAll('.lesson-goal .lesson-task')];
    return {
      name: (called ?? element?.textContent ?? '').trim(),
      isWithin: element?.closest(part) != null,
      isChoice: element?.closest('.lesson-options') != null,
      task: tasks.findIndex((task) => task.contains(element)),
    };
  }, part);

export const isWithin = async (page: Page, part: string): Promise<boolean> =>
  (await focus(page, part)).isWithin;

/** F6 until the focus is in this part of the page. */
export async function goToPart(page: Page, part: string): Promise<void> {
  for (let presses = 0; presses < 8; presses++) {
    if (await isWithin(page, part)) return;
    await page.keyboard.press('F6');
  }
  throw new Error(`F6 never reached ${part}`);
}

/** Tab, then back, within a part of the page until this has the focus. */
async function tabUntil(
  page: Page,
  part: string,
  is: (focus: Focus) => boolean,
  what: string,
): Promise<void> {
  await goToPart(page, part);
  let at = await focus(page, part);
  for (const keys of ['Tab', 'Shift+Tab'])
    for (let presses = 0; presses < 60; presses++) {
      if (at.isWithin && is(at)) return;
      await page.keyboard.press(keys);
      at = await focus(page, part);
      if (!at.isWithin) break;
    }
  throw new Error(`Tab never reached ${what}; the focus is on ${at.name}`);
}

export const tabTo = (page: Page, name: string, part = '.lesson'): Promise<void> =>
  tabUntil(page, part, (at) => at.name.startsWith(name), name);

/** Writes over what stands in the field that has the focus. */
async function overwrite(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

export async function write(page: Page, field: string, text: string, part = '.lesson'): Promise<void> {
  await tabTo(page, field, part);
  await overwrite(page, text);
}

/** To the next step, which has this number. */
async function toStep(page: Page, number: number): Promise<void> {
  await page.keyboard.press('PageDown');
  await expect(panel(page).locator('.lesson-count')).toHaveText(new RegExp(`^${number} `));
}

/** Of choices the last is taken with the arrows; Enter says that it is meant. */
async function guess(page: Page, { guess }: LessonStep): Promise<void> {
  if (!guess) return;
  if (guess.kind === 'choice') {
    await tabUntil(page, '.lesson', (at) => at.isChoice, 'the choices');
    for (let k = 1; k < guess.options.length; k++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // Below it there may be one of an earlier step.
    const box = panel(page).locator('.lesson-guess').first();
    await expect(box.locator('input:disabled:checked')).toHaveCount(1);
  } else {
    await write(page, 'Your guess', '12');
    await expect(panel(page).locator('.lesson-verdict')).toHaveCount(1);
  }
}

const leavesOf = (goal: Goal): readonly Goal[] => ('of' in goal ? goal.of.flatMap(leavesOf) : [goal]);

/** A value that a goal about a parameter or a size is content with. */
function wanted({ equals, not, atLeast, atMost }: Goal & { readonly kind: 'param' | 'dim' }): unknown {
  return equals ?? atLeast ?? atMost ?? (typeof not === 'number' ? not + 1 : undefined);
}

/** Sets the field beside a task: a switch, a choice, or what is typed. */
async function set(page: Page, task: number, value: unknown): Promise<void> {
  await tabUntil(page, '.lesson', (at) => at.task === task, `the field of task ${task + 1}`);
  const field = page.locator(':focus');
  const kind = await field.evaluate((element) => (element as HTMLInputElement).type);
  if (kind === 'checkbox') {
    if ((await field.isChecked()) !== value) await page.keyboard.press('Space');
  } else if (kind === 'select-one') {
    await page.keyboard.type(await field.locator(`option[value="${value}"]`).innerText());
    await expect(field).toHaveValue(String(value));
  } else await overwrite(page, String(value));
}

const isDone = (page: Page) => panel(page).locator('.lesson-steps [aria-current][data-done]');

export interface Walk {
  /** What is done on the canvas, by step. */
  readonly onCanvas?: Readonly<Record<string, (page: Page) => Promise<void>>>;
  /** What is written where a goal says only what it must not be, by parameter. */
  readonly other?: Readonly<Record<string, string>>;
  /** Runs of so many steps and more are begun and stopped by keys, and not waited for. */
  readonly longRun?: number;
}

/** Does what a step asks for, beside the guess, and sees that it is done. */
async function act(
  page: Page,
  step: LessonStep,
  { onCanvas, other, longRun = Number.POSITIVE_INFINITY }: Walk,
): Promise<void> {
  const goals = step.goal ? leavesOf(step.goal) : [];
  for (const [task, goal] of goals.entries()) {
    if (goal.kind === 'dim') await set(page, task, wanted(goal));
    if (goal.kind === 'param') await set(page, task, wanted(goal) ?? other?.[goal.param]);
  }
  await onCanvas?.[step.id]?.(page);
  const run = goals.find((goal) => goal.kind === 'ran');
  if (run) await page.keyboard.press('Control+Enter');
  if ((run?.steps ?? 0) < longRun) {
    if (step.goal || step.guess) await expect(isDone(page)).toHaveCount(1);
    return;
  }
  // A quick machine may be through before it can be stopped.
  await expect(panel(page).getByRole('button', { name: /^(Stop|Run again)/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+Enter');
  await expect(panel(page).getByRole('button', { name: 'Run again' })).toBeVisible();
}

/** Goes through all steps of a lesson, and finishes it. */
export async function walkLesson(page: Page, name: string, walk: Walk = {}): Promise<void> {
  const { lesson } = JSON.parse(readFileSync(`templates/${name}.graph.json`, 'utf8')) as { lesson: Lesson };
  await openLesson(page, name, lesson.steps[0]?.id ?? '');
  for (const [index, step] of lesson.steps.entries()) {
    if (index > 0) await toStep(page, index + 1);
    await guess(page, step);
    await act(page, step, walk);
  }
  await tabTo(page, 'Finish');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByText('Lesson done')).toBeVisible();
}

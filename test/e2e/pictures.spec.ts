/** Pictures and their one clock: drawn on cards and in the dock, played, scrubbed, said in words. */
import type { Page } from '@playwright/test';
import { serialize } from '../../graph-schema/parse.ts';
import { picturesDocument } from '../support/picture-document.ts';
import { card, expect, openFile, openTemplate, tab, test } from './fixture.ts';

async function openPictures(page: Page): Promise<void> {
  await openFile(page, Buffer.from(serialize(picturesDocument(61))));
  await expect(card(page, 'portrait')).toBeVisible();
}

const dock = (page: Page) => page.getByRole('tabpanel');
const figure = (page: Page, title: string) =>
  dock(page)
    .locator('.pictures-item')
    .filter({ has: page.locator('figcaption', { hasText: new RegExp(`^${title}`) }) });
/** A lesson has the same clock beside it. */
const clock = (page: Page) => dock(page).getByRole('group', { name: 'Clock of the pictures' });
const slider = (page: Page) => clock(page).getByRole('slider', { name: 'Time' });

/** How many of the pixels that move are painted. */
const painted = (page: Page, title: string): Promise<number> =>
  figure(page, title)
    .locator('canvas')
    .nth(1)
    .evaluate((canvas: HTMLCanvasElement) => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      context?.drawImage(canvas, 0, 0);
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] as number[] };
      return [...data].filter((alpha, i) => i % 4 === 3 && alpha > 0).length;
    });

test.describe('where motion is not wanted', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('every kind of picture is drawn on its card and in the dock, and says what it shows', async ({
    page,
  }) => {
    await openPictures(page);
    for (const kind of [
      'portrait',
      'drift',
      'map',
      'surface',
      'orbits',
      'spread',
      'stability',
      'spectrum',
      'entries',
    ])
      await expect(card(page, kind).locator('.picture canvas').first()).toBeAttached();
    await tab(page, 'Pictures').click();
    await expect(dock(page).locator('.picture-large')).toHaveCount(9);
    await expect(dock(page).locator('.picture-missing')).toHaveCount(0);
    const said = async (title: string) =>
      (await figure(page, title).locator('.picture-spoken').textContent()) ?? '';
    expect(await said('drift')).toContain('energy rises from 0.5 to 2.2');
    expect(await said('drift')).toContain('exact energy is the level 0.5.');
    expect(await said('portrait')).toContain('exact comes back to where it began, (1, 0).');
    expect(await said('map')).toContain('2 valleys');
    expect(await said('stability')).toContain('1 of 4 directions grow: the largest factor is 1.1.');
    expect(await said('entries')).toContain('It is symmetric.');
    await page.getByLabel('Language').selectOption('zh');
    expect(await said('entries')).toContain('它是对称的。');
  });

  test('the clock stands at the end, and is scrubbed by keys, steps and pointer', async ({ page }) => {
    await openPictures(page);
    await tab(page, 'Pictures').click();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', 't 60 of 60');
    await slider(page).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(slider(page)).toHaveAttribute('aria-valuetext', 't 59 of 60');
    const whole = await painted(page, 'drift');
    await clock(page).getByRole('button', { name: 'One step back' }).click();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', 't 58 of 60');
    const stage = figure(page, 'portrait').locator('.picture-stage');
    await stage.focus();
    await page.keyboard.press('Home');
    await expect(slider(page)).toHaveAttribute('aria-valuetext', 't 0 of 60');
    expect(await painted(page, 'drift')).toBeLessThan(whole / 2);
    await page.keyboard.press('ArrowRight');
    await expect(slider(page)).toHaveAttribute('aria-valuetext', 't 1 of 60');
    const box = await slider(page).boundingBox();
    if (!box) throw new Error('the slider is not on the screen');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect(slider(page)).toHaveAttribute('aria-valuetext', /^t (29|30|31) of 60$/);
  });
});

test('pictures that move are played once, then when they are asked to', async ({ page }) => {
  await openPictures(page);
  await tab(page, 'Pictures').click();
  const play = clock(page).getByRole('button', { name: 'Play' });
  await expect(play).toBeVisible();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 't 60 of 60');
  await clock(page).getByLabel('Speed').selectOption('0.25');
  await figure(page, 'portrait').locator('.picture-stage').focus();
  await page.keyboard.press('Space');
  await expect(clock(page).getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^t [2-9] of 60$/);
  await page.keyboard.press('Space');
  await expect(play).toBeVisible();
  const at = await slider(page).getAttribute('aria-valuetext');
  await page.waitForTimeout(200);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', at ?? '');
});

test('a run is recorded, and its steps are played over', async ({ page }) => {
  await openTemplate(page, 'langevin-escape');
  await tab(page, 'Pictures').click();
  // What is drawn is what a run records.
  await expect(dock(page).locator('.picture-spoken')).toContainText('ball is at');
  await page.keyboard.press('Control+Enter');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'step 2\u2009000', { timeout: 60_000 });
  await expect(tab(page, 'Pictures')).toHaveAttribute('aria-selected', 'true');
  await slider(page).focus();
  await page.keyboard.press('Home');
  const spoken = dock(page).locator('.picture-spoken');
  await dock(page).locator('.picture-stage').focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'step 0');
  await expect(spoken).toContainText('ball is at 1.4');
  await page.keyboard.press('End');
  await expect(spoken).toContainText('ball is at 0.96');
});

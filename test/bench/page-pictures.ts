/**
 * `npm run -s bench:pictures`: frames a second of the built page while its pictures play: nine of all kinds on their
 * cards and in the dock at once, 600 moments each; and one along the recorded steps of a run, with 4000 walkers. `fps` counts frames that the page has drawn; `p95Ms` is the time
 * from one to the next that 95 of 100 keep. `--seconds N`; `--json`: {"cases": [{"pictures", "fps", "p50Ms",
 * "p95Ms", "longestMs"}]}.
 */
import type { Browser, Page } from '@playwright/test';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/parse.ts';
import { picturesDocument } from '../support/picture-document.ts';
import { withBuiltPage } from './built-page.ts';

const moments = 600;

async function open(page: Page, document: GraphDocument): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open file' }).first().click(),
  ]);
  const buffer = Buffer.from(serialize(document));
  await chooser.setFiles({ name: 'pictures.graph.json', mimeType: 'application/json', buffer });
  await page.locator('.react-flow__node').first().waitFor({ state: 'attached' });
}

/** Milliseconds between frames while the clock plays. */
async function play(page: Page, seconds: number): Promise<number[]> {
  const clock = page.getByRole('tabpanel').getByRole('group', { name: 'Clock of the pictures' });
  await clock.getByLabel('Speed').selectOption('0.25');
  await clock.getByRole('button', { name: 'Play' }).click();
  return page.evaluate(
    (milliseconds) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const tick = (now: number) => {
          times.push(now);
          if (now - (times[0] as number) < milliseconds) requestAnimationFrame(tick);
          else resolve(times.slice(1).map((time, i) => time - (times[i] as number)));
        };
        requestAnimationFrame(tick);
      }),
    1000 * seconds,
  );
}

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * (times.length - 1))] ?? Number.NaN;

/** `only`: which pictures are left in; all when left out. */
async function measure(browser: Browser, url: string, only: readonly string[] | undefined, seconds: number) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(url);
  const whole = picturesDocument(moments);
  const isPicture = (id: string) => whole.nodes[id]?.type !== 'tensor';
  const isIn = (id: string) => !only || !isPicture(id) || only.includes(id);
  const nodes = Object.fromEntries(Object.entries(whole.nodes).filter(([id]) => isIn(id)));
  const edges = Object.fromEntries(Object.entries(whole.edges).filter(([, { to }]) => isIn(to.node)));
  await open(page, { ...whole, nodes, edges });
  await page.getByRole('tab', { name: 'Pictures' }).click();
  await page.locator('.picture-large canvas').first().waitFor();
  const times = await play(page, seconds);
  await page.close();
  return figures(only?.join(' ') ?? 'all nine', times);
}

async function measureRun(browser: Browser, url: string, seconds: number) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.locator('[data-template="langevin-escape"]').click();
  await page.locator('.react-flow__node').first().waitFor();
  await page.getByRole('tab', { name: 'Pictures' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tabpanel').getByText('step 2\u2009000').waitFor();
  const times = await play(page, seconds);
  await page.close();
  return figures('a run', times);
}

function figures(pictures: string, times: readonly number[]) {
  const all = times.reduce((sum, time) => sum + time, 0);
  return {
    pictures,
    fps: (1000 * times.length) / all,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    longestMs: Math.max(...times),
  };
}

const at = process.argv.indexOf('--seconds');
const seconds = at < 0 ? 5 : Number(process.argv[at + 1]);

await withBuiltPage('pictures', 4191, async (browser, url) => {
  const cases = [];
  for (const only of [['portrait', 'drift'], ['surface'], ['orbits'], undefined])
    cases.push(await measure(browser, url, only, seconds));
  cases.push(await measureRun(browser, url, seconds));
  if (process.argv.includes('--json')) console.log(JSON.stringify({ cases }));
  else {
    console.log('pictures         frames/s   p50 ms   p95 ms  longest');
    for (const { pictures, fps, p50Ms, p95Ms, longestMs } of cases)
      console.log(
        `${pictures.padEnd(16)}${[fps, p50Ms, p95Ms, longestMs].map((x) => x.toFixed(1).padStart(9)).join('')}`,
      );
  }
});

/**
 * `npm run -s bench:page`: how long the page's main thread is held by a keystroke in a graph of 1000
 * nodes, near and from far off. `key` is the task that answers it; `drawn` is the sum of all tasks, that
 * one included, until the canvas has been drawn anew, `longest` the longest of them; `script`, `layout`
 * (styles and layout) and `paint` (recording what is to be drawn) are its parts. `later` is the longest
 * task after that: values, labels, saving. `raster` is what other threads take to fill pixels. Processor
 * time, from Chromium's trace: what else runs on the machine counts for little. `--nodes N`, `--keys N`;
 * `--json`: {"cases": [{"nodes", "edit", "task", "keys", "p50Ms", "p95Ms", "maxMs"}]}.
 */
import type { Browser, Page } from '@playwright/test';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/parse.ts';
import { withBuiltPage } from './built-page.ts';
import { laidOut, residualStack } from './residual-stack.ts';

/** A complete event of a trace; times in microseconds, `tdur` of the thread's processor time. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string } };
}

/** Milliseconds. */
type Held = Readonly<Record<(typeof tasks)[number], number>>;

const tasks = ['key', 'script', 'layout', 'paint', 'drawn', 'longest', 'later', 'raster'] as const;
/** The parts of a task by the events that the trace nests in it; what none of them covers is script. */
const parts: Readonly<Record<string, 'layout' | 'paint'>> = {
  UpdateLayoutTree: 'layout',
  Layout: 'layout',
  HitTest: 'layout',
  PrePaint: 'paint',
  Paint: 'paint',
  Layerize: 'paint',
  Commit: 'paint',
};
/** Milliseconds after a key in which no timer of the page fires: by then the canvas has followed. */
const quiet = 115;
/** Milliseconds that all which follows a key has to happen in. */
const pause = 700;
const warmUp = 4;
const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

async function open(page: Page, document: GraphDocument): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open file' }).first().click(),
  ]);
  const buffer = Buffer.from(serialize(document));
  await chooser.setFiles({ name: 'stack.graph.json', mimeType: 'application/json', buffer });
  await page.locator('.react-flow__node, .tl-overview').first().waitFor({ state: 'attached' });
}

interface Case {
  readonly edit: string;
  /** The node to go to; without one, the graph's own panel. */
  readonly node?: string;
  readonly field: string;
  readonly far?: boolean;
}

/** Brings the field of a case before the user, and the focus to its end. */
async function goTo(page: Page, { node, field, far }: Case): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(node ?? 'stem');
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__node:focus').waitFor();
  if (!node) await page.keyboard.press('Escape');
  if (far) await page.getByRole('button', { name: 'Fit to view' }).click();
  await page.waitForTimeout(pause);
  const input = page.getByRole('complementary', { name: 'Details' }).getByLabel(field, { exact: true });
  await input.focus();
  await page.keyboard.press('End');
}

/** Types a digit and takes it back, in turn, under a trace. */
async function type(page: Page, keys: number): Promise<TraceEvent[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  for (let i = 0; i < keys + warmUp; i++) {
    if (i === warmUp)
      await session.send('Tracing.start', { traceConfig: { includedCategories: categories } });
    await page.keyboard.press(i % 2 ? 'Backspace' : '1');
    await page.waitForTimeout(pause);
  }
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return events;
}

const end = ({ ts, dur = 0 }: TraceEvent): number => ts + dur;
const sum = (list: readonly TraceEvent[]): number =>
  list.reduce((total, { tdur = 0 }) => total + tdur / 1000, 0);

const longest = (list: readonly TraceEvent[]): number => Math.max(0, ...list.map((task) => sum([task])));

/** What each key takes of the page's main thread, and of the threads that fill pixels. */
function heldBy(events: readonly TraceEvent[]): Held[] {
  const complete = events.filter((e) => e.ph === 'X').sort((a, b) => a.ts - b.ts || end(b) - end(a));
  const inputs = complete.filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === 'input');
  const main = complete.filter((e) => e.pid === inputs[0]?.pid && e.tid === inputs[0]?.tid);
  const all = main.filter((e) => e.name === 'ThreadControllerImpl::RunTask');
  return inputs.map((input, i) => {
    const until = inputs[i + 1]?.ts ?? Number.POSITIVE_INFINITY;
    const first = all.findLast((task) => task.ts <= input.ts) ?? input;
    const timer = main.find((e) => e.name === 'TimerFire' && e.ts > input.ts + quiet * 1000);
    const drawn = Math.min(until, timer?.ts ?? until);
    const within = (list: readonly TraceEvent[], before: number) =>
      list.filter((e) => e.ts >= first.ts && end(e) <= before);
    const own = within(all, drawn);
    const part = (of: 'layout' | 'paint') => {
      const found = within(main, drawn).filter((e) => parts[e.name] === of);
      return sum(found.filter((e, n) => !found.slice(0, n).some((outer) => end(outer) >= end(e))));
    };
    const [total, layout, paint] = [sum(own), part('layout'), part('paint')];
    const later = within(all, until).filter((task) => end(task) > drawn);
    const raster = complete.filter((e) => e.name === 'RasterTask' && e.ts > input.ts && e.ts < until);
    return {
      key: sum([first]),
      script: total - layout - paint,
      layout,
      paint,
      drawn: total,
      longest: longest(own),
      later: longest(later),
      raster: sum(raster),
    };
  });
}

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * (times.length - 1))] ?? Number.NaN;

async function measure(browser: Browser, url: string, nodes: number, keys: number) {
  const middle = `up${Math.floor(nodes / 8)}`;
  const edits: readonly Case[] = [
    { edit: 'size in the middle', node: middle, field: 'Units' },
    { edit: 'size at the source', node: 'stem', field: 'Units' },
    { edit: 'name of a card', node: middle, field: 'Label' },
    { edit: 'size of a symbol', field: 'Size of B' },
    { edit: 'size in the middle, from far off', node: middle, field: 'Units', far: true },
    { edit: 'size at the source, from far off', node: 'stem', field: 'Units', far: true },
  ];
  const cases = [];
  for (const edit of edits) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await open(page, laidOut(residualStack(nodes)));
    await goTo(page, edit);
    const held = heldBy(await type(page, keys));
    for (const task of tasks) {
      const times = held.map((h) => h[task]);
      const [p50Ms, p95Ms, maxMs] = [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1)];
      cases.push({ nodes, edit: edit.edit, task, keys: times.length, p50Ms, p95Ms, maxMs });
    }
    await page.close();
  }
  return cases;
}

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

await withBuiltPage('page', 4190, async (browser, url) => {
  const cases = await measure(browser, url, option('--nodes', 1000), option('--keys', 20));
  if (process.argv.includes('--json')) console.log(JSON.stringify({ cases }));
  else
    for (const { edit, task, keys, p50Ms, p95Ms, maxMs } of cases) {
      if (task === tasks[0]) console.log(`${edit}, ${keys} keys; ms of processor time: p50, p95, max`);
      console.log(
        `  ${task.padEnd(8)}${[p50Ms, p95Ms, maxMs].map((t) => t.toFixed(1).padStart(7)).join('')}`,
      );
    }
});

/**
 * `npm run -s bench:page`: how long the page's main thread is held by a keystroke in a size field of a
 * graph of 1000 nodes. Each key is answered in one task (`key`); the canvas follows in later ones, of
 * which the longest counts (`later`). Processor time of the thread, from Chromium's trace: what else
 * runs on the machine counts for little. `--nodes N`, `--keys N`; `--json`: {"cases": [{"nodes",
 * "edit", "task", "p50Ms", "p95Ms", "maxMs"}]}.
 */
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/parse.ts';
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

interface Held {
  readonly key: number;
  readonly later: number;
}

/** Milliseconds that all which follows a key has to happen in. */
const pause = 700;
const warmUp = 4;
const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

async function open(page: Page, document: GraphDocument): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open file' }).first().click(),
  ]);
  const buffer = Buffer.from(serialize(document));
  await chooser.setFiles({ name: 'stack.graph.json', mimeType: 'application/json', buffer });
  await page.locator('.react-flow__node, .tl-panorama').first().waitFor({ state: 'attached' });
}

/** Types a digit and takes it back, in turn, under a trace. */
async function type(page: Page, node: string, keys: number): Promise<TraceEvent[]> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(node);
  await page.keyboard.press('Enter');
  const field = page.getByRole('complementary', { name: 'Details' }).getByLabel('Units', { exact: true });
  await field.focus();
  await page.keyboard.press('End');
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

/** For each key the task that answered it and the longest one before the next key. */
function heldBy(events: readonly TraceEvent[]): Held[] {
  const inputs = events.filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === 'input');
  const thread = inputs[0];
  const tasks = events.filter(
    (e) => e.name.endsWith('RunTask') && e.ph === 'X' && e.pid === thread?.pid && e.tid === thread.tid,
  );
  const during = ({ ts, dur = 0 }: TraceEvent, at: number) => ts <= at && at <= ts + dur;
  const spent = (list: readonly TraceEvent[]) => Math.max(0, ...list.map(({ tdur = 0 }) => tdur / 1000));
  return inputs.map(({ ts }, i) => {
    const until = inputs[i + 1]?.ts ?? Number.POSITIVE_INFINITY;
    return {
      key: spent(tasks.filter((task) => during(task, ts))),
      later: spent(tasks.filter((task) => task.ts > ts && task.ts + (task.dur ?? 0) < until)),
    };
  });
}

const quantile = (times: readonly number[], q: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(q * (times.length - 1))] ?? Number.NaN;

async function measure(browser: Browser, url: string, nodes: number, keys: number) {
  const middle = `up${Math.floor(nodes / 8)}`;
  const cases = [];
  for (const [edit, node] of [
    ['size in the middle', middle],
    ['size at the source', 'stem'],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await open(page, laidOut(residualStack(nodes)));
    const held = heldBy(await type(page, node, keys));
    for (const task of ['key', 'later'] as const) {
      const times = held.map((h) => h[task]);
      const [p50Ms, p95Ms, maxMs] = [quantile(times, 0.5), quantile(times, 0.95), quantile(times, 1)];
      cases.push({ nodes, edit, task, keys: times.length, p50Ms, p95Ms, maxMs });
    }
    await page.close();
  }
  return cases;
}

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const { findBrowser } = (await import(pathToFileURL(`${process.cwd()}/scripts/browser.mjs`).href)) as {
  findBrowser(): Promise<{ env: Record<string, string> } | undefined>;
};
const found = await findBrowser();
if (!found) throw new Error('no browser could be found or installed');
const outDir = 'build/bench/page';
await build({ logLevel: 'error', build: { outDir } });
const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 4190 } });
const { CHROMIUM_PATH: executablePath } = found.env;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: flags });
try {
  const url = server.resolvedUrls?.local[0] as string;
  const cases = await measure(browser, url, option('--nodes', 1000), option('--keys', 20));
  if (process.argv.includes('--json')) console.log(JSON.stringify({ cases }));
  else
    for (const c of cases)
      console.log(
        `${c.edit}, ${c.task}: p50 ${c.p50Ms.toFixed(1)}  p95 ${c.p95Ms.toFixed(1)}  max ${c.maxMs.toFixed(1)} ms (${c.keys} keys)`,
      );
} finally {
  await browser.close();
  await server.close();
}

/**
 * `npm run -s bench:data`: how long the page's main thread is held while somebody brings a table: one of 100,000 rows with a
 * byte order mark, semicolons, decimal commas, quoted newlines and broken lines, and with `--gigabyte` one of 1 GB, too.
 * A file is chosen, looked through, put in the place of a document's data, and trained on. For each of these phases
 * `seconds` is what it takes, `taskMs` the longest task of the page's main thread (processor time, from Chromium's trace:
 * what else runs on the machine counts for little), `longTasks` how many the page itself saw that took 50 ms and more, and
 * `frameMs` the longest time between two frames (by the clock: on a busy machine it tells of the machine).
 * `--json`: {"cases": [{"file", "phase", "seconds", "taskMs", "longTasks", "frameMs"}]}.
 */
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Browser, Page } from '@playwright/test';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { serialize } from '../../graph-schema/parse.ts';
import { importTable } from '../../src/datasets/import-data.ts';
import { surveyTable } from '../../src/datasets/table/survey-table.ts';
import { withBuiltPage } from './built-page.ts';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string } };
}

interface Held {
  readonly seconds: number;
  readonly taskMs: number;
  readonly longTasks: number;
  readonly frameMs: number;
}

const TASK = 'ThreadControllerImpl::RunTask';
const header = '\ufeffday;place;u;v;w;kind\r\n';
const kinds = ['lily', 'daisy', 'rose'];

/** A row as it stands in the file; every thousandth is broken, and a few have newlines in quotes. */
function rowAt(r: number): string {
  if (r % 1000 === 777) return r % 2000 === 777 ? '"2024-01-01;never closed\r\n' : '2024-01-01;hill;1,5\r\n';
  const place = r % 50 === 3 ? `"by the\r\n""sea"""` : r % 2 ? 'hill' : 'shore';
  const [u, v, w] = [Math.sin(r), Math.cos(3 * r), (r * 7919) % 1013].map((n) =>
    String(n).slice(0, 9).replace('.', ','),
  );
  const day = `${2000 + (r % 24)}-0${1 + (r % 9)}-1${r % 10}`;
  return `${day};${place};${u};${r % 300 === 5 ? '' : v};${w};${kinds[(r * 7919) % 3]}\r\n`;
}

/** Writes 100,000 rows, and these again up to a number of bytes. */
async function writeTable(path: string, bytes = 0): Promise<string> {
  const file = createWriteStream(path);
  const rows = Buffer.from(Array.from({ length: 100_000 }, (_, r) => rowAt(r)).join(''));
  file.write(header);
  for (let written = 0; written <= bytes; written += rows.length)
    if (!file.write(rows)) await once(file, 'drain');
  file.end();
  await finished(file);
  return path;
}

/** A graph that learns the kind from such a table, whose file nobody has. */
async function graph(): Promise<GraphDocument> {
  const small = [new TextEncoder().encode(header + Array.from({ length: 60 }, (_, r) => rowAt(r)).join(''))];
  const table = await surveyTable(() => small);
  if ('fault' in table) throw new Error(table.fault.en);
  const made = await importTable(() => small, table, {}, 'small.csv');
  if ('fault' in made) throw new Error(made.fault.en);
  const document = emptyDocument('rows');
  const wires = ['rows.x scores.x', 'scores.y loss.logits', 'rows.y loss.target', 'loss.loss sgd.loss'];
  return {
    ...document,
    nodes: {
      rows: {
        type: 'dataset',
        params: { data: 'rows', batch: 'B', test: 0.2, splitBy: 'stratified', normalise: 'standard' },
      },
      scores: { type: 'linear', params: { units: 3, name: 'c' } },
      loss: { type: 'cross-entropy', params: {} },
      sgd: { type: 'sgd', params: { rate: 0.1 } },
    },
    edges: Object.fromEntries(
      wires.map((wire) => {
        const [from = '', to = ''] = wire.split(' ');
        const end = (written: string) => ({
          node: written.split('.')[0] as string,
          port: written.split('.')[1] as string,
        });
        return [wire, { from: end(from), to: end(to) }];
      }),
    ),
    data: { rows: JSON.parse(JSON.stringify(made.own)) },
    dims: { B: 32 },
    run: { ...document.run, steps: 100 },
  };
}

/** Begins to count frames and what the page itself takes for long tasks. */
const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = { frames: [performance.now()], longTasks: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      seen.longTasks += list.getEntries().length;
    }).observe({ type: 'longtask' });
    const tick = () => {
      seen.frames.push(performance.now());
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });

const seenSince = (page: Page): Promise<Pick<Held, 'frameMs' | 'longTasks'>> =>
  page.evaluate(() => {
    const { seen } = window as unknown as { seen: { frames: number[]; longTasks: number } };
    const { frames, longTasks } = seen;
    const frameMs = Math.max(0, ...frames.slice(1).map((time, i) => time - (frames[i] as number)));
    seen.frames = frames.slice(-1);
    seen.longTasks = 0;
    return { frameMs, longTasks };
  });

/** What the page's main thread is held by meanwhile. */
async function held(page: Page, work: () => Promise<unknown>): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  // Of minutes there are millions: those that matter are kept.
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[])
      if (event.name === 'thread_name' || (event.name === TASK && (event.tdur ?? 0) > 1000))
        events.push(event);
  });
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel'] } });
  await seenSince(page);
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const seen = await seenSince(page);
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const isMain = ({ pid, tid }: TraceEvent) => mains.has(`${pid} ${tid}`);
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter((e) => e.name === TASK && isMain(e));
  return { seconds, taskMs: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000)), ...seen };
}

async function choose(page: Page, name: string, file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name }).first().click(),
  ]);
  await chooser.setFiles(file);
}

const MINUTES = 60_000;

async function measure(browser: Browser, url: string, file: string, document: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(30 * MINUTES);
  await page.goto(url);
  await choose(page, 'Open file', document);
  await page.locator('.react-flow__node').first().waitFor();
  await page.keyboard.press('Control+Enter');
  const again = page.getByRole('button', { name: 'Choose the file again' }).first();
  await again.waitFor();
  await watchFrames(page);
  const dialog = page.getByRole('dialog');
  const phases: Record<string, Held> = {};
  phases.look = await held(page, async () => {
    await choose(page, 'Choose the file again', file);
    await dialog.getByRole('button', { name: 'Use this file' }).waitFor();
  });
  phases.add = await held(page, async () => {
    await dialog.getByRole('button', { name: 'Use this file' }).click();
    await page.getByText('is added:').waitFor();
  });
  phases.train = await held(page, async () => {
    await page.keyboard.press('Control+Enter');
    await page.getByText('Finished').waitFor();
  });
  await page.close();
  return phases;
}

const folder = 'build/bench/data';
mkdirSync(folder, { recursive: true });
const document = join(folder, 'rows.graph.json');
writeFileSync(document, serialize(await graph()));
const files = [await writeTable(join(folder, 'rows.csv'))];
if (process.argv.includes('--gigabyte')) files.push(await writeTable(join(folder, 'gigabyte.csv'), 1e9));
await withBuiltPage('page', 4191, async (browser, url) => {
  const cases = [];
  for (const path of files)
    for (const [phase, figures] of Object.entries(await measure(browser, url, path, document)))
      cases.push({ file: path, phase, ...figures });
  if (process.argv.includes('--json')) console.log(JSON.stringify({ cases }));
  else
    for (const { file, phase, seconds, taskMs, longTasks, frameMs } of cases)
      console.log(
        `${file} ${phase.padEnd(6)}${seconds.toFixed(1).padStart(7)} s; longest task ${taskMs.toFixed(1)} ms, ${longTasks} of 50 ms and more, longest frame ${frameMs.toFixed(0)} ms`,
      );
});

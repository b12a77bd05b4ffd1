/**
 * A process of its own that trains a template and says what it has allocated: nothing else runs in it, so
 * that every collection of garbage is the training's. Prints one JSON object.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { parseGraph } from '../../graph-schema/parse.ts';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { loadData } from '../../src/runtime/data.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { openSession, writeState } from '../../src/runtime/session.ts';
import { templates } from '../../templates/index.ts';

/** What the test asks for. */
export interface Allocation {
  /** Of the first step and the last. */
  readonly losses: readonly [number, number];
  /** Bytes in use after 2000 steps more than before, garbage not counted. */
  readonly kept: number;
  /** Collections during 2000 steps in one call, and how far the heap has grown. */
  readonly collections: number;
  readonly growth: number;
}

const STEPS = 2000;
const { gc } = globalThis as unknown as { gc: () => void };

/** Bytes in use that JavaScript knows of, arrays included. */
function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function open(name: string) {
  const { value: document } = parseGraph(await templates.find((t) => t.name === name)?.load());
  const compiled = document && compile(document).value;
  if (!compiled?.train) throw new Error(`${name} does not train`);
  const { value: data = [] } = await loadData(compiled.data);
  const session = await openSession(compiled.train, await engines.wasm(), { data, rows: 'train', seed: 1 });
  writeState(session, initialise(compiled.state, 1));
  return session;
}

/** Trains as a run does, a few steps at a time. */
async function lossAfter(session: Awaited<ReturnType<typeof open>>, steps: number): Promise<number> {
  let loss = Number.NaN;
  for (let done = 0; done < steps; ) {
    const log = await session.advance(done, Math.min(10, steps - done));
    done += log.loss?.length ?? 0;
    loss = log.loss?.at(-1) ?? Number.NaN;
  }
  return loss;
}

const session = await open(process.argv[2] as string);
const first = await lossAfter(session, 1);
await lossAfter(session, 500);
gc();
const before = inUse();
const last = await lossAfter(session, STEPS);
gc();
const kept = inUse() - before;

const { executable } = session;
await executable.advance(500);
gc();
const collections: unknown[] = [];
const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
observer.observe({ entryTypes: ['gc'] });
const heap = process.memoryUsage().heapUsed;
await executable.advance(STEPS);
const growth = process.memoryUsage().heapUsed - heap;
await new Promise((resolve) => setImmediate(resolve));
collections.push(...observer.takeRecords());
const found: Allocation = { losses: [first, last], kept, collections: collections.length, growth };
console.log(JSON.stringify(found));

/** Training allocates nothing: whatever a step needs was there before the first. */
import { PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { loadData } from '../../src/runtime/data.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { openSession, writeState } from '../../src/runtime/session.ts';
import { templates } from '../../templates/index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const MIB = 2 ** 20;

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
  return { session, loss: compiled.train.metrics.loss as string };
}

describe.each(['digits-mlp', 'two-moons-mlp'])('%s', (name) => {
  it('leaves the heap after 2000 steps as it was', async () => {
    const { session, loss } = await open(name);
    const train = (steps: number) => {
      let last = 0;
      for (let step = 0; step < steps; step++) {
        session.feed(step);
        session.executable.step();
        last = session.executable.readScalar(loss);
      }
      return last;
    };
    const early = train(1);
    train(500);
    collect();
    const before = inUse();
    expect(train(2000)).toBeLessThan(early);
    collect();
    expect(inUse() - before).toBeLessThan(MIB);
  });

  it('computes 2000 steps without one collection of garbage', async () => {
    const { session, loss } = await open(name);
    session.feed(0);
    const compute = (steps: number) => {
      let sum = 0;
      for (let step = 0; step < steps; step++) {
        session.executable.step();
        sum += session.executable.readScalar(loss);
      }
      return sum;
    };
    compute(500);
    collect();
    const collections: unknown[] = [];
    const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
    observer.observe({ entryTypes: ['gc'] });
    const before = inUse();
    expect(compute(2000)).toBeGreaterThan(0);
    const growth = inUse() - before;
    await new Promise((resolve) => setTimeout(resolve, 20));
    collections.push(...observer.takeRecords());
    observer.disconnect();
    expect(collections).toEqual([]);
    expect(growth).toBeLessThan(MIB / 4);
  });
});

/** Samples of a model: the same in the page's worker and on the command line, whatever the data are. */
import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { tensorloom, type World } from '../../src/cli/fake-io.test-support.ts';
import { fakeWorker } from '../../src/worker/host.test-support.ts';
import { graph } from '../support/graphs.ts';

/** w · x, where a Prior stands between: of the data while it is trained, of draws where samples are wanted. */
const drawing = (params: Record<string, unknown>) =>
  graph(
    {
      data: { type: 'dataset', params: { data: 'iris' } },
      code: { type: 'prior', params },
      twice: { type: 'scale', params: { factor: 2 } },
      seen: { type: 'probe' },
      read: { type: 'probe' },
    },
    ['data.x > code.x', 'code.y > twice.x', 'twice.out > seen.x', 'data.x > read.x'],
    { B: 16 },
  );
const sample = async (params: Record<string, unknown>, options = '--sample 3') => {
  const world: World = { files: { 'g.json': serialize(drawing(params)) } };
  return tensorloom(`predict g.json --json ${options}`, world);
};
const numbers = async (params: Record<string, unknown>, options?: string) => {
  const { outputs, diagnostics } = (await sample(params, options)).json() as {
    outputs: Record<string, { shape: number[]; data: number[] }>;
    diagnostics: unknown[];
  };
  expect(diagnostics).toEqual([]);
  expect(Object.keys(outputs)).toEqual(['seen.x']);
  return outputs['seen.x']!;
};

describe('samples', () => {
  it('follow from the Prior alone, as many as are wanted', async () => {
    const one = await numbers({ distribution: 'constant', value: 1.5 });
    expect(one).toEqual({ shape: [3, 4], data: Array(12).fill(3) });
    const { shape, data } = await numbers({ distribution: 'uniform', value: 5, scale: 1 }, '--sample 500');
    expect(shape).toEqual([500, 4]);
    // Of 2 x with x even in 4 … 6: mean 10, and no more than 4 standard errors from it (√(4/3) / √2000).
    expect(Math.min(...data)).toBeGreaterThan(8);
    expect(Math.max(...data)).toBeLessThan(12);
    expect(Math.abs(data.reduce((a, b) => a + b) / 2000 - 10)).toBeLessThan(0.11);
    const normal = (await numbers({ value: 1, scale: 0.5 }, '--sample 500')).data;
    const mean = normal.reduce((a, b) => a + b) / 2000;
    // 2 x is N(2, 1).
    expect(Math.abs(mean - 2)).toBeLessThan(0.09);
    expect(normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2000).toBeCloseTo(1, 0);
  });

  it('are the same in the worker, and others for another seed', async () => {
    const { data } = await numbers({}, '--sample 6 --seed 7');
    expect((await numbers({}, '--sample 6 --seed 8')).data).not.toEqual(data);
    const worker = fakeWorker();
    worker.receive({ type: 'document', document: drawing({}) });
    worker.receive({ type: 'uses', id: 1 });
    worker.receive({ type: 'sample', id: 2, count: 6, seed: 7 });
    await worker.until(() => worker.repliesOf('predicted').length > 0);
    expect(worker.repliesOf('uses')[0]!.uses).toMatchObject({ judges: false, texts: [], samples: true });
    const [found] = Object.values(worker.repliesOf('predicted')[0]!.values);
    expect(Array.from(found!.data)).toEqual(data);
  });

  it('begin where somebody says', async () => {
    const given = await sample({}, '--input code.y=missing.npy');
    expect(given.err).toContain('missing.npy');
  });

  it.each([
    ['--sample 3 --output read', 'feed-missing'],
    ['--sample 3 --output nothing', 'unknown-output'],
  ])('%s: told', async (options, code) => {
    expect((await sample({}, options)).json().diagnostics).toMatchObject([{ code }]);
  });

  it.each([
    ['--sample 0', 'at least 1'],
    ['--seed 3', '--seed goes with --sample'],
    ['--sample 3 --input code.y=x.npy', '--sample takes no --input'],
  ])('%s: wrong usage', async (options, message) => {
    const finished = await sample({}, options);
    expect(finished.code).toBe(2);
    expect(finished.err).toContain(message);
  });
});

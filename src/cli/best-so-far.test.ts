import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { templates } from '../../templates/index.ts';
import { bestSoFar } from '../base/best-so-far.ts';
import { tensorloom } from './fake-io.test-support.ts';

describe('the best evaluation', () => {
  it('is the lowest loss, and its want ends the run', () => {
    const judge = bestSoFar('testLoss', 2);
    for (const [i, testLoss] of [3, 2, 2, 1.5, 1.6].entries()) judge.hear(i, { testLoss });
    expect(judge.best()).toEqual({ step: 3, value: 1.5 });
    expect(judge.isOver()).toBe(false);
    judge.hear(5, { testLoss: 1.5 });
    expect(judge.isOver()).toBe(true);
  });

  it('is the highest of what is no loss', () => {
    const judge = bestSoFar('testAccuracy', undefined);
    for (const [i, testAccuracy] of [0.5, 0.9, 0.8].entries()) judge.hear(i, { testAccuracy });
    expect(judge.isBest(1)).toBe(true);
    expect(judge.isOver()).toBe(false);
  });
});

const world = async () => ({
  files: { 'g.json': serialize(await templates.find((t) => t.name === 'iris-mlp')!.load()) },
});

it('stops early, keeps the best state, and writes metrics as CSV', async () => {
  const finished = await tensorloom(
    'run g.json --steps 4000 --patience 2 --save-best best.safetensors --trace t.csv --json',
    await world(),
  );
  expect(finished.code).toBe(0);
  const { steps, stopped, best } = finished.json() as unknown as {
    steps: number;
    stopped: boolean;
    best: { step: number; value: number };
  };
  expect(stopped).toBe(true);
  expect(steps).toBeLessThan(4000);
  expect(best.step).toBeLessThan(steps);
  const rows = finished.files['t.csv']!.trimEnd().split('\n');
  expect(rows[0]).toBe('step,metric,value');
  const losses = rows.filter((row) => row.includes(',testLoss,')).map((row) => Number(row.split(',')[2]));
  expect(Math.min(...losses)).toBe(best.value);
});

it('stops early where the graph says so, by what it says, and later where the call says so', async () => {
  const graph = await templates.find((t) => t.name === 'iris-mlp')!.load();
  const run = { ...graph.run, steps: 4000, patience: 2, watch: 'testAccuracy' };
  const files = { 'g.json': serialize({ ...graph, run }) };
  const stepsOf = async (options: string) => {
    const { json } = await tensorloom(`run g.json --json ${options}`, { files });
    return json() as unknown as { steps: number; best: { metric: string; step: number } };
  };
  const early = await stepsOf('');
  expect(early.best.metric).toBe('testAccuracy');
  expect(early.steps).toBe(early.best.step + 2 * (run.evaluateEvery ?? 50));
  expect((await stepsOf('--patience 4')).steps).toBeGreaterThan(early.steps);
});

it('writes norms of parameters and of their gradients', async () => {
  const { code, files } = await tensorloom('run g.json --steps 3 --norms --trace t.csv', await world());
  expect(code).toBe(0);
  const names = new Set(files['t.csv']!.split('\n').map((row) => row.split(',')[1]));
  const [weight] = [...names].filter((name) => name?.startsWith('norm of ') && name.endsWith('.weight'));
  expect(weight).toBeDefined();
  expect([...names]).toContain(weight!.replace('norm of ', 'norm of the gradient by '));
});

it('needs rows that are held back', async () => {
  const drawn = templates.find((t) => t.name === 'quadratic-bowl')!;
  const files = { 'g.json': serialize(await drawn.load()) };
  const { code, err } = await tensorloom('run g.json --patience 2', { files });
  expect([code, err]).toEqual([2, expect.stringContaining('--patience: no rows are held back')]);
});

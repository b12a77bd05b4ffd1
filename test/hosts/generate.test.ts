/** The same text in the page's worker and on the command line, from one state; and what the command line refuses. */
import { beforeAll, describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { tensorloom, type World } from '../../src/cli/fake-io.test-support.ts';
import { fakeWorker } from '../../src/worker/host.test-support.ts';
import { graph } from '../support/graphs.ts';

/** Scores of the next letter from the letter before alone. */
const bigrams = graph(
  {
    data: { type: 'dataset', params: { data: 'names' } },
    after: { type: 'embedding', params: { count: 28, units: 28 } },
    loss: { type: 'cross-entropy', params: { ignored: 0 } },
    adam: { type: 'adam', params: { rate: 0.1 } },
  },
  ['data.x > after.x', 'after.y > loss.logits', 'data.y > loss.target', 'loss.loss > adam.loss'],
  { B: 64 },
);

let world: World;
beforeAll(async () => {
  const files = {
    'g.json': serialize(bigrams),
    'none.json': serialize(graph({ a: { type: 'tensor' } }, [])),
  };
  const { binaries } = await tensorloom('run g.json --steps 150 --save w', { files });
  world = { files, binaries };
});
const generate = async (options: string) => {
  const finished = await tensorloom(`generate g.json --from w --json ${options}`, world);
  return finished.json() as { diagnostics: unknown; texts: string[] };
};

describe('text of one state', () => {
  it('is the same from the worker and from the command line', async () => {
    const { texts, diagnostics } = await generate('--prompt Ma --count 6 --seed 3 --temperature 0.8');
    expect(diagnostics).toEqual([]);
    expect(texts).toHaveLength(6);
    for (const text of texts) expect(text).toMatch(/^ma[a-z]{0,10}$/);
    expect(new Set(texts).size).toBeGreaterThan(3);

    const worker = fakeWorker();
    worker.receive({ type: 'document', document: bigrams });
    worker.receive({ type: 'state', id: 1, file: 'w', bytes: world.binaries!.w! });
    worker.receive({ type: 'uses', id: 2 });
    await worker.until(() => worker.repliesOf('uses').length > 0);
    const [model] = worker.repliesOf('uses')[0]!.uses.texts;
    expect(model).toMatchObject({ by: 'loss', scores: 'after.y', length: 12, mark: 1, padding: 0 });
    const wish = { prompt: 'Ma', count: 6, most: 200, temperature: 0.8, seed: 3 };
    worker.receive({ type: 'write', id: 3, scores: 'after.y', ...wish });
    await worker.until(() => worker.repliesOf('written').some(({ final }) => final));
    expect(worker.repliesOf('written').at(-1)!.texts).toEqual(texts);
  });

  it('follows seed, prompt and temperature', async () => {
    const [one, other] = [await generate('--seed 1'), await generate('--seed 2')];
    expect(one.texts).toHaveLength(10);
    expect(one.texts).not.toEqual(other.texts);
    expect((await generate('--seed 1')).texts).toEqual(one.texts);
    const cold = (await generate('--temperature 0 --count 3 --length 4')).texts;
    expect(new Set(cold).size).toBe(1);
    expect(cold[0]!.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['generate g.json', '--from FILE'],
    ['generate g.json --from w --prompt a-b', 'the character "-"'],
    ['generate g.json --from w --temperature hot', 'from 0 to 100'],
    ['generate g.json --from w --of adam', '--of takes one of loss'],
    ['generate g.json --from w --count 0', 'at least 1'],
    ['generate none.json --from w', 'writes no text'],
  ])('%s: wrong usage', async (command, message) => {
    const finished = await tensorloom(command, world);
    expect(finished.code).toBe(2);
    expect(finished.err).toContain(message);
  });
});

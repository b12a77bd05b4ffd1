import { describe, expect, it } from 'vitest';
import { serialize } from '../../../graph-schema/serialize.ts';
import { templates } from '../../../templates/index.ts';
import { tensorloom } from '../fake-io.test-support.ts';

const moons = async () => {
  const document = await templates.find(({ name }) => name === 'two-moons-mlp')!.load();
  return { files: { 'g.json': serialize(document) } };
};

describe('tensorloom sweep', () => {
  it('gives each combination the figures of its own run', async () => {
    const { out, files } = await tensorloom(
      `sweep g.json --set optimizer.rate=0.001,0.02 --set seed=1,2 --steps 30 --json --csv t.csv`,
      await moons(),
    );
    const { runs } = JSON.parse(out);
    expect(runs.map((run: { settings: object }) => run.settings)).toEqual([
      { 'optimizer.rate': 0.001, seed: 1 },
      { 'optimizer.rate': 0.001, seed: 2 },
      { 'optimizer.rate': 0.02, seed: 1 },
      { 'optimizer.rate': 0.02, seed: 2 },
    ]);
    const document = await templates.find(({ name }) => name === 'two-moons-mlp')!.load();
    const changed = structuredClone(document);
    Object.assign(changed.nodes.optimizer!, { params: { ...changed.nodes.optimizer!.params, rate: 0.02 } });
    const alone = await tensorloom('run g.json --seed 2 --steps 30 --json', {
      files: { 'g.json': serialize(changed) },
    });
    expect(runs[3].metrics).toEqual(JSON.parse(alone.out).metrics);
    const lines = files['t.csv']!.trimEnd().split('\n');
    expect(lines.length).toBe(5);
    expect(lines[0]).toMatch(/^optimizer\.rate,seed,steps,/);
  });

  it('says what a setting might have been', async () => {
    const { err, code } = await tensorloom('sweep g.json --set optimizer.rat=1,2', await moons());
    expect([code, err]).toEqual([2, expect.stringContaining('perhaps optimizer.rate')]);
  });
});

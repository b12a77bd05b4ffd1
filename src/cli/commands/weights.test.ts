import { describe, expect, it } from 'vitest';
import { serialize } from '../../../graph-schema/serialize.ts';
import { graph } from '../../../test/support/graphs.ts';
import { writeNpy } from '../../datasets/formats/npy.ts';
import { writeSafetensors } from '../../datasets/formats/safetensors.ts';
import { tensorloom, type World } from '../fake-io.test-support.ts';

/** y = relu(x W₁ + b₁) W₂ + b₂, trained towards 0. */
const net = graph(
  {
    x: {
      type: 'input',
      params: {
        axes: [
          { name: 'b', size: 1 },
          { name: 'k', size: 2 },
        ],
      },
    },
    first: { type: 'linear', params: { units: 3, name: 'h' } },
    relu: { type: 'activation', params: { function: 'relu' } },
    second: { type: 'linear', params: { units: 2, name: 'c' } },
    loss: { type: 'reduce', params: { pattern: 'b c ->', reduction: 'sum' } },
    optimizer: { type: 'sgd', params: { rate: 0.5 } },
    seen: { type: 'probe' },
  },
  [
    'x.out > first.x',
    'first.y > relu.x',
    'relu.y > second.x',
    'second.y > loss.x',
    'loss.y > optimizer.loss',
    'second.y > seen.x',
  ],
);
const of = (shape: number[], ...data: number[]) => ({ shape, data: Float32Array.from(data) });
/** Under the names that nn.Sequential gives. */
const file = writeSafetensors({
  tensors: new Map([
    ['0.bias', of([3], 1, 0, -1)],
    ['0.weight', of([3, 2], 1, 2, 3, 4, 5, 6)],
    ['2.bias', of([2], 0, 1)],
    ['2.weight', of([2, 3], 1, 1, 1, 1, 0, -1)],
    ['extra', of([5], 0, 0, 0, 0, 0)],
  ]),
  metadata: new Map(),
});
const world: World = {
  files: { 'g.json': serialize(net), 'none.json': '{"second.slope": "2.weight"}', 'bad.json': '[' },
  binaries: { 'w.safetensors': file, x: writeNpy({ shape: [1, 2], data: Float32Array.of(1, -1) }) },
};

describe('weights of another program', () => {
  it('are matched, told, written as a map and as a state', async () => {
    const found = await tensorloom('weights g.json w.safetensors -o map.json --save s --json', world);
    expect(found.json()).toMatchObject({
      ok: true,
      taken: [
        { name: 'first.weight', shape: [3, 2], from: ['0.weight'], transpose: false, by: 'order' },
        { name: 'first.bias', from: ['0.bias'] },
        { name: 'second.weight', from: ['2.weight'] },
        { name: 'second.bias', from: ['2.bias'] },
      ],
      missing: [],
      left: [{ name: 'extra', shape: [5] }],
    });
    expect(JSON.parse(String(found.files['map.json']))).toEqual({
      'first.weight': '0.weight',
      'first.bias': '0.bias',
      'second.weight': '2.weight',
      'second.bias': '2.bias',
    });
    const { binaries } = found;
    // The state is as good as the file: relu(1 − 2 + 1, 3 − 4, 5 − 6 − 1) = 0, so y = b₂.
    for (const from of ['s', 'w.safetensors --map map.json', 'w.safetensors --map auto']) {
      const files = { ...world.files, 'map.json': String(found.files['map.json']) };
      const predicted = await tensorloom(`predict g.json --from ${from} -i x=x --json`, {
        files,
        binaries: { ...world.binaries, ...binaries },
      });
      expect(predicted.json().outputs).toEqual({ 'seen.x': { shape: [1, 2], data: [0, 1] } });
    }
    const text = (await tensorloom('weights g.json w.safetensors', world)).out;
    expect(text).toContain('took 4 of 4 tensors: 4 by order');
    expect(text).toContain('left     extra [5]');
  });

  it('are trained further', async () => {
    const run = await tensorloom(
      'run g.json --from w.safetensors --map auto --steps 1 --save s --json',
      world,
    );
    expect(run.json()).toMatchObject({ ok: true, steps: 1, weights: { missing: [] }, diagnostics: [] });
    const told = await tensorloom('run g.json --from w.safetensors --map auto --steps 1', world);
    expect(told.out).toContain('took 4 of 4 tensors');
    const next = await tensorloom('predict g.json --from s -i x=x --json', {
      ...world,
      binaries: { ...world.binaries, ...run.binaries },
    });
    // The stand-in of x is 0, so only the second layer learns: of its bias rate · 1, its weights rate · relu(b₁).
    expect(next.json().outputs).toEqual({ 'seen.x': { shape: [1, 2], data: [-0.5, 0.5] } });
  });

  it.each([
    ['a map that is not JSON', 'run g.json --from w.safetensors --map bad.json', 1, 'it is not JSON'],
    ['a name that is not in the graph', 'run g.json --from w.safetensors --map none.json', 1, 'second.slope'],
    ['a map alone', 'run g.json --map auto', 2, '--from'],
  ])('refuses %s', async (_, command, code, word) => {
    const finished = await tensorloom(command, world);
    expect(finished.code).toBe(code);
    expect(finished.out + finished.err).toContain(word);
  });
});

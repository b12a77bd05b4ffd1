import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/serialize.ts';
import { graph } from '../../../test/support/graphs.ts';
import { readNpy, writeNpy } from '../../datasets/formats/npy.ts';
import { writeSafetensors } from '../../datasets/formats/safetensors.ts';
import { tensorloom, type World } from '../fake-io.test-support.ts';

/** Iris with everything that a prediction must leave out: labels, loss, accuracy, optimizer, dropout. */
const iris = graph(
  {
    iris: { type: 'dataset', params: { data: 'iris' } },
    drop: { type: 'dropout', params: { rate: 0.9 } },
    scores: { type: 'linear', params: { units: 3, name: 'c' } },
    loss: { type: 'cross-entropy' },
    accuracy: { type: 'accuracy' },
    optimizer: { type: 'adam' },
    seen: { type: 'probe' },
  },
  [
    'iris.x > drop.x',
    'drop.y > scores.x',
    'scores.y > loss.logits',
    'iris.y > loss.target',
    'scores.y > accuracy.logits',
    'iris.y > accuracy.target',
    'loss.loss > optimizer.loss',
    'scores.y > seen.x',
  ],
  { B: 16 },
);
/** y = 2 a + m, of an Input with B rows and one with two values that stand in. */
const sum = graph(
  {
    a: {
      type: 'input',
      label: 'left',
      params: {
        axes: [
          { name: 'row', size: 'B' },
          { name: 'k', size: 2 },
        ],
      },
    },
    m: { type: 'input', params: { axes: [{ name: 'k', size: 2 }], values: [10, 20] } },
    twice: { type: 'scale', params: { factor: 2 } },
    y: { type: 'add' },
  },
  ['a.out > twice.x', 'twice.out > y.a', 'm.out > y.b'],
  { B: 3 },
);
const npy = (shape: number[], ...numbers: number[]) => writeNpy({ shape, data: Float32Array.from(numbers) });
const identity = writeSafetensors({
  tensors: new Map([
    ['scores.weight', { shape: [4, 3], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0) }],
    ['scores.bias', { shape: [3], data: Float32Array.of(0.5, 0, 0) }],
  ]),
  metadata: new Map(),
});
const world: World = {
  files: { 'iris.json': serialize(iris), 'sum.json': serialize(sum) },
  binaries: {
    w: identity,
    x: npy([2, 4], 1, 2, 3, 4, 5, 6, 7, 8),
    one: npy([1, 4], 1, 2, 3, 4),
    flat: npy([4], 1, 2, 3, 4),
    five: npy([2, 5], ...Array(10).fill(1)),
    a: npy([1, 2], 1, 2),
    pair: npy([2], 3, 4),
    bad: Uint8Array.of(1, 2, 3),
  },
};
const outputs = async (command: string) => {
  const finished = await tensorloom(`${command} --json`, world);
  expect(finished.json().diagnostics).toEqual([]);
  return finished.json().outputs as Record<string, { shape: number[]; data: number[] }>;
};

describe('predict', () => {
  it('computes the Probes for the rows it is given, without labels, loss, optimizer and dropout', async () => {
    expect(await outputs('predict iris.json --from w --input iris.x=x')).toEqual({
      'seen.x': { shape: [2, 3], data: [1.5, 2, 3, 5.5, 6, 7] },
    });
    expect((await outputs('predict iris.json --from w -i iris.x=one'))['seen.x']!.shape).toEqual([1, 3]);
  });

  it('computes what it is asked for, and nothing that is needed for something else', async () => {
    expect(await outputs('predict iris.json --input iris.x=one --output drop.y')).toEqual({
      'drop.y': { shape: [1, 4], data: [1, 2, 3, 4] },
    });
  });

  it('gives Inputs their values, by id and by label, and leaves the others what stands in', async () => {
    const all = { 'y.out': { shape: [1, 2], data: [12, 24] } };
    expect(await outputs('predict sum.json --input a=a --output y')).toEqual(all);
    expect(await outputs('predict sum.json --input left=a --output y.out')).toEqual(all);
    expect(await outputs('predict sum.json --input a.out=a --input m=pair --output y')).toEqual({
      'y.out': { shape: [1, 2], data: [5, 8] },
    });
    expect((await outputs('predict sum.json --output y'))['y.out']!.data).toEqual([10, 20, 10, 20, 10, 20]);
  });

  it('goes on from what run has saved, on either engine and in either precision', async () => {
    const trained = await tensorloom('run iris.json --steps 30 --save w2', world);
    const { binaries } = trained;
    const seen = async (options: string) => {
      const finished = await tensorloom(`predict iris.json --from w2 -i iris.x=x ${options} --json`, {
        ...world,
        binaries: { ...world.binaries, ...binaries },
      });
      return (finished.json().outputs as Record<string, { data: number[] }>)['seen.x']!.data;
    };
    const [single, double, reference] = [
      await seen(''),
      await seen('--dtype float64'),
      await seen('--engine reference --dtype float64'),
    ];
    for (const [i, value] of double.entries()) {
      expect(value).toBeCloseTo(reference[i]!, 12);
      expect(value).toBeCloseTo(single[i]!, 4);
    }
  });

  it('writes a NumPy file', async () => {
    const { binaries, out } = await tensorloom('predict iris.json --from w -i iris.x=one -o y.npy', world);
    expect(out).toBe('Wrote seen.x [1, 3] to y.npy.\n');
    expect(readNpy(binaries['y.npy']!)).toEqual({
      value: { shape: [1, 3], data: Float32Array.of(1.5, 2, 3) },
    });
  });

  it.each([
    ['a name that nothing has, with the nearest', '-i iris.z=x', 'unknown-feed', /"iris\.z".*|iris\.x/],
    [
      'one axis too few',
      '-i iris.x=flat',
      'feed-shape',
      /iris\.x takes \[batch B, \w+ 4\]; the array is \[4\]/,
    ],
    ['a size that is not so', '-i iris.x=five', 'feed-shape', /4\]; the array is \[2, 5\]/],
    ['nothing', '', 'feed-missing', /^Probe .* depends on iris\.x/],
    ['a file that is none', '-i iris.x=bad', 'tensor-file', /bad cannot be read: it is not a NumPy file/],
    ['an output that is not there', '-i iris.x=x --output scores.z', 'unknown-output', /"scores\.z"/],
    ['an output of what trains', '-i iris.x=x --output optimizer', 'unknown-output', /"optimizer"/],
    [
      'an output that needs labels',
      '-i iris.x=x --output loss',
      'feed-missing',
      /^Cross-entropy .* depends on iris\.y/,
    ],
  ])('%s: told', async (_, options, code, message) => {
    const finished = await tensorloom(`predict iris.json --from w ${options} --json`, world);
    expect(finished.code).toBe(1);
    expect(finished.json().diagnostics).toMatchObject([{ code, message: expect.stringMatching(message) }]);
  });

  it('names the nearest first', async () => {
    const finished = await tensorloom('predict iris.json --from w -i iris.xx=x --json', world);
    expect(finished.json().diagnostics).toMatchObject([
      { code: 'unknown-feed', remedy: expect.stringMatching(/: iris\.x, /) },
    ]);
  });

  it('says which Probe is missing, and which weights', async () => {
    const none = await tensorloom('predict sum.json --json', world);
    expect(none.json().diagnostics).toMatchObject([{ code: 'nothing-to-predict' }]);
    const binaries = {
      ...world.binaries,
      w: writeSafetensors({
        tensors: new Map([['scores.weight', { shape: [4, 2], data: new Float32Array(8) }]]),
        metadata: new Map(),
      }),
    };
    const other = await tensorloom('predict iris.json --from w -i iris.x=x --json', { ...world, binaries });
    expect(other.json().diagnostics).toMatchObject([
      { code: 'weights-missing', values: { names: 'scores.weight [4, 3], scores.bias [3]' } },
    ]);
  });

  it.each([
    ['no state for trained parameters', 'predict iris.json -i iris.x=x', '--from'],
    ['an input without a file', 'predict iris.json --from w -i iris.x', 'NAME=X.npy'],
    ['an input twice', 'predict iris.json --from w -i iris.x=x -i iris.x=x', 'twice'],
    ['more files than outputs', 'predict iris.json --from w -i iris.x=x -o a -o b', '2 -o for 1 outputs'],
    ['a file that is not there', 'predict iris.json --from w -i iris.x=nowhere', 'nowhere'],
  ])('%s: wrong usage', async (_, command, message) => {
    const finished = await tensorloom(command, world);
    expect(finished.code).toBe(2);
    expect(finished.err).toContain(message);
  });
});

describe('a size that parameters depend on', () => {
  let files: Record<string, string>;
  beforeAll(() => {
    const wide = graph(
      {
        x: {
          type: 'input',
          params: {
            axes: [
              { name: 'row', size: 'B' },
              { name: 'p', size: 'd' },
            ],
          },
        },
        y: { type: 'linear', params: { units: 1 } },
      },
      ['x.out > y.x'],
      { B: 2, d: 4 },
    );
    files = { 'g.json': serialize(wide) };
  });

  it('cannot be another than they were trained for', async () => {
    const tensors = new Map([
      ['y.weight', { shape: [4, 1], data: Float32Array.of(1, 1, 1, 1) }],
      ['y.bias', { shape: [1], data: Float32Array.of(0) }],
    ]);
    const binaries = { ...world.binaries, w: writeSafetensors({ tensors, metadata: new Map() }) };
    const run = (input: string) =>
      tensorloom(`predict g.json --from w -i x=${input} --output y --json`, { files, binaries });
    expect((await run('one')).json()).toMatchObject({ outputs: { 'y.y': { shape: [1, 1], data: [10] } } });
    expect((await run('five')).json().diagnostics).toMatchObject([
      { code: 'feed-shape', message: 'x takes [d = 4]; the array is [2, 5].' },
    ]);
  });
});

describe('a block that repeats', () => {
  it('takes a tensor for each repeat, and shows what comes out of it', async () => {
    const layer = graph(
      {
        x: { type: 'block-input' },
        y: { type: 'linear', params: { units: 2, name: 'k' } },
        out: { type: 'block-output' },
      },
      ['x.out > y.x', 'y.y > out.x'],
    );
    const stack = graph(
      {
        x: {
          type: 'input',
          params: {
            axes: [
              { name: 'row', size: 'B' },
              { name: 'k', size: 2 },
            ],
          },
        },
        layers: { type: 'block', params: { block: 'layer', repeat: 2 } },
      },
      ['x.out > layers.x'],
      { B: 3 },
    );
    const { nodes, edges, layout } = layer;
    const blocks = { layer: { dims: {}, numbers: {}, nodes, edges, layout } };
    const of = (data: number[]) => ({
      shape: data.length === 4 ? [2, 2] : [2],
      data: Float32Array.from(data),
    });
    const tensors = new Map([
      ['layers/0/y.weight', of([2, 0, 0, 2])],
      ['layers/0/y.bias', of([1, 0])],
      ['layers/1/y.weight', of([0, 1, 1, 0])],
      ['layers/1/y.bias', of([0, 5])],
    ]);
    const finished = await tensorloom('predict g.json --from w -i x=a --output layers --json', {
      files: { 'g.json': serialize({ ...stack, blocks }) },
      binaries: { ...world.binaries, w: writeSafetensors({ tensors, metadata: new Map() }) },
    });
    // [1, 2] → [3, 4] → [4, 3 + 5].
    expect(finished.json()).toMatchObject({
      diagnostics: [],
      outputs: { 'layers.out': { shape: [1, 2], data: [4, 8] } },
    });
  });
});

describe('blocks in blocks', () => {
  const axes = [
    { name: 'row', size: 'B' },
    { name: 'k', size: 2 },
  ];
  const level = ({ nodes, edges, layout }: ReturnType<typeof graph>) => ({
    dims: {},
    numbers: {},
    nodes,
    edges,
    layout,
  });
  const twice = (outer: number | undefined, inner: number | undefined) => {
    const use = (block: string, repeat: number | undefined) => ({
      type: 'block',
      params: { block, ...(repeat !== undefined && { repeat }) },
    });
    const document = graph(
      {
        x: { type: 'input', params: { axes } },
        all: { ...use('outer', outer), label: 'Pair' },
        end: { type: 'probe' },
      },
      ['x.out > all.x', 'all.y > end.x'],
      { B: 3 },
    );
    const ports = { x: { type: 'block-input' }, y: { type: 'block-output' } };
    const blocks = {
      outer: level(graph({ ...ports, in: use('inner', inner) }, ['x.out > in.x', 'in.y > y.x'])),
      inner: level(
        graph({ ...ports, double: { type: 'scale', params: { factor: 2 } }, seen: { type: 'probe' } }, [
          'x.out > double.x',
          'double.out > seen.x',
          'double.out > y.x',
        ]),
      ),
    };
    return { files: { 'g.json': serialize({ ...document, blocks }) }, binaries: world.binaries };
  };
  const ask = async (repeats: [outer?: number, inner?: number], output?: string) => {
    const wanted = output === undefined ? '' : ` --output ${output}`;
    const said = await tensorloom(`predict g.json -i x=a${wanted} --json`, twice(...repeats));
    const { outputs = {}, diagnostics } = said.json() as {
      outputs?: Record<string, { data: number[] }>;
      diagnostics: unknown[];
    };
    expect(diagnostics).toEqual([]);
    return Object.fromEntries(Object.entries(outputs).map(([key, { data }]) => [key, data[0]]));
  };

  it('are asked for what they give, repeated or not, once too', async () => {
    expect(await ask([], 'all')).toEqual({ 'all/in/double.out': 2 });
    expect(await ask([undefined, 2], 'all.y')).toEqual({ 'all/in.y': 4 });
    expect(await ask([1], 'all')).toEqual({ 'all.y': 2 });
    expect(await ask([2, 1], 'all/1/in')).toEqual({ 'all/1/in.y': 4 });
    expect(await ask([2], 'all/1/in.y')).toEqual({ 'all/1/in/double.out': 4 });
  });

  it('are called by their labels', async () => {
    expect(await ask([], 'Pair')).toEqual({ 'all/in/double.out': 2 });
    expect(await ask([2, 1], 'Pair.y')).toEqual({ 'all.y': 4 });
    expect(await ask([2, 1], 'Pair/1/in')).toEqual({ 'all/1/in.y': 4 });
    expect(await ask([2], 'Pair/1/in/double')).toEqual({ 'all/1/in/double.out': 4 });
  });

  it('are named as what might be wanted where no Probe says', async () => {
    const { files, binaries } = twice(2, undefined);
    const { nodes, edges, blocks, ...document } = JSON.parse(files['g.json']) as GraphDocument;
    delete nodes.end;
    delete blocks.inner!.nodes.seen;
    const g = { ...document, nodes, edges: { e1: edges.e1 }, blocks };
    blocks.inner!.edges = Object.fromEntries(
      Object.entries(blocks.inner!.edges).filter(([, { to }]) => to.node !== 'seen'),
    );
    const none = await tensorloom('predict g.json --json', {
      files: { 'g.json': JSON.stringify(g) },
      binaries,
    });
    expect(none.json().diagnostics).toMatchObject([
      { code: 'nothing-to-predict', remedy: expect.stringMatching(/x\.out, .*all\.y/) },
    ]);
  });

  it('show every turn of a Probe', async () => {
    const seen = { 'all/0/in/0/seen.x': 2, 'all/0/in/1/seen.x': 4 };
    expect(await ask([2, 2])).toEqual({
      ...seen,
      'all/1/in/0/seen.x': 8,
      'all/1/in/1/seen.x': 16,
      'end.x': 16,
    });
    expect(await ask([2, 2], 'all/0/in/1/double')).toEqual({ 'all/0/in/1/double.out': 4 });
  });
});

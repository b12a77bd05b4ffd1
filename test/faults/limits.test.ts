/**
 * The kind: what a document asks for is refused before it is allocated, and whatever a command does, it ends within a
 * second of being told to. A filled tensor was a JavaScript array that was written as JSON (9.6 s and 744 MB for 9 million
 * numbers, 'Invalid string length' for 30 million); an evaluation, whose sizes are others than the training's, passed the
 * limit; metrics of a run of 2⁵³ steps were kept until its first report; any number of threads was started; and a step,
 * a plan or a search that takes long heard no Ctrl-C.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph, serialize } from '../../graph-schema/parse.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { nodeThreads } from '../../src/cli/node-threads.ts';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { openModel } from '../../src/runtime/index.ts';
import { templates } from '../../templates/index.ts';
import { commandLine, ended } from '../support/command-line.ts';

type Nodes = Record<string, { type: string; params?: object }>;

/** `wires`: 'a.out > b.x'. */
function graph(nodes: Nodes, wires: readonly string[], dims: object = {}): string {
  const end = (written: string) => {
    const [node, port] = written.trim().split('.');
    return { node, port };
  };
  const edges = wires.map((wire, i) => {
    const [from = '', to = ''] = wire.split('>');
    return [`e${i}`, { from: end(from), to: end(to) }];
  });
  return JSON.stringify({
    format: 'tensorloom',
    version: 2,
    name: 'g',
    dims,
    nodes,
    edges: Object.fromEntries(edges),
  });
}
const read = (source: string): GraphDocument => parseGraph(source).value!;
const square = (n: number, fill: string) => ({
  type: 'tensor',
  params: {
    axes: [
      { name: 'i', size: n },
      { name: 'j', size: n },
    ],
    fill,
  },
});

describe('a filled tensor', () => {
  it.each(['normal', 'uniform', 'range', 'identity'])(
    '%s: 5500 × 5500 stays a rule in program and plan',
    (fill) => {
      const { value } = compile(
        read(graph({ A: square(5500, fill), p: { type: 'probe' } }, ['A.out > p.x'])),
      );
      const { program, plan } = value!.forward;
      expect(JSON.stringify([program, plan]).length).toBeLessThan(5000);
      // Its own 121 MB, and little more.
      expect(plan.bytes).toBeGreaterThanOrEqual(4 * 5500 * 5500);
      expect(plan.bytes).toBeLessThan(4 * 5500 * 5500 + 10_000);
    },
  );

  it('is refused where it passes the limit', async () => {
    const files = { 'g.json': graph({ A: square(5500, 'normal'), p: { type: 'probe' } }, ['A.out > p.x']) };
    const { code, json } = await tensorloom('run g.json --memory 1e8 --json', { files });
    expect(code).toBe(1);
    expect(json().diagnostics).toMatchObject([{ code: 'out-of-memory', node: 'A' }]);
  });

  it('holds the numbers that it held', async () => {
    // Of the generator as it was when fills were lists: the first numbers of seed 7, and one far behind.
    for (const [n, at] of [
      [2, [0, 1, 2, 3]],
      [70, [0, 1, 2, 3]],
    ] as const) {
      const document = read(
        graph(
          {
            A: { ...square(n, 'normal'), params: { ...square(n, 'normal').params, seed: 7 } },
            p: { type: 'probe' },
          },
          ['A.out > p.x'],
        ),
      );
      const model = await openModel(document, { engine: 'reference' });
      const { value } = await model.inspect({ ports: ['p.x'] });
      const { data } = value!.values['p.x']!;
      for (const [k, i] of at.entries()) expect(data[i]).toBeCloseTo(SEED_SEVEN[k]!, 12);
    }
  });
});

const SEED_SEVEN: readonly number[] = [
  0.5274016857424022, 2.071454779547173, 0.0148009176829943, 0.6505823497795971,
];

describe('an evaluation past the memory limit', () => {
  /** 2 rows in a step of training, 359 in an evaluation: 4 × 12 elements become 128,881 × 129,960. */
  const past = graph(
    {
      data: { type: 'dataset' },
      big: {
        type: 'input',
        params: {
          axes: [
            { name: 'i', size: 'B*B' },
            { name: 'j', size: '(B+1)*(B+2)' },
          ],
        },
      },
      w: { type: 'parameter' },
      sum: { type: 'contract', params: { expression: 'ij,bp,->' } },
      zero: { type: 'tensor' },
      loss: { type: 'mse' },
      opt: { type: 'adam' },
    },
    [
      'big.out > sum.a',
      'data.x > sum.b',
      'w.out > sum.c',
      'sum.out > loss.prediction',
      'zero.out > loss.target',
      'loss.loss > opt.loss',
    ],
    { B: 2 },
  );

  it.each(['run', 'plan'])('%s refuses it, with the step', async (command) => {
    const { code, json } = await tensorloom(`${command} g.json --json`, { files: { 'g.json': past } });
    expect(code).toBe(1);
    expect(json().diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'out-of-memory',
        node: 'big',
        message: 'The plan needs 62.4 GiB, the limit is 1.0 GiB; the largest step is Input “big”.',
      }),
    );
  });

  it.each(['wasm', 'reference'] as const)(
    '%s tells it where the limit is lifted, and does not throw',
    async (name) => {
      const model = await openModel(read(past), { engine: await engines[name](), memoryLimit: 1e15 });
      const told: string[] = [];
      for await (const event of model.run({ steps: 2 }))
        if (event.type === 'failed') told.push(...event.diagnostics.map(({ code }) => code));
      expect(told).toEqual(['out-of-memory']);
    },
  );
});

describe('a large document full of errors', () => {
  it('is checked in a time that it deserves: fixes are looked for for the first of them', async () => {
    const n = 2000;
    const nodes = Object.fromEntries(
      Array.from({ length: n }, (_, i) => [`n${i}`, { type: i === 0 ? 'tensor' : 'scale' }]),
    );
    const wires = Array.from({ length: n - 1 }, (_, i) => `n${i}.${i === 0 ? 'out' : 'y'} > n${i + 1}.x`);
    const { json } = await tensorloom('check g.json --json', { files: { 'g.json': graph(nodes, wires) } });
    const told = json().diagnostics.filter(({ code }) => code === 'unknown-port');
    expect(told.length).toBe(n - 2);
    const fixed = told.filter(({ fixes }) => (fixes as unknown[]).length > 0).length;
    expect(fixed).toBeGreaterThan(5);
    expect(fixed).toBeLessThan(100);
  });
});

describe('a run without end', () => {
  it('reports when it has recorded much, not only at its 200th part', async () => {
    const document = await templates.find((t) => t.name === 'quadratic-bowl')!.load();
    const model = await openModel(document, { engine: 'wasm' });
    const stop = { aborted: false };
    const lengths: number[] = [];
    for await (const event of model.run({ steps: Number.MAX_SAFE_INTEGER, signal: stop })) {
      if (event.type !== 'progress') continue;
      lengths.push(Object.values(event.metrics)[0]!.length);
      stop.aborted = lengths.length === 2;
    }
    expect(Math.max(...lengths)).toBeLessThan(70_000);
    expect(lengths[0]).toBeGreaterThanOrEqual(65_536);
  });

  it('has no more threads than make sense', () => {
    expect(nodeThreads(new URL('file:///none.js'), 1_000_000).count).toBeLessThanOrEqual(1024);
    expect(nodeThreads(new URL('file:///none.js'), 2).count).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('a command that is told to end', () => {
  const cli = commandLine();
  const place = (name: string) => join(cli.folder, name);
  /** A product of matrices that the reference engine takes seconds for. */
  const slow = graph(
    {
      a: { type: 'parameter', params: square(1500, '').params },
      b: {
        type: 'tensor',
        params: {
          ...square(1500, 'normal').params,
          axes: [
            { name: 'j', size: 1500 },
            { name: 'k', size: 1500 },
          ],
        },
      },
      c: { type: 'contract', params: { expression: 'ij,jk->ik' } },
      zero: {
        type: 'tensor',
        params: {
          axes: [
            { name: 'i', size: 1500 },
            { name: 'k', size: 1500 },
          ],
        },
      },
      loss: { type: 'mse' },
      opt: { type: 'sgd', params: { rate: 1e-6 } },
    },
    [
      'a.out > c.a',
      'b.out > c.b',
      'c.out > loss.prediction',
      'zero.out > loss.target',
      'loss.loss > opt.loss',
    ],
  ).replace('"fill":""', '"init":"normal"');
  const ring = (n: number) =>
    JSON.stringify({
      inputs: Array.from({ length: n }, (_, i) => [
        `a${i}`,
        `a${(i + 1) % n}`,
        `b${i}`,
        `b${(i * 7 + 3) % n}`,
      ]),
      output: [],
      sizes: Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          [`a${i}`, 3],
          [`b${i}`, 2],
        ]).flat(),
      ),
    });

  /** Starts it, waits until it computes, and tells it. Left alone it would outlast the test's time limit. */
  async function told(signal: 'SIGINT' | 'SIGTERM', ...args: string[]) {
    await writeFile(place('slow.json'), slow);
    await writeFile(place('ring.json'), ring(300));
    await writeFile(place('g.json'), serialize(await templates.find((t) => t.name === 'iris-mlp')!.load()));
    // How long the program takes to begin here, now: on a busy machine a signal would come before it listens.
    const asked = performance.now();
    await ended(cli.start('check', 'g.json'));
    const patience = 500 + 3 * (performance.now() - asked);
    const child = cli.start(...args);
    const end = ended(child);
    await new Promise((resolve) => setTimeout(resolve, patience));
    child.kill(signal);
    return await end;
  }

  it.each([
    ['a step that takes long', ['run', 'slow.json', '--engine', 'reference', '--steps', '1000']],
    ['a search for paths', ['path', 'ring.json', '--time', '1000']],
    ['reading', ['check', '-']],
  ])('%s ends, and says so', async (_, args) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const finished = await told(signal, ...args, '--json');
      expect(finished).toMatchObject({
        signal,
        err: `ended by ${signal} before there was a result\n`,
        out: `{"ok":false,"error":"ended by ${signal} before there was a result","diagnostics":[]}\n`,
      });
    }
  });

  it('a run ends well, with its result, however many steps it was to take', async () => {
    const { status, out } = await told(
      'SIGINT',
      'run',
      'g.json',
      '--steps',
      '9007199254740991',
      '--save',
      'w',
      '--json',
    );
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, stopped: true, saved: 'w' });
  });
});

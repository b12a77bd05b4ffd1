/**
 * `npm run bench -- loops`: what a training step takes where a repeat is a loop, and where it is written out, for
 * short repeats of a light body (element by element) and of one with a product, on small and on larger tensors. The
 * planner's choice (src/compiler/plan/choose-unrolling.ts) is made by these figures.
 */
import { type Block, emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { compile } from '../../src/compiler/index.ts';
import type { Plan } from '../../src/ir/plan.ts';
import { engines } from '../../src/numeric/index.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { columns } from './engines/table.ts';

const wires = (...ends: readonly [from: string, to: string][]): GraphDocument['edges'] =>
  Object.fromEntries(
    ends.map(([from, to], i) => {
      const end = (text: string) => {
        const [node = '', port = ''] = text.split('.');
        return { node, port };
      };
      return [`e${i}`, { from: end(from), to: end(to) }];
    }),
  );

function bodyOf(kind: 'light' | 'product', width: number): Block {
  const first =
    kind === 'light'
      ? { type: 'scale', params: { factor: 0.9 } }
      : { type: 'linear', params: { units: width, name: 'i' } };
  return {
    dims: {},
    numbers: {},
    nodes: {
      x: { type: 'block-input', params: {} },
      first,
      second: { type: 'activation', params: { function: 'tanh' } },
      y: { type: 'block-output', params: {} },
    },
    edges: wires(
      ['x.out', 'first.x'],
      [kind === 'light' ? 'first.out' : 'first.y', 'second.x'],
      ['second.y', 'y.x'],
    ),
    layout: { nodes: {} },
  };
}

function repeated(kind: 'light' | 'product', repeat: number, rows: number, width: number): GraphDocument {
  const axes = [
    { name: 'batch', size: rows },
    { name: 'i', size: width },
  ];
  return {
    ...emptyDocument('loops'),
    nodes: {
      p: { type: 'parameter', params: { axes, init: 'normal', scale: 1 } },
      use: { type: 'block', params: { block: 'body', repeat } },
      aim: { type: 'tensor', params: { axes, fill: 'normal' } },
      loss: { type: 'mse', params: {} },
      optimizer: { type: 'sgd', params: { rate: 0.01 } },
    },
    edges: wires(
      ['p.out', 'use.x'],
      ['use.y', 'loss.prediction'],
      ['aim.out', 'loss.target'],
      ['loss.loss', 'optimizer.loss'],
    ),
    blocks: { body: bodyOf(kind, width) },
  };
}

async function loaded(document: GraphDocument, without: readonly 'loops'[]) {
  const { value } = compile(document, { without });
  if (!value?.train) throw new Error('the document does not train');
  const plan: Plan = value.train.plan;
  const executable = await (await engines.wasm()).load(plan);
  for (const [name, values] of initialise(value.state, 1))
    if (Object.hasOwn(plan.inputs, name)) executable.write(name, values);
  await executable.advance(100);
  return executable;
}

/** Milliseconds that one measurement is to take, and how many there are: the best of them counts. */
const patience = 20;
const rounds = 7;

const table = [['body', 'rows', 'width', 'repeats', 'loop µs', 'written out µs', 'ratio']];
for (const kind of ['light', 'product'] as const)
  for (const [rows, width] of [
    [4, 4],
    [32, 16],
    [64, 64],
  ] as const)
    for (const repeat of [2, 3, 4, 6, 8, 12]) {
      const document = repeated(kind, repeat, rows, width);
      const both = [await loaded(document, []), await loaded(document, ['loops'])] as const;
      const time = async (executable: (typeof both)[number], steps: number) => {
        const begun = performance.now();
        await executable.advance(steps);
        return performance.now() - begun;
      };
      const steps = Math.max(1, Math.round((patience / (await time(both[0], 100))) * 100));
      const best: [number, number] = [Infinity, Infinity];
      for (let round = 0; round < rounds; round++)
        for (const i of [0, 1] as const)
          best[i] = Math.min(best[i], ((await time(both[i], steps)) / steps) * 1000);
      for (const executable of both) executable.dispose();
      const [loop, flat] = best;
      table.push(
        [kind, rows, width, repeat, loop.toFixed(1), flat.toFixed(1), (loop / flat).toFixed(2)].map(String),
      );
    }
console.log(columns(table));

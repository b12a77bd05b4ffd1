/**
 * Whatever cuts, pads and joins the rows of a batch, by small numbers and by large ones, the check either finds it at
 * fault or it compiles, the evaluation with its other number of rows included. PROPERTY_RUNS=40000 tries more
 * documents, PROPERTY_SEED=<number> others.
 */
import { expect, it } from 'vitest';
import { isError } from '../../src/base/diagnostic.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { generator } from '../support/block-documents.ts';
import { graph } from '../support/graphs.ts';

const runs = Number(process.env.PROPERTY_RUNS ?? 2000);
const first = Number(process.env.PROPERTY_SEED ?? 1) * 1_000_000;

/** Around the 30 rows of iris that are held back, around the batches, and far from both. */
const cuts = [1, 2, 3, 8, 16, 24, 25, 29, 30, 31, 40, 64, 100, 150];
const batches = [1, 7, 16, 24, 25, 30, 31, 64, 120, 300];

function randomDocument(seed: number) {
  const below = generator(seed);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const nodes: Record<string, { type: string; params?: Record<string, unknown> }> = {
    data: { type: 'dataset', params: { data: 'iris' } },
    out: { type: 'linear', params: { units: 4, name: 'f' } },
    loss: { type: 'mse' },
    sgd: { type: 'sgd' },
  };
  const wires = ['out.y > loss.prediction', 'loss.loss > sgd.loss'];
  const bound = () => (below(3) === 0 ? -pick(cuts) : pick(cuts));
  const steps = [
    () => ({
      type: 'slice',
      params: {
        axis: 'batch',
        ...(below(2) > 0 && { start: bound() }),
        ...(below(2) > 0 && { stop: bound() }),
        ...(below(3) === 0 && { step: pick([2, 7, 30, -1]) }),
      },
    }),
    () => ({ type: 'pad', params: { axes: ['batch'], before: below(2) * pick(cuts), after: below(3) } }),
    () => ({ type: 'concat', params: { axis: 'batch' } }),
  ];
  const way = (name: string): string => {
    let end = 'data.x';
    for (let k = below(4); k > 0; k--) {
      const id = `${name}${k}`;
      const node = pick(steps)();
      nodes[id] = node;
      if (node.type === 'concat') wires.push(`${end} > ${id}.a`, `${pick([end, 'data.x'])} > ${id}.b`);
      else wires.push(`${end} > ${id}.x`);
      end = node.type === 'concat' ? `${id}.out` : `${id}.y`;
    }
    return end;
  };
  wires.push(`${way('a')} > out.x`, `${way('b')} > loss.target`);
  return graph(nodes, wires, { B: pick(batches) });
}

it('is sound, or told', () => {
  let sound = 0;
  for (let k = 0; k < runs; k++) {
    const document = randomDocument(first + k);
    if (check(document).diagnostics.some(isError)) continue;
    sound++;
    const { value, diagnostics } = compile(document, {});
    expect([k, diagnostics.filter(isError), value?.evaluations.length]).toEqual([k, [], 1]);
  }
  expect(sound).toBeGreaterThan(runs / 10);
});

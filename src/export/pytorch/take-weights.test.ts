import { describe, expect, it } from 'vitest';
import { templates } from '../../../templates/index.ts';
import { graph } from '../../../test/support/graphs.ts';
import { analyse } from '../../compiler/index.ts';
import { lower } from '../../compiler/lower.ts';
import { repeatsOf } from '../../compiler/repeat/state-names.ts';
import { initialise } from '../../runtime/initialise.ts';
import { exportPytorch } from './index.ts';
import { matchWeights } from './match-weights.ts';
import { takeWeights, weightTargets } from './take-weights.ts';
import { readWeightMap } from './weight-map.ts';
import { torchTensors } from './weights.ts';

describe('weights on their way through PyTorch', () => {
  it.each(['names-lstm', 'digits-vit', 'digits-resnet', 'mps-digits', 'names-llama'])(
    '%s has the same numbers after it, by the same names',
    async (name) => {
      const document = await templates.find((template) => template.name === name)!.load();
      const analysis = analyse(document);
      const specs = lower(analysis, 'train').state;
      const state = initialise(specs, 5);
      const { model } = exportPytorch(document, { name, hasWeights: true }).value!;
      const file = torchTensors(model, analysis, specs, state);
      const targets = weightTargets(document).value!;
      const match = matchWeights(
        targets,
        [...file].map(([own, { shape }]) => ({ name: own, shape })),
      );
      expect(match).toMatchObject({ missing: [], left: [], unknown: [] });
      const taken = takeWeights(targets, match.taken, file, 'float64');
      const parameters = specs.filter(({ optimizer }) => optimizer === undefined);
      expect(taken.size).toBe(parameters.flatMap(repeatsOf).length);
      for (const spec of parameters)
        for (const { name: own, from, to } of repeatsOf(spec))
          expect([...taken.get(own)!.data]).toEqual([...Array.from(state.get(spec.name)!).slice(from, to)]);
    },
  );
});

describe('weights by a map', () => {
  /** y = x W + b, from 2 numbers to 3. */
  const line = graph(
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
      fc: { type: 'linear', params: { units: 3, name: 'c' } },
      y: { type: 'probe' },
    },
    ['x.out > fc.x', 'fc.y > y.x'],
  );
  const numbers = (shape: number[], ...data: number[]) => ({ shape, data: Float64Array.from(data) });
  const take = (map: unknown, file: Record<string, { shape: number[]; data: Float64Array }>) => {
    const read = readWeightMap(JSON.stringify(map));
    if ('error' in read) throw new Error(read.error.en);
    const targets = weightTargets(line).value!;
    const shapes = Object.entries(file).map(([name, { shape }]) => ({ name, shape }));
    const match = matchWeights(targets, shapes, read.value);
    const taken = takeWeights(targets, match.taken, new Map(Object.entries(file)), 'float64');
    return { match, taken: Object.fromEntries([...taken].map(([name, { data }]) => [name, [...data]])) };
  };

  it('turns, cuts and joins as it says', () => {
    const { match, taken } = take(
      {
        'fc.weight': { from: ['q', 'kv'], transpose: true },
        'fc.bias': { from: 'all', rows: [1, 4] },
      },
      {
        q: numbers([2, 1], 1, 2),
        kv: numbers([2, 2], 3, 4, 5, 6),
        all: numbers([5], 10, 11, 12, 13, 14),
        more: numbers([7], 0, 0, 0, 0, 0, 0, 0),
      },
    );
    // PyTorch's weight is [[1, 2], [3, 5], [4, 6]]; the graph keeps it the other way round.
    expect(taken).toEqual({ 'fc.weight': [1, 3, 4, 2, 5, 6], 'fc.bias': [11, 12, 13] });
    expect(match.left).toEqual([{ name: 'more', shape: [7] }]);
  });

  it('tells what is missing, of another shape, and unknown', () => {
    const { match, taken } = take(
      { 'fc.weight': 'w', 'fc.bias': 'nowhere', 'fc.slope': 'w' },
      { w: numbers([4, 2], 1, 2, 3, 4, 5, 6, 7, 8) },
    );
    expect(taken).toEqual({});
    expect(match).toMatchObject({
      missing: [
        { name: 'fc.weight', shape: [3, 2], why: 'shape', from: ['w'], was: [4, 2] },
        { name: 'fc.bias', shape: [3], why: 'absent', from: ['nowhere'] },
      ],
      unknown: ['fc.slope'],
    });
  });

  it('a map that is none says where', () => {
    expect(readWeightMap('[1')).toMatchObject({ error: { en: 'it is not JSON' } });
    expect(readWeightMap('{"a": {"form": "b"}}')).toMatchObject({
      error: { en: 'it makes no sense at “a”' },
    });
    expect(readWeightMap('{"a": {"from": "b", "rows": [2]}}')).toHaveProperty('error');
  });
});

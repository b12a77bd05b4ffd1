import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { analyse, compile } from '../compiler/index.ts';
import { engines } from '../numeric/index.ts';
import { evaluateOnce } from '../runtime/index.ts';
import { lookInside } from './look-inside.ts';

const load = (name: string) => templates.find((t) => t.name === name)!.load();

async function look(template: string, node: string) {
  const document = await load(template);
  const options = { dtype: 'float32' as const, from: undefined, engine: () => engines.wasm() };
  return lookInside(analyse(document), node, options);
}

/** What each operation does, in order. */
async function formulas(template: string, node: string, phase: 'forward' | 'backward' = 'forward') {
  const { graph } = (await look(template, node))!;
  const outside = new Set(['given', 'parameter', 'forward', 'constant', 'result', 'gradient']);
  return graph.cards.flatMap((card) =>
    card.phase === phase && !outside.has(card.kind) ? [`${card.kind} ${card.formula}`] : [],
  );
}

describe('what a node is made of', () => {
  it('of a linear layer is a contraction and a sum; its gradient are two more', async () => {
    expect(await formulas('iris-mlp', 'hidden')).toEqual(['contract ij, jk → ik', 'map a + b']);
    expect(await formulas('iris-mlp', 'hidden', 'backward')).toEqual([
      'contract ij → j',
      'contract ij, ik → kj',
    ]);
  });

  it('of attention is two contractions and a softmax', async () => {
    expect(
      (await formulas('digits-attention', 'attend/attention')).filter((f) => !f.startsWith('reshape')),
    ).toEqual([
      // 1/√8 of the scores, over 8 of the width in each of 4 heads.
      'contract 0.3536 · ijkl, imkl → ikjm',
      'reduce max 4',
      'map a - b',
      'map exp(a)',
      'contract ijkl → ijk',
      'map 1/(a)',
      'map a · b',
      'contract ijkl, iljm → ikjm',
    ]);
  });

  it('of layer norm are a few sums', async () => {
    const all = await formulas('digits-attention', 'attend/norm');
    expect(all.filter((f) => f.startsWith('contract'))).toEqual([
      'contract 0.03125 · ijk → ij',
      'contract 0.03125 · ijk → ij',
    ]);
  });

  it('of a gradient points at the node that each factor comes from', async () => {
    const { graph } = (await look('quadratic-bowl', 'slope'))!;
    const factors = graph.cards.flatMap(({ kind, formula, node }) =>
      kind === 'contract' ? [[formula, node]] : [],
    );
    expect(factors).toEqual([
      ['−i → i', 'linear'],
      ['0.5 · ij, j → i', 'quadratic'],
      ['0.5 · i, ij → j', 'quadratic'],
    ]);
  });

  it('of an optimizer is its step, and not the derivatives that it asks for', async () => {
    const { graph } = (await look('linear-regression', 'optimizer'))!;
    expect(graph.cards.some(({ phase }) => phase === 'backward')).toBe(false);
    expect(await formulas('linear-regression', 'optimizer')).toEqual([
      'map a - (0.2 · b)',
      'map a - (0.2 · b)',
    ]);
  });

  it('in a repeat is drawn without numbers; a block and a node that is not there have none', async () => {
    const repeated = (await look('digits-transformer', 'encoder/0/attend/norm'))!;
    expect(repeated.graph.measurable).toBe(false);
    expect(repeated.values).toEqual({});
    expect(await look('digits-transformer', 'encoder')).toBeUndefined();
    expect(await look('iris-mlp', 'missing')).toBeUndefined();
  });

  it('is wired from what comes in to what goes out', async () => {
    const { graph } = (await look('digits-attention', 'attend/attention'))!;
    const ids = new Set(graph.cards.map(({ id }) => id));
    expect(ids.size).toBe(graph.cards.length);
    for (const { from, to, value } of graph.wires) {
      expect(ids.has(from) && ids.has(to)).toBe(true);
      expect(graph.values[value]).toBeDefined();
    }
    for (const card of graph.cards)
      for (const input of card.inputs)
        expect(graph.wires.filter((wire) => wire.to === card.id && wire.input === input)).toHaveLength(1);
    const results = graph.cards.filter(({ kind }) => kind === 'result');
    expect(results.map(({ name }) => name)).toEqual(['y']);
    expect(graph.values[results[0]!.value]).toEqual({ shape: [64, 8, 32], axes: ['batch', 't', 'd'] });
    expect(
      graph.cards
        .filter(({ kind }) => kind === 'gradient')
        .map(({ node }) => node)
        .sort(),
    ).toEqual(['attend/key', 'attend/query', 'attend/value']);
  });
});

describe('the values of it', () => {
  it.each([
    ['iris-mlp', 'hidden', 'hidden.y'],
    ['quadratic-bowl', 'slope', 'slope.out'],
  ])('%s %s: what goes out is what the port holds', async (template, node, port) => {
    const { graph, values } = (await look(template, node))!;
    const compiled = compile(await load(template), { dtype: 'float32', expose: 'all' }).value!;
    const shown = (await evaluateOnce(compiled, await engines.wasm())).value!;
    const result = graph.cards.find(({ kind }) => kind === 'result')!;
    expect(values[result.value]!.data).toEqual(shown[port]!.data);
    // Every wire has its value.
    for (const { value } of graph.wires) expect(values[value]).toBeDefined();
  });
});

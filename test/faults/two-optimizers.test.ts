/**
 * The kind: what compiling refuses and the check let pass, so that the page's list of problems was empty until
 * somebody pressed Run. Two optimizers, of whatever types, on one parameter are told by the check.
 *
 * Also found: they meet by a shared layer, inside of blocks, and by what a repeat carries to its next iteration;
 * where another error stood in the graph too, the values on the wires were refused instead of shown.
 */
import { describe, expect, it } from 'vitest';
import { check, compile } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';
import { errorsOf, faultGraph } from '../support/train.ts';

describe('two optimizers on one parameter', () => {
  it('are told at the second, with the first and the parameter', () => {
    const [told] = check(faultGraph('two-optimizers')).diagnostics;
    expect(told).toMatchObject({
      code: 'two-optimizers',
      severity: 'error',
      node: 'b',
      related: [{ node: 'a' }, { node: 'p' }],
    });
    expect(compile(faultGraph('two-optimizers')).value).toBeUndefined();
  });

  it.each([
    ['sgd', 'sgd'],
    ['sgd', 'adam'],
    ['adam', 'adam'],
  ])('of types %s and %s, through a layer that both losses share', (first, second) => {
    const losses = (wires: readonly string[]) =>
      graph(
        {
          data: { type: 'dataset', params: { data: 'iris' } },
          shared: { type: 'linear', params: { units: 3, name: 'c' } },
          own: { type: 'linear', params: { units: 3, name: 'c' } },
          a: { type: 'cross-entropy' },
          b: { type: 'cross-entropy' },
          one: { type: first },
          two: { type: second },
        },
        [
          'data.x > shared.x',
          'data.x > own.x',
          'shared.y > a.logits',
          'data.y > a.target',
          'data.y > b.target',
          'a.loss > one.loss',
          'b.loss > two.loss',
          ...wires,
        ],
        { B: 32 },
      );
    expect(errorsOf(losses(['shared.y > b.logits']))).toEqual(['two-optimizers']);
    // Each with parameters of its own is right.
    expect(errorsOf(losses(['own.y > b.logits']))).toEqual([]);
    expect(compile(losses(['own.y > b.logits'])).value?.train).toBeDefined();
  });

  it('are no fault where one reads the parameter as its rate', () => {
    const document = graph(
      { p: { type: 'parameter' }, q: { type: 'parameter' }, a: { type: 'sgd' }, b: { type: 'sgd' } },
      ['p.out > a.loss', 'q.out > b.loss', 'p.out > b.rate'],
    );
    expect(errorsOf(document)).toEqual([]);
    expect(compile(document).value?.train).toBeDefined();
  });

  it('beside another error leave what is sound to be shown', () => {
    const { nodes, ...rest } = faultGraph('two-optimizers');
    const document = { ...rest, nodes: { ...nodes, broken: { type: 'scale', params: {} } } };
    expect(errorsOf(document)).toEqual(['missing-input']);
    expect(compile(document, { partial: true }).value?.forward).toBeDefined();
  });
});

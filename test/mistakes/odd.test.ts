/** What is only odd – names against letters, labels for quantities – is told where it is, and never where somebody may well mean it. */
import { describe, expect, it } from 'vitest';
import { check } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';

const tensor = (...axes: [name: string, size: number | string][]) => ({
  type: 'tensor',
  params: { axes: axes.map(([name, size]) => ({ name, size })), fill: 'normal' },
});
const contraction = (expression: string, a: ReturnType<typeof tensor>, b = a) =>
  graph({ a, b, c: { type: 'contract', params: { expression } } }, ['a.out > c.a', 'b.out > c.b']);
const digits = { type: 'dataset', params: { data: 'digits' } };
const moons = { type: 'dataset', params: { data: 'two-moons' } };
const told = (document: Parameters<typeof check>[0]) =>
  check(document).diagnostics.map(({ code, node }) => `${code} at ${node}`);

describe('names against an expression', () => {
  const x = tensor(['row', 4], ['in', 4]);
  it.each([
    ['a square weight read the wrong way round', 'ri,io->ro', x, tensor(['out', 4], ['in', 4])],
    ['the rows summed against the inputs of a weight', 'bi,bo->io', x, tensor(['in', 4], ['out', 4])],
  ])('%s', (_, expression, a, b) => {
    expect(told(contraction(expression, a, b))).toEqual(['names-crossed at c']);
  });

  const map = tensor(['i', 3], ['j', 3]);
  it.each([
    ['the product of two maps of one space', 'ij,jk->ik', map, tensor(['i', 3], ['j', 3])],
    ['a map after itself', 'ij,jk->ik', map, map],
    ['a Gram matrix', 'ij,kj->ik', map, map],
    ['the trace of a product', 'ij,ji->', map, map],
    ['other names throughout', 'ab,bc->ac', map, tensor(['p', 3], ['q', 3])],
    ['letters that are not the names', 'xy,yz->xz', map, tensor(['j', 3], ['k', 3])],
    ['an outer product', 'ab,cd->abcd', map, tensor(['j', 3], ['i', 3])],
  ])('nothing of %s', (_, expression, a, b) => {
    expect(told(contraction(expression, a, b))).toEqual([]);
  });

  it('nothing of a quadratic form, whose vector stands twice', () => {
    const form = graph(
      { x: tensor(['i', 3]), A: map, c: { type: 'contract', params: { expression: 'i,ij,j->' } } },
      ['x.out > c.a', 'A.out > c.b', 'x.out > c.c'],
    );
    expect(told(form)).toEqual([]);
  });

  it('nothing beside sizes that contradict each other', () => {
    const W = tensor(['out', 5], ['in', 4]);
    expect(told(contraction('ri,io->ro', x, W))).toEqual(['size-conflict at c']);
  });
});

describe('what numbers stand for', () => {
  const into = (type: string, from: string, params = {}, data = digits) =>
    graph({ data, n: { type, params } }, [`data.${from} > n.x`], { B: 8 });

  it.each(['linear', 'softmax', 'layer-norm'])('class numbers in a node of type %s', (type) => {
    expect(told(into(type, 'y'))).toContain('labels-as-quantities at n');
  });
  it('class numbers in a squared error', () => {
    const document = graph(
      { data: digits, n: { type: 'mse' } },
      ['data.y > n.prediction', 'data.y > n.target'],
      {
        B: 8,
      },
    );
    expect(told(document)).toEqual(['labels-as-quantities at n', 'labels-as-quantities at n']);
  });
  it('measurements as rows of a table, or as classes', () => {
    expect(told(into('embedding', 'x'))).toEqual(['continuous-as-indices at n']);
    expect(told(into('one-hot', 'x'))).toEqual(['continuous-as-indices at n']);
    const loss = graph(
      {
        data: { type: 'dataset', params: { data: 'line' } },
        s: { type: 'contract', params: { expression: 'bo->b' } },
        h: { type: 'linear', params: { units: 2 } },
        t: { type: 'cross-entropy' },
      },
      ['data.x > h.x', 'h.y > t.logits', 'data.y > s.a', 's.out > t.target'],
      { B: 8 },
    );
    // What has been computed with may be anything.
    expect(told(loss)).toEqual([]);
  });
  it('more classes than rows', () => {
    expect(told(into('embedding', 'y', { count: 9 }))).toEqual(['too-few-rows at n']);
    expect(told(into('one-hot', 'y', { classes: 9 }))).toEqual(['too-few-rows at n']);
  });
  it.each([
    ['two classes, which are a quantity', into('linear', 'y', {}, moons)],
    ['class numbers in a table', into('embedding', 'y')],
    ['class numbers as rows', into('one-hot', 'y')],
    ['class numbers that are scaled first', into('scale', 'y')],
    ['measurements in a layer', into('linear', 'x')],
  ])('nothing of %s', (_, document) => {
    expect(told(document)).toEqual([]);
  });
});

it('a layer that names its axis like another', () => {
  const layers = (name: string) =>
    graph({ a: tensor(['t', 3], ['h', 4], ['i', 5]), n: { type: 'linear', params: { units: 2, name } } }, [
      'a.out > n.x',
    ]);
  expect(told(layers('h'))).toEqual(['name-twice at n']);
  expect(told(layers('i'))).toEqual([]);
});

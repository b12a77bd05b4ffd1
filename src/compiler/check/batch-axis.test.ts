import { describe, expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { analyse } from '../analyse.ts';
import type { PortTypes } from './inferred.ts';

/** Axes of an output, the batch in brackets. */
const show = (types: PortTypes | undefined, port: string) =>
  types?.[port]?.axes.map(({ name, batch }) => (batch ? `[${name}]` : name)).join(' ');

const cells = [
  { name: 'c', size: 1 },
  { name: 'h', size: 8 },
];
/** Digits of 64 pixels, x […, p] and y [batch], into one node or through a Rearrange before it. */
const through = (type: string, params: Record<string, unknown>, port = 'x', from = 'data.x') =>
  graph(
    {
      data: { type: 'dataset' },
      image: { type: 'rearrange', params: { pattern: 'b (c h w) -> b c h w', sizes: cells } },
      other: {
        type: 'parameter',
        params: {
          axes: [
            { name: 'b', size: 'B' },
            { name: 'p', size: 64 },
          ],
        },
      },
      node: { type, params },
    },
    ['data.x > image.x', `${from} > node.${port}`, ...(port === 'a' ? ['other.out > node.b'] : [])],
    { B: 32 },
  );
const axesAfter = (...of: Parameters<typeof through>) => {
  const outputs = analyse(through(...of)).inferred('node')?.outputs;
  return show(outputs, Object.keys(outputs ?? {})[0] ?? '');
};

describe('the axis of the batch', () => {
  it('is told by data sets, of every column', () => {
    const types = analyse(through('probe', {})).inferred('data')?.outputs;
    expect([show(types, 'x'), show(types, 'y')]).toEqual(['[batch] p', '[batch]']);
  });

  it.each([
    ['linear', {}, '[batch] h'],
    ['activation', {}, '[batch] p'],
    ['softmax', {}, '[batch] p'],
    ['layer-norm', {}, '[batch] p'],
    ['scale', {}, '[batch] p'],
    ['dropout', {}, '[batch] p'],
    ['slice', { axis: 'batch', stop: 4 }, '[batch] p'],
    ['slice', { axis: 'p', stop: 4 }, '[batch] p'],
    ['pad', { axes: ['p'], after: 1 }, '[batch] p'],
    ['rearrange', { pattern: 'b p -> p b' }, 'p [b]'],
  ])('is handed on by %s %j', (type, params, expected) => {
    expect(axesAfter(type, params)).toBe(expected);
  });

  it.each([
    ['conv2d', { channels: 3 }, '[b] c h w'],
    ['max-pool', {}, '[b] c h w'],
    ['flatten', {}, '[b] p'],
  ])('is handed on by %s of images', (type, params, expected) => {
    expect(axesAfter(type, params, 'x', 'image.y')).toBe(expected);
  });

  it.each([
    ['one-hot', { classes: 10 }, '[batch] c'],
    ['embedding', { count: 10 }, '[batch] d'],
  ])('is handed on by %s of labels', (type, params, expected) => {
    expect(axesAfter(type, params, 'x', 'data.y')).toBe(expected);
  });

  it('is that of the result where it meets another, whichever comes first', () => {
    for (const type of ['add', 'multiply'])
      for (const [a, b] of [
        ['data.x', 'other.out'],
        ['other.out', 'data.x'],
      ]) {
        const document = through(type, {}, 'a', a);
        document.edges.e3 = {
          from: { node: (b as string).split('.')[0] as string, port: (b as string).split('.')[1] as string },
          to: { node: 'node', port: 'b' },
        };
        expect(show(analyse(document).inferred('node')?.outputs, 'out')).toMatch(/^\[b(atch)?\] p$/);
      }
    expect(axesAfter('contract', { expression: 'bp,bp->b' }, 'a')).toBe('[batch]');
    expect(axesAfter('contract', { expression: 'bp,cp->bc' }, 'a')).toBe('[batch] b');
  });

  it.each([
    ['a batch that is padded', 'pad', { axes: ['batch'], after: 1 }, 'batch p'],
    ['one merged with another axis', 'rearrange', { pattern: 'b p -> (b p)' }, 'bp'],
    [
      'one that is split',
      'rearrange',
      { pattern: '(g b) p -> g b p', sizes: [{ name: 'g', size: 2 }] },
      'g b p',
    ],
    ['one joined to rows that are no examples', 'concat', { axis: 'batch' }, 'batch p'],
  ])('is not %s', (_, type, params, expected) => {
    const port = type === 'concat' ? 'a' : 'x';
    expect(axesAfter(type, params, port)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { graph } from '../../test/support/graphs.ts';
import { costsOf, type GraphCosts } from './graph-costs.ts';

const priced = (document: Parameters<typeof costsOf>[0]): GraphCosts => {
  const { value, diagnostics } = costsOf(document);
  if (!value) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
  return value;
};
const axes = (written: string) =>
  written.split(', ').map((axis) => ({ name: axis.split(' ')[0], size: Number(axis.split(' ')[1]) }));

describe('what a graph takes', () => {
  it('is told node by node: learned numbers, operations, bytes', () => {
    const { nodes, parameters, weightBytes, inference } = priced(
      graph(
        {
          x: { type: 'input', params: { axes: axes('b 4, f 10') } },
          h: { type: 'linear', params: { units: 20 } },
          y: { type: 'linear', params: { units: 3, bias: false } },
        },
        ['x.out > h.x', 'h.y > y.x'],
      ),
    );
    const of = (id: string) => nodes.find(({ node }) => node === id);
    expect([of('h')?.parameters, of('y')?.parameters]).toEqual([220, 60]);
    // 4 · 10 · 20 multiply-adds and 80 additions of the bias; 4 · 20 · 3.
    expect([of('h')?.operations, of('y')?.operations]).toEqual([880, 240]);
    expect(of('y')?.bytes).toBe(4 * 3 * 4);
    expect(parameters).toBe(280);
    expect(weightBytes).toBe(1120);
    expect(inference.operations).toBe(1120);
    expect(inference.bytes).toBeGreaterThanOrEqual(1120);
  });

  it('has the receptive field of convolutions and pooling', () => {
    // k 3; k 3, s 2; pool 2; k 3, d 2: 3, 5, then 5 + 1·2 = 7 at jump 4, then 7 + 4·4 = 23.
    const { nodes } = priced(
      graph(
        {
          x: { type: 'input', params: { axes: axes('n 1, c 1, h 64, w 64') } },
          a: { type: 'conv2d', params: { channels: 2, kernel: 3 } },
          relu: { type: 'activation' },
          b: { type: 'conv2d', params: { channels: 2, kernel: 3, stride: 2 } },
          p: { type: 'max-pool', params: { kernel: 2 } },
          c: { type: 'conv2d', params: { channels: 2, kernel: [3, 1], dilation: 2 } },
        },
        ['x.out > a.x', 'a.y > relu.x', 'relu.y > b.x', 'b.y > p.x', 'p.y > c.x'],
      ),
    );
    const fields = nodes.flatMap(({ node, field }) => (field ? [[node, ...field]] : []));
    expect(fields).toEqual([
      ['a', 3, 3],
      ['b', 5, 5],
      ['p', 7, 7],
      ['c', 23, 7],
    ]);
  });

  it.each([
    ['digits-mlp', 64 * 64 + 64 + 64 * 10 + 10],
    ['linear-regression', undefined],
    ['digits-transformer', undefined],
    ['digits-cnn', 3130],
  ])('counts the parameters of %s, and what training takes beside them', async (name, count) => {
    const { parameters, training, inference, nodes } = priced(
      await templates.find((template) => template.name === name)!.load(),
    );
    if (count !== undefined) expect(parameters).toBe(count);
    expect(nodes.reduce((sum, node) => sum + node.parameters, 0)).toBe(parameters);
    const operations = nodes.reduce((sum, node) => sum + node.operations, 0);
    expect(Math.abs(operations - inference.operations)).toBeLessThanOrEqual(0.001 * inference.operations);
    expect(training!.operations).toBeGreaterThan(inference.operations);
    expect(training!.bytes).toBeGreaterThan(inference.bytes);
  });

  it('prices weights that no memory would hold, at once', () => {
    const begun = performance.now();
    const { parameters, weightBytes } = priced(
      graph(
        {
          x: { type: 'input', params: { axes: axes('b 1, f 200000') } },
          h: { type: 'linear', params: { units: 200_000, bias: false } },
        },
        ['x.out > h.x'],
      ),
    );
    expect(parameters).toBe(4e10);
    expect(weightBytes).toBe(1.6e11);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('says why a graph has no price', () => {
    const { value, diagnostics } = costsOf(graph({ h: { type: 'linear', params: { units: 3 } } }, []));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toContain('missing-input');
  });
});

import { describe, expect, it } from 'vitest';
import { templates } from '../../../templates/index.ts';
import { exampleGraph } from '../../../test/support/example-graph.ts';
import { graph } from '../../../test/support/graphs.ts';
import { catalogue } from '../../catalogue/index.ts';
import { check, compile } from '../index.ts';

const said = (...document: Parameters<typeof graph>) =>
  check(graph(...document)).diagnostics.map((d) => [d.code, d.node]);
const vector = { axes: [{ name: 'i', size: 3 }] };

describe('the structure of a graph', () => {
  it('a parameter beside the training, one behind a count, and neither where the gradient reaches', () => {
    const nodes = {
      data: { type: 'dataset', params: { data: 'iris' } },
      fc: { type: 'linear', params: { units: 3 } },
      loss: { type: 'cross-entropy' },
      right: { type: 'accuracy' },
      sgd: { type: 'sgd' },
    };
    const wires = ['data.x > fc.x', 'fc.y > loss.logits', 'data.y > loss.target'];
    expect(said(nodes, [...wires, 'loss.loss > sgd.loss'], { B: 4 })).toEqual([
      ['missing-input', 'right'],
      ['missing-input', 'right'],
    ]);
    const counted = [...wires, 'fc.y > right.logits', 'data.y > right.target'];
    expect(said(nodes, [...counted, 'loss.loss > sgd.loss'], { B: 4 })).toEqual([]);
    expect(said(nodes, [...counted, 'right.accuracy > sgd.loss'], { B: 4 })).toEqual([
      ['no-parameters', 'sgd'],
      ['gradient-blocked', 'fc'],
    ]);
    const beside = { ...nodes, w: { type: 'parameter' }, p: { type: 'probe' } };
    expect(said(beside, [...counted, 'loss.loss > sgd.loss', 'w.out > p.x'], { B: 4 })).toEqual([
      ['no-gradient', 'w'],
    ]);
  });

  it('a derivative by another output than the one the function is computed from', () => {
    const nodes = {
      x: { type: 'parameter', params: vector },
      s: { type: 'contract', params: { expression: 'i,i->' } },
      g: { type: 'gradient' },
      y: { type: 'scale' },
    };
    const wires = ['x.out > s.a', 'x.out > s.b', 's.out > g.of', 'x.out > y.x'];
    expect(said(nodes, [...wires, 'x.out > g.by'])).toEqual([]);
    expect(said(nodes, [...wires, 'y.out > g.by'])).toEqual([['gradient-zero', 'g']]);
    expect(said(nodes, [...wires, 's.out > g.by'])).toEqual([]);
  });

  it('a function of another output, and one of parameters where there are none', () => {
    const nodes = {
      x: { type: 'parameter', params: vector },
      t: { type: 'tensor', params: vector },
      s: { type: 'contract', params: { expression: 'i,i->' } },
      top: { type: 'lambda-max' },
    };
    const of = (source: string) => [`${source}.out > s.a`, `${source}.out > s.b`, 's.out > top.of'];
    expect(said(nodes, [...of('x')])).toEqual([]);
    expect(said(nodes, [...of('x'), 'x.out > top.by'])).toEqual([]);
    expect(said(nodes, [...of('x'), 't.out > top.by'])).toEqual([['function-constant', 'top']]);
    expect(said(nodes, [...of('t')])).toEqual([['no-parameters', 'top']]);
    const flow = { ...nodes, flow: { type: 'integrate' }, force: { type: 'scale' } };
    const drawn = (start: string) => [
      ...of('x'),
      'x.out > force.x',
      'force.out > flow.field',
      `${start}.out > flow.state`,
    ];
    expect(said(flow, drawn('x'))).toEqual([]);
    expect(said(flow, drawn('t'))).toEqual([['function-constant', 'flow']]);
  });

  it('ends that nothing reads, but only in a graph that is for something, and only once it is whole', () => {
    const nodes = { a: { type: 'tensor' }, b: { type: 'tensor' } };
    expect(said(nodes)).toEqual([]);
    const seen = { ...nodes, p: { type: 'probe' } };
    expect(said(seen, ['a.out > p.x'])).toEqual([['unused', 'b']]);
    expect(said({ ...seen, s: { type: 'scale' } }, ['a.out > p.x'])).toEqual([['missing-input', 's']]);
  });

  it.each(templates)('says nothing about the template $name', async ({ load }) => {
    expect(check(await load()).diagnostics).toEqual([]);
  });

  it.each(catalogue.map((definition) => [definition.type, definition] as const))(
    '%s says truly whether it learns',
    (_, definition) => {
      for (const example of definition.examples) {
        const { value } = compile(exampleGraph(definition, example));
        const params = definition.params.parse(example.params ?? {});
        const learned = value?.state.some((s) => s.trainable && s.name.startsWith('node.')) ?? false;
        const wired = Object.keys(example.inputs ?? {});
        expect(learned).toBe(definition.learns?.(params, wired) ?? false);
      }
    },
  );
});

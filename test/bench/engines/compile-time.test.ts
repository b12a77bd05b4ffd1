import { expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import { compile } from '../../../src/compiler/index.ts';
import { stackLayers } from './compile-time.ts';

const wire = (from: string, fromPort: string, to: string, toPort: string) => ({
  from: { node: from, port: fromPort },
  to: { node: to, port: toPort },
});

const axes = [
  { name: 'b', size: 4 },
  { name: 'i', size: 3 },
];

const block: GraphDocument = {
  ...emptyDocument('block'),
  nodes: {
    x: { type: 'input', params: { axes } },
    y: { type: 'input', params: { axes } },
    layer: { type: 'linear', params: { units: 3, name: 'i' } },
    sum: { type: 'add', params: {} },
    loss: { type: 'mse', params: {} },
    optimizer: { type: 'sgd', params: {} },
  },
  edges: {
    a: wire('x', 'out', 'layer', 'x'),
    b: wire('x', 'out', 'sum', 'a'),
    c: wire('layer', 'y', 'sum', 'b'),
    d: wire('sum', 'out', 'loss', 'prediction'),
    e: wire('y', 'out', 'loss', 'target'),
    f: wire('loss', 'loss', 'optimizer', 'loss'),
  },
};

it('one layer is the graph itself, under other names', () => {
  const { value } = compile(stackLayers(block, 1));
  expect(value?.train?.plan.steps).toHaveLength(compile(block).value?.train?.plan.steps.length ?? 0);
});

it('every layer reads the one before it and has parameters of its own', () => {
  const { value, diagnostics } = compile(stackLayers(block, 3));
  expect(diagnostics).toEqual([]);
  const trained = value?.state.filter((s) => s.trainable).map((s) => s.name) ?? [];
  expect(trained.sort()).toEqual(
    [0, 1, 2].flatMap((layer) => [`layer-${layer}.bias`, `layer-${layer}.weight`]),
  );
});

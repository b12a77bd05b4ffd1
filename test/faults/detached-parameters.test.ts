/**
 * The kind: parameters that the loss depends on only where no gradient passes – as a label, a row number, a
 * count. Their gradient is 0 everywhere, but weight decay and momentum changed them all the same, so that a
 * label moved to another class. An optimizer leaves them alone, as PyTorch leaves a tensor whose grad is None.
 *
 * Also found: numbers that become a one-hot or choose rows of a table, inside of repeats too; the check called
 * a label trained, since whether the target of a cross-entropy is a label follows from its axes.
 */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { graph } from '../support/graphs.ts';
import { eventsOf, faultGraph } from '../support/train.ts';

/** A parameter after some steps. */
async function trainedTo(document: GraphDocument, name: string, steps: number): Promise<number[]> {
  const last = (await eventsOf(document, { steps })).at(-1);
  if (last?.type !== 'finished') throw new Error(JSON.stringify(last));
  return [...(last.checkpoint.tensors.get(name)?.data ?? [])];
}

const codesOf = (document: GraphDocument) =>
  check(document).diagnostics.map(({ code, node }) => `${code} ${node}`);
/** Of the state that optimizers keep: for which parameters. */
const keptFor = (document: GraphDocument) =>
  new Set(compile(document).value?.state.flatMap(({ of }) => of ?? []));

describe('a label that is a parameter', () => {
  it('stays what it is under weight decay, and the loss that of its class', async () => {
    const document = faultGraph('label-decays');
    expect(await trainedTo(document, 'label.value', 300)).toEqual([1]);
    expect(keptFor(document)).toEqual(new Set(['logits.value']));
    expect(codesOf(document)).toContain('gradient-blocked label');
    // Three scores that are pushed to class 1 and decay: the gradient is softmax − (0, 1, 0).
    const [a = 0, b = 0, c = 0] = await trainedTo(document, 'logits.value', 300);
    expect(b).toBeGreaterThan(a);
    expect(b).toBeGreaterThan(c);
  });

  it('is trained where it is a probability for each class', () => {
    const { nodes, ...rest } = faultGraph('label-decays');
    const axes = [
      { name: 'b', size: 1 },
      { name: 'c', size: 3 },
    ];
    const label = { type: 'parameter', params: { axes, init: 'values', values: [0, 1, 0] } };
    const document = { ...rest, nodes: { ...nodes, label } };
    expect(keptFor(document)).toEqual(new Set(['logits.value', 'label.value']));
    expect(codesOf(document)).toEqual([]);
  });
});

const two = [{ name: 'b', size: 2 }];
const row = { type: 'parameter', params: { axes: two, init: 'values', values: [1, 0] } };

it.each([
  ['a one-hot', { type: 'one-hot', params: { classes: 2 } }, 'x', 'y'],
  ['rows of a table', { type: 'embedding', params: { count: 3, units: 2 } }, 'x', 'y'],
])('numbers that become %s are not trained', async (_, node, port, out) => {
  const document = graph(
    {
      row,
      w: { type: 'parameter', params: { axes: [...two, { name: 'c', size: 2 }] } },
      node,
      loss: { type: 'mse' },
      adam: { type: 'adamw', params: { rate: 0.1, decay: 0.5 } },
    },
    [
      `row.out > node.${port}`,
      `node.${out} > loss.prediction`,
      'w.out > loss.target',
      'loss.loss > adam.loss',
    ],
  );
  expect(await trainedTo(document, 'row.value', 5)).toEqual([1, 0]);
  expect(codesOf(document)).toContain('gradient-blocked row');
});

it('neither are they inside of a repeat, while what the next iteration takes in is', async () => {
  const port = (type: string) => ({ type, params: {} });
  const document: GraphDocument = {
    ...graph(
      {
        start: { type: 'parameter', params: { axes: two } },
        part: { type: 'block', params: { block: 'part', repeat: 3 } },
        zero: { type: 'tensor', params: { axes: two } },
        loss: { type: 'mse' },
        sgd: { type: 'sgd', params: { rate: 0.1, momentum: 0.9 } },
      },
      [
        'start.out > part.x',
        'start.out > part.z',
        'part.y > loss.prediction',
        'zero.out > loss.target',
        'loss.loss > sgd.loss',
      ],
    ),
    blocks: {
      part: {
        dims: {},
        numbers: {},
        layout: { nodes: {} },
        // y ← x + z, z ← z + carried: what is carried reaches y only in the next iteration.
        nodes: {
          x: port('block-input'),
          z: port('block-input'),
          carried: { type: 'parameter', params: { axes: two } },
          label: { type: 'parameter', params: { axes: two, init: 'ones' } },
          hot: { type: 'one-hot', params: { classes: 2 } },
          count: { type: 'contract', params: { expression: 'bc->b' } },
          sum: { type: 'add', params: {} },
          more: { type: 'add', params: {} },
          counted: { type: 'add', params: {} },
          y: port('block-output'),
          next: port('block-output'),
        },
        edges: graph({}, [
          'x.out > sum.a',
          'z.out > sum.b',
          'label.out > hot.x',
          'hot.y > count.a',
          'count.out > counted.b',
          'sum.out > counted.a',
          'counted.out > y.x',
          'z.out > more.a',
          'carried.out > more.b',
          'more.out > next.x',
        ]).edges,
      },
    },
  };
  expect(keptFor(document)).toEqual(new Set(['start.value', 'part/*/carried.value']));
  expect(codesOf(document)).toEqual(['gradient-blocked part/0/label']);
});

/** Graphs that provoke the codes of held-back-codes.ts. */
import type { heldBackCodes } from '../../base/codes/held-back-codes.ts';
import { check, linear, type Provocation, tensor } from './sketches.ts';

/** A mean of squares of what a node makes of iris, in batches of 64, with 30 rows held back. */
const trainedOnIris = (node: Parameters<typeof check>[0], output: string, more: readonly string[] = []) =>
  check(
    {
      data: { type: 'dataset', params: { data: 'iris' } },
      ...node,
      w: { type: 'linear', params: { units: 1, bias: false } },
      loss: { type: 'mse' },
      sgd: { type: 'sgd' },
    },
    [
      'data.x > l.x',
      `${output} > w.x`,
      'w.y > loss.prediction',
      'w.y > loss.target',
      'loss.loss > sgd.loss',
      ...more,
    ],
    { B: 64 },
  );

export const heldBackExamples: Readonly<Record<keyof typeof heldBackCodes, Provocation>> = {
  'learned-by-batch': trainedOnIris({ l: { type: 'linear', params: { units: 'B' } } }, 'l.y'),
  'held-back-size': trainedOnIris({ l: { type: 'slice', params: { axis: 'batch', start: 31 } } }, 'l.y'),
  'held-back-conflict': trainedOnIris(
    {
      l: { type: 'rearrange', params: { pattern: 'batch f -> f batch' } },
      a: { type: 'attention', params: { heads: 4 } },
      back: { type: 'rearrange', params: { pattern: 'f batch -> batch f' } },
    },
    'back.y',
    ['l.y > a.q', 'l.y > a.k', 'l.y > a.v', 'a.y > back.x'],
  ),
  'held-back-batch': check(
    {
      data: { type: 'dataset', params: { data: 'iris' } },
      other: tensor('b 8, f 4'),
      loss: { type: 'mse' },
      sgd: { type: 'sgd' },
      model: linear(4, 'f'),
    },
    ['data.x > model.x', 'model.y > loss.prediction', 'other.out > loss.target', 'loss.loss > sgd.loss'],
    { B: { free: true } },
  ),
  'held-back-uneven': check(
    {
      left: { type: 'dataset', params: { data: 'iris' } },
      right: { type: 'dataset', params: { data: 'iris', test: 0.5 } },
      model: linear(4, 'f'),
      loss: { type: 'mse' },
      sgd: { type: 'sgd' },
    },
    ['left.x > model.x', 'model.y > loss.prediction', 'right.x > loss.target', 'loss.loss > sgd.loss'],
    { B: 32 },
  ),
  'rows-apart': check(
    {
      inputs: { type: 'dataset', params: { data: 'iris' } },
      labels: { type: 'dataset', params: { data: 'iris', splitSeed: 2 } },
      model: linear(3, 'c'),
      loss: { type: 'cross-entropy' },
      sgd: { type: 'sgd' },
    },
    ['inputs.x > model.x', 'model.y > loss.logits', 'labels.y > loss.target', 'loss.loss > sgd.loss'],
    { B: 32 },
  ),
};

/** Edge cases of the common node types. */
import type { Setting } from '../cases.ts';

export const torchCases: Readonly<Record<string, readonly Setting[]>> = {
  activation: [
    // Kinks, where a derivative has to be chosen.
    { params: { function: 'relu' }, inputs: { x: { axes: 'i 3', values: [0, -0, 1] } }, about: 'at 0' },
    { params: { function: 'abs' }, inputs: { x: { axes: 'i 3', values: [0, -0, 1] } }, about: 'at 0' },
    {
      params: { function: 'softplus' },
      inputs: { x: { axes: 'i 4', values: [-40, 40, 0, 1] } },
      about: 'far out',
    },
    {
      params: { function: 'sigmoid' },
      inputs: { x: { axes: 'i 4', values: [-40, 40, 0, 1] } },
      about: 'far out',
    },
    {
      params: { function: 'silu' },
      inputs: { x: { axes: 'i 4', values: [-40, 30, 0, 1] } },
      about: 'far out',
    },
    {
      params: { function: 'gelu' },
      inputs: { x: { axes: 'i 4', values: [-20, 20, 0, 1] } },
      about: 'far out',
    },
    {
      params: { function: 'atan' },
      inputs: { x: { axes: 'i 6', values: [-1e6, -2.5, -0, 0.5, 0.7, 1e6] } },
      about: 'far out',
    },
    {
      params: { function: 'asinh' },
      inputs: { x: { axes: 'i 6', values: [-1e6, -1, 0, 0.001, 1, 1e6] } },
      about: 'at 0, where its parts meet, far out',
    },
    {
      params: { function: 'acosh' },
      inputs: { x: { axes: 'i 3', values: [1.05, 2, 1e6] } },
      about: 'near 1, far out',
    },
    {
      params: { function: 'sinc' },
      inputs: { x: { axes: 'i 4', values: [0.001, 0.249, 0.251, -3] } },
      about: 'where its parts meet',
    },
    {
      params: { function: 'softshrink' },
      inputs: { x: { axes: 'i 3', values: [0.5, -0.5, 0.6] } },
      about: 'at its edges',
    },
  ],
  'layer-norm': [
    { inputs: { x: { axes: 'b 2, i 3', values: [2, 2, 2, 1, 0, 3] } }, about: 'a constant row' },
    { inputs: { x: { axes: 'b 1, i 4' } }, about: 'batch of 1' },
  ],
  softmax: [
    { inputs: { x: { axes: 'b 1, c 3', values: [1, 1, 1] } }, about: 'ties' },
    { inputs: { x: { axes: 'c 3', values: [-900, 0, 900] } }, about: 'far out' },
  ],
  dropout: [
    { params: { rate: 0 }, inputs: { x: { axes: 'b 2, i 3' } } },
    { params: { rate: 0.99 }, inputs: { x: { axes: 'b 4, i 8' } } },
  ],
  accuracy: [
    {
      inputs: {
        logits: { axes: 'b 3, c 3', values: [1, 1, 0, 2, 2, 2, 0, 3, 3] },
        target: { axes: 'b 3', values: [0, 1, 1] },
      },
      notDifferentiable: ['logits', 'target'],
      about: 'ties',
    },
  ],
  'cross-entropy': [
    {
      inputs: { logits: { axes: 'b 1, c 2', values: [400, -400] }, target: { axes: 'b 1', values: [1] } },
      notDifferentiable: ['target'],
      about: 'batch of 1, far out',
    },
    {
      inputs: { logits: { axes: 'b 2, t 2, c 3' }, target: { axes: 'b 2, t 2', values: [0, 1, 2, 2] } },
      notDifferentiable: ['target'],
    },
    { inputs: { logits: { axes: 'c 3' }, target: { axes: '', values: [2] } }, notDifferentiable: ['target'] },
  ],
  add: [
    { inputs: { a: { axes: 'b 2, t 3, c 4' }, b: { axes: 'c 4, b 2' } }, about: 'axes in another order' },
  ],
  multiply: [{ inputs: { a: { axes: 't 3' }, b: { axes: 'b 2, t 3, c 4' } } }],
  pad: [{ params: { before: 0, after: 0 }, inputs: { x: { axes: 'i 2, j 2' } } }],
  slice: [
    { params: { axis: 'b', step: -2, start: -1 }, inputs: { x: { axes: 'b 5, i 2' } } },
    { params: { axis: 'b', step: 2, stop: -1 }, inputs: { x: { axes: 'a 2, b 5, i 2' } } },
  ],
  rearrange: [
    { params: { pattern: 'a b c -> (c a) b' }, inputs: { x: { axes: 'a 2, b 3, c 4' } } },
    { params: { pattern: 'a b -> a 1 b' }, inputs: { x: { axes: 'a 2, b 3' } } },
    { params: { pattern: 'a -> a' }, inputs: { x: { axes: 'a 2' } } },
  ],
  contract: [
    {
      params: { expression: 'ij,jk,kl,lm->im' },
      inputs: {
        a: { axes: 'i 2, j 3' },
        b: { axes: 'j 3, k 4' },
        c: { axes: 'k 4, l 2' },
        d: { axes: 'l 2, m 5' },
      },
    },
    {
      params: { expression: 'abc,abd,c,d->a', order: '((a, c), (b, d))' },
      inputs: {
        a: { axes: 'a 2, b 3, c 2' },
        b: { axes: 'a 2, b 3, d 3' },
        c: { axes: 'c 2' },
        d: { axes: 'd 3' },
      },
    },
  ],
};

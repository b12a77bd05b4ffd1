/** Edge cases of convolutions, pooling, upsampling and norms. */
import type { Setting } from '../cases.ts';

const ties = { axes: 'b 1, c 1, h 4, w 4', values: [1, 1, 0, 2, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0, -1, 0] };
const constant = (axes: string, count: number) => ({
  axes,
  values: Array.from({ length: count }, () => -1),
});

export const torchCases: Readonly<Record<string, readonly Setting[]>> = {
  conv1d: [
    { params: { channels: 2, kernel: 2, padding: 'same' }, inputs: { x: { axes: 'c 1, t 4' } } },
    {
      params: { channels: 2, kernel: 4, stride: 3, padding: 'same' },
      inputs: { x: { axes: 'b 1, c 2, t 7' } },
    },
    { params: { channels: 2, kernel: 2 }, inputs: { x: { axes: 'a 2, b 2, c 2, t 3' } } },
  ],
  conv2d: [
    { params: { channels: 2, kernel: [2, 4], padding: 'same' }, inputs: { x: { axes: 'c 1, h 3, w 4' } } },
    {
      params: { channels: 6, kernel: [1, 3], stride: [2, 3], padding: 'same', groups: 3 },
      inputs: { x: { axes: 'b 1, c 3, h 3, w 7' } },
    },
    {
      params: { channels: 4, kernel: 2, groups: 'depthwise', padding: 1 },
      inputs: { x: { axes: 'a 2, b 1, c 2, h 2, w 2' } },
    },
    { params: { channels: 1, kernel: 1, stride: 2 }, inputs: { x: { axes: 'b 1, c 1, h 1, w 1' } } },
  ],
  'transposed-conv1d': [
    { params: { channels: 2, kernel: 3, stride: 1, padding: 1 }, inputs: { x: { axes: 'c 1, t 3' } } },
    { params: { channels: 2, kernel: 1, stride: 3 }, inputs: { x: { axes: 'a 2, b 1, c 2, t 2' } } },
  ],
  'transposed-conv2d': [
    {
      params: { channels: 4, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2 },
      inputs: { x: { axes: 'b 1, c 2, h 2, w 1' } },
    },
    {
      params: { channels: 2, kernel: [2, 1], dilation: [2, 1], groups: 'depthwise' },
      inputs: { x: { axes: 'a 2, b 1, c 2, h 2, w 2' } },
    },
  ],
  'max-pool': [
    { inputs: { x: ties }, about: 'ties' },
    { params: { kernel: 3, stride: 1, padding: 1 }, inputs: { x: ties }, about: 'ties' },
    { params: { kernel: 2, stride: 1 }, inputs: { x: constant('c 1, h 3, w 3', 9) }, about: 'constant' },
    { params: { kernel: 2, padding: 1, ceil: true, rank: 1 }, inputs: { x: { axes: 't 5' } } },
    { params: { kernel: 2 }, inputs: { x: { axes: 'a 2, b 1, c 1, h 2, w 3' } } },
  ],
  'average-pool': [
    { params: { kernel: 2, padding: 1 }, inputs: { x: { axes: 'h 3, w 3' } } },
    { params: { kernel: 3, stride: 2, ceil: true }, inputs: { x: { axes: 'a 2, b 1, c 1, h 4, w 2' } } },
    { params: { kernel: 3, padding: 1, includePad: false, rank: 1 }, inputs: { x: { axes: 't 4' } } },
  ],
  'adaptive-pool': [
    { params: { size: 2, take: 'max' }, inputs: { x: ties }, about: 'ties' },
    {
      params: { size: [3, 2], take: 'max' },
      inputs: { x: constant('c 1, h 4, w 3', 12) },
      about: 'constant',
    },
    { params: { size: 3, rank: 1 }, inputs: { x: { axes: 't 2' } } },
    { params: { size: 4, take: 'max', rank: 1 }, inputs: { x: { axes: 'a 2, b 1, c 1, t 3' } } },
  ],
  upsample: [
    {
      params: { factor: 3, mode: 'linear', alignCorners: true },
      inputs: { x: { axes: 'b 1, c 1, h 1, w 2' } },
    },
    { params: { factor: 1, mode: 'linear' }, inputs: { x: { axes: 'a 2, b 1, c 1, h 2, w 2' } } },
    { params: { factor: [1, 2] }, inputs: { x: { axes: 'h 2, w 2' } } },
    { params: { factor: 2, mode: 'linear', rank: 1 }, inputs: { x: { axes: 't 3' } } },
  ],
  'batch-norm': [
    { inputs: { x: { axes: 'b 1, c 2, h 2, w 2' } }, about: 'batch of 1' },
    { params: { channel: 't' }, inputs: { x: { axes: 'b 2, c 2, t 3' } } },
    { params: { channel: 'a' }, inputs: { x: { axes: 'a 2, b 2, c 1, h 2, w 2, z 1' } } },
  ],
  'group-norm': [
    { params: { groups: 1 }, inputs: { x: constant('b 1, c 2, t 2', 4) }, about: 'constant' },
    { params: { groups: 2, channel: 'c' }, inputs: { x: { axes: 'c 4, t 3' } } },
    { params: { groups: 4 }, inputs: { x: { axes: 'b 1, c 4, h 2, w 2' } }, about: 'batch of 1' },
  ],
  'instance-norm': [
    { inputs: { x: constant('b 1, c 2, t 3', 6) }, about: 'constant' },
    { params: { channel: 'c' }, inputs: { x: { axes: 'c 2, t 3' } } },
    { params: { channel: 'c' }, inputs: { x: { axes: 'a 2, b 1, c 2, x 2, y 2, z 2, w 2' } } },
  ],
  'rms-norm': [
    { inputs: { x: { axes: 'b 2, i 3', values: [0, 0, 0, 1, 1, 1] } }, about: 'a row of zeros' },
    { params: { axes: ['b'] }, inputs: { x: { axes: 'b 3, i 2' } } },
  ],
};

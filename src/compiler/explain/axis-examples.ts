/** The least that provokes what is told of axes: their names, their places, and sizes that are parted or slid over. */
import { axes, check, digits, linear, parameter, tensor } from './sketches.ts';

export const axisExamples = {
  'bad-pattern': check(
    { x: tensor('b 2, h 3'), r: { type: 'rearrange', params: { pattern: 'bh->hb' } }, p: { type: 'probe' } },
    ['x.out > r.x', 'r.y > p.x'],
  ),
  'size-unused': check(
    {
      x: tensor('b 2, h 3'),
      r: { type: 'rearrange', params: { pattern: 'b h -> h b', sizes: axes('w 4') } },
      p: { type: 'probe' },
    },
    ['x.out > r.x', 'r.y > p.x'],
  ),
  'not-a-multiple': check(
    {
      x: tensor('t 5, d 6'),
      attend: { type: 'attention', params: { heads: 4 } },
      p: { type: 'probe' },
    },
    ['x.out > attend.q', 'x.out > attend.k', 'x.out > attend.v', 'attend.y > p.x'],
  ),
  'window-too-large': check(
    {
      image: tensor('c 1, h 2, w 2'),
      conv: { type: 'conv2d', params: { channels: 1 } },
      p: { type: 'probe' },
    },
    ['image.out > conv.x', 'conv.y > p.x'],
  ),
  'batch-misread': check(
    {
      data: { type: 'dataset', params: { data: 'iris' } },
      r: { type: 'recurrent', params: { units: 4 } },
      p: { type: 'probe' },
    },
    ['data.x > r.x', 'r.y > p.x'],
    { B: 16 },
  ),
  'channels-last': check(
    {
      images: tensor('b 2, h 6, w 6, c 3'),
      conv: { type: 'conv2d', params: { channels: 8 } },
      p: { type: 'probe' },
    },
    ['images.out > conv.x', 'conv.y > p.x'],
  ),
  'single-element': check({ x: tensor('b 4, one 1'), s: { type: 'softmax' }, p: { type: 'probe' } }, [
    'x.out > s.x',
    's.y > p.x',
  ]),
  'not-coordinates': check({ path: tensor('xy 2, t 20'), seen: { type: 'phase-portrait' } }, [
    'path.out > seen.a',
  ]),
  'names-differ': check({ A: tensor('i 3'), B: tensor('j 3'), sum: { type: 'add' } }, [
    'A.out > sum.a',
    'B.out > sum.b',
  ]),
  'name-twice': check(
    {
      digits,
      image: { type: 'rearrange', params: { pattern: 'b (h w) -> b h w', sizes: axes('h 8') } },
      hidden: linear(32),
      see: { type: 'probe' },
    },
    ['digits.x > image.x', 'image.y > hidden.x', 'hidden.y > see.x'],
    { B: 32 },
  ),
  'names-crossed': check(
    {
      X: tensor('row 5, in 4'),
      W: parameter('out 4, in 4'),
      c: { type: 'contract', params: { expression: 'ri,io->ro' } },
      see: { type: 'probe' },
    },
    ['X.out > c.a', 'W.out > c.b', 'c.out > see.x'],
  ),
};

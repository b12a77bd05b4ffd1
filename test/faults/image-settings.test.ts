/** Settings of convolutions, pooling and norms that do not fit what is wired: what is told, and the fixes offered. */
import { expect, test } from 'vitest';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';
import { graph } from '../support/graphs.ts';

const conv = (type: string, params: object) =>
  graph(
    {
      x: {
        type: 'tensor',
        params: { axes: ['c 6', 'h 5', 'w 5'].map((a) => ({ name: a[0] ?? '', size: Number(a.slice(2)) })) },
      },
      conv: { type, params: params as never },
      seen: { type: 'probe' },
    },
    ['x.out > conv.x', 'conv.y > seen.x'],
  );

test.each([
  ['conv2d', { channels: 8, groups: 4 }, 'c = 6 is not a multiple of 4 groups', { groups: 2 }],
  ['conv2d', { channels: 8, groups: 3 }, 'c = 8 is not a multiple of 3 groups', { channels: 6 }],
  ['conv2d', { channels: 8, groups: 'depthwise' }, 'c = 8 is not a multiple of 6 groups', { channels: 6 }],
  ['transposed-conv2d', { channels: 9, groups: 2 }, 'c = 9 is not a multiple of 2 groups', { channels: 8 }],
  ['conv2d', { kernel: [3, 7] }, 'A kernel of 7 does not fit into w = 5', { kernel: 5 }],
  ['max-pool', { kernel: [6, 2] }, 'A kernel of 6 does not fit into h = 5', { kernel: 5 }],
  ['max-pool', { padding: 2 }, 'padding: at most half of a window: 1', undefined],
  ['max-pool', { kernel: [2, 2], rank: 1 }, 'kernel: two numbers for one axis', undefined],
  ['transposed-conv2d', { outputPadding: 2 }, 'outputPadding: at most 1', undefined],
  ['group-norm', { groups: 4, channel: 'c' }, 'c = 6 is not a multiple of 4 groups', { groups: 3 }],
  ['batch-norm', { channel: 'd' }, 'channel: “d” is not among c, h, w', undefined],
])('%s %o is told, with a fix', (type, params, message, fixed) => {
  const document = conv(type, params);
  const checked = check(document);
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map((d) => d.message.en)).toEqual([expect.stringContaining(message)]);
  if (!fixed) return;
  const fixes = fixesFor(document, checked, errors[0]!, createChecker());
  const settings = fixes.map(({ edits }) => edited(document, edits).nodes.conv?.params);
  expect(settings).toContainEqual(expect.objectContaining(fixed));
});

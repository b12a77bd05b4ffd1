/** A window on a wire. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';

export const probe = defineNode({
  type: 'probe',
  category: 'output',
  title: text('Probe', '探针'),
  doc: text(
    'Shows the numbers on a wire, and names them as a result of the graph.',
    '显示连线上的数值，并把它作为图的结果。',
  ),
  glyph: '◉',
  params: z.object({}),
  inputs: [{ name: 'x' }],
  outputs: [],
  infer: () => ({}),
  lower: () => ({}),
  torch: () => ({}),
  examples: [{ inputs: { x: { axes: 'i 3' } }, expect: {} }],
});

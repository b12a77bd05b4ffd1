/** The number of the training step: what schedules are computed from. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { continuous } from '../value-kinds.ts';

export const step = defineNode({
  type: 'step',
  category: 'tensor',
  title: text('Step', '步数'),
  doc: text(
    'The number of the training step: 0, 1, 2, … Wire what you compute from it to the rate of an optimizer.',
    '训练步的编号：0、1、2……可由它算出学习率，接到优化器的“学习率”。',
  ),
  glyph: 't',
  params: z.object({}),
  inputs: [],
  outputs: [{ name: 'out' }],
  summary: () => 't = 0, 1, 2, …',
  infer: () => ({ out: { axes: [], valueKind: continuous } }),
  lower: ({ step }) => ({ out: step() }),
  // Alone it stands at the first step; test/conformance/optimizers.test.ts lets it count.
  torch: ({ step }) => ({ out: `torch.tensor(float(${step()}))` }),
  examples: [{ expect: { out: { axes: '', values: [0] } } }],
});

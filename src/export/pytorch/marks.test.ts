/** Frozen nodes, groups of parameters and clipped gradients in the script. */
import { expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { compile } from '../../compiler/index.ts';
import { exportPytorch } from './index.ts';

const document = () => {
  const drawn = graph(
    {
      x: {
        type: 'tensor',
        params: {
          axes: [
            { name: 'b', size: 4 },
            { name: 'i', size: 3 },
          ],
          fill: 'normal',
        },
      },
      first: { type: 'linear', params: { units: 4 } },
      second: { type: 'linear', params: { units: 2, name: 'o' } },
      loss: { type: 'energy' },
      optimizer: {
        type: 'sgd',
        params: {
          rate: 0.1,
          clipNorm: 1,
          groups: [
            { tag: 'bias', decay: 0 },
            { tag: 'slow', rate: 0.5 },
          ],
          decay: 0.1,
        },
      },
    },
    ['x.out > first.x', 'first.y > second.x', 'second.y > loss.x', 'loss.loss > optimizer.loss'],
  );
  Object.assign(drawn.nodes.first as object, { frozen: true });
  Object.assign(drawn.nodes.second as object, { tags: ['slow'] });
  return drawn;
};

it('holds what is frozen, and what groups and clipping ask for', () => {
  const { script } = exportPytorch(document(), { name: 'model', hasWeights: false }).value!;
  for (const line of [
    'self.first = nn.Linear(3, 4).requires_grad_(False)',
    '"second.weight": dict(lr=0.05, weight_decay=0.1, factor=0.5),',
    '"second.bias": dict(lr=0.1, weight_decay=0, factor=1),',
    'torch.nn.utils.clip_grad_norm_(',
  ])
    expect(script).toContain(line);
});

it('trains what is not frozen alone', () => {
  const { value } = compile(document());
  const trained = value?.train?.program.updates.map(({ state }) => state);
  expect(trained).toEqual(['second.weight', 'second.bias']);
  expect(value?.state.find(({ name }) => name === 'first.weight')?.trainable).toBe(false);
});

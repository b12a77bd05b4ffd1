/** Graphs that provoke what is told of optimizers. */
import type { Code } from '../../base/codes.ts';
import { check, type Provocation } from './sketches.ts';

export const optimizerExamples = {
  'two-optimizers': check({ w: { type: 'parameter' }, a: { type: 'sgd' }, b: { type: 'adam' } }, [
    'w.out > a.loss',
    'w.out > b.loss',
  ]),
  'optimizer-missing': check(
    { w: { type: 'parameter' }, stable: { type: 'check-stable', params: { ofOptimizer: true } } },
    ['w.out > stable.of'],
  ),
  'optimizer-unbounded': check(
    {
      w: { type: 'parameter' },
      training: { type: 'adam' },
      stable: { type: 'check-stable', params: { ofOptimizer: true } },
    },
    ['w.out > training.loss', 'w.out > stable.of'],
  ),
} satisfies Partial<Record<Code, Provocation>>;

/** The noise of SGD is a temperature: the stationary variance goes as η/B, where rows are drawn with replacement. */
import { expect, it } from 'vitest';
import { all, type Change, set, steps } from './changes.test-support.ts';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

/** In the block that all runs are uses of. */
const inRuns =
  (node: string, param: string, value: boolean | number): Change =>
  ({ blocks }) => {
    const found = blocks['sgd-run']?.nodes[node];
    if (!found) throw new Error(`there is no node ${node} in the runs`);
    found.params[param] = value;
  };

testLesson('sgd-temperature', {
  does: {
    run: () => {},
    cool: set('run3', 'dims', { B: 32 }),
    anneal: set('run1', 'numbers', { η: 0.15 }),
    epochs: inRuns('data', 'replacement', false),
  },
  twins: [
    {
      // Each row once an epoch: errors cancel within it.
      what: 'shuffled rows',
      change: inRuns('data', 'replacement', false),
      breaks: ['slope'],
    },
    {
      what: 'statistics of the way down instead of the equilibrium',
      change: all(steps(1500), ({ blocks }) => {
        const w = blocks['sgd-run']?.nodes.w;
        if (w) w.params.values = [6];
        const watch = blocks['sgd-run']?.nodes.watch;
        if (watch) watch.params.burnIn = 0;
      }),
      breaks: ['slope'],
    },
  ],
});

it('holds for fewer steps on the reference engine', async () => {
  const whole = await lessonNamed('sgd-temperature').load();
  const fewer = changed(whole, steps(10_000));
  for (const verdict of Object.values(await verdictsOf(fewer, { engine: 'reference' })))
    expect(verdict).toMatchObject({ met: true });
}, 20_000);

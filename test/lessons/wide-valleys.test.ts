/** Wide valleys win: occupancies go as the integrals of exp(−U/T), whatever the dynamics. */
import { expect, it } from 'vitest';
import { all, cut, members, scaled, set, steps } from './changes.test-support.ts';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

const few = all(members('walkers', 2000), steps(1000));

testLesson('wide-valleys', {
  does: {
    run: () => {},
    deeper: all(few, set('U', 'tilt', 0.1)),
    'much-deeper': all(few, set('U', 'tilt', 0.4)),
    twice: all(few, set('U', 'ratio', 2)),
    melting: all(few, set('U', 'tilt', 0.4), set('T', 'values', [1])),
  },
  twins: [
    { what: 'too little time to settle', change: steps(300), breaks: ['ratio'] },
    {
      // The walkers feel a tilt that theory does not know of: its curve is that of the level valleys.
      what: 'another potential in theory than in the dynamics',
      change: all(
        set('U', 'tilt', 0.1),
        ({ nodes }) => {
          nodes.level = { type: 'potential', params: { ...nodes.U?.params, tilt: 0 } };
        },
        ({ edges }) => {
          edges.level = { from: { node: 'walkers', port: 'out' }, to: { node: 'level', port: 'x' } };
        },
        cut('ratio', 'potential'),
        ({ edges }) => {
          edges.curve = { from: { node: 'level', port: 'curve' }, to: { node: 'ratio', port: 'potential' } };
        },
      ),
      breaks: ['ratio'],
    },
    {
      what: 'a temperature that is half as high as theory has it, on tilted ground',
      change: all(set('U', 'tilt', 0.1), scaled('heat', 'temperature', 0.5)),
      breaks: ['ratio'],
    },
  ],
});

it('holds for fewer walkers on the reference engine', async () => {
  const whole = await lessonNamed('wide-valleys').load();
  const fewer = changed(whole, all(members('walkers', 200), steps(1000)));
  for (const verdict of Object.values(await verdictsOf(fewer, { engine: 'reference' })))
    expect(verdict).toMatchObject({ met: true });
}, 20_000);

/** Heat escapes local minima: descent stays, and walkers leave their valley at Kramers' rate. */
import { expect, it } from 'vitest';
import { members, scaled, set } from './changes.test-support.ts';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

testLesson('langevin-escape', {
  does: {
    run: () => {},
    colder: set('T', 'values', [0.12]),
    'no-heat': set('T', 'values', [0]),
    mirror: set('U', 'tilt', -0.25),
  },
  twins: [
    {
      // Half the temperature moves the walkers; the whole one stands in theory.
      what: 'noise of √(ηT) instead of √(2ηT)',
      change: scaled('heat', 'temperature', 0.5),
      breaks: ['kramers'],
    },
    { what: 'a ball that keeps its speed', change: set('descent', 'momentum', 0.99), breaks: ['stays'] },
    { what: 'a start beyond the barrier', change: set('ball', 'values', [-0.05]), breaks: ['stays'] },
  ],
});

it('holds for fewer walkers on the reference engine', async () => {
  const whole = await lessonNamed('langevin-escape').load();
  const fewer = changed(whole, members('walkers', 500));
  for (const verdict of Object.values(await verdictsOf(fewer, { engine: 'reference' })))
    expect(verdict).toMatchObject({ met: true });
}, 20_000);

/** Equilibrium is Boltzmann's: a histogram of 100,000 walkers, and a variance with the bias of its steps. */
import { expect, it } from 'vitest';
import { all, cut, members, scaled, set, steps } from './changes.test-support.ts';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

/** Where the histogram is not asked for, few walkers do. */
const few = members('walkers', 1000);

testLesson('boltzmann', {
  does: {
    run: () => {},
    steps: all(few, set('eta', 'values', [0.2])),
    larger: all(few, set('eta', 'values', [0.3])),
    hotter: all(few, set('T', 'values', [0.8])),
    another: all(few, set('U', 'kind', 'harmonic')),
  },
  twins: [
    {
      what: 'noise of √(ηT) instead of √(2ηT)',
      change: scaled('heat', 'temperature', 0.5),
      breaks: ['distribution'],
    },
    {
      what: 'a step of whose bias theory knows nothing',
      change: all(few, cut('variance', 'rate')),
      breaks: ['variance'],
    },
    { what: 'too few steps to settle', change: steps(40), breaks: ['distribution'] },
  ],
});

it('holds for fewer members on the reference engine', async () => {
  const whole = await lessonNamed('boltzmann').load();
  // In 10 bins 4000 walkers leave a total variation of about 0.02.
  const fewer = changed(
    whole,
    all(
      members('walkers', 4000),
      members('springs', 2000),
      set('distribution', 'bins', 10),
      set('distribution', 'tolerance', 0.04),
    ),
  );
  for (const verdict of Object.values(await verdictsOf(fewer, { engine: 'reference' })))
    expect(verdict).toMatchObject({ met: true });
}, 20_000);

/** The lessons that sample, train and integrate, by keyboard alone: no test here touches the mouse. */
import { test } from './fixture.ts';
import { type Walk, walkLesson } from './lesson-keys.ts';

/** By number of the lesson. */
const walks: Readonly<Record<string, Walk>> = {
  'langevin-escape': { longRun: 500 },
  boltzmann: { longRun: 100 },
  'wide-valleys': { longRun: 500 },
  'sgd-temperature': { longRun: 500 },
  'convex-valleys': {},
  symmetry: {},
  'hamiltonian-spring': { longRun: 500 },
  'hamiltonian-pendulum': { longRun: 500 },
  'hamiltonian-two-bodies': { longRun: 500 },
  'third-law': {},
};
for (const [name, walk] of Object.entries(walks))
  test(`${name}, step by step`, ({ page }) => walkLesson(page, name, walk));

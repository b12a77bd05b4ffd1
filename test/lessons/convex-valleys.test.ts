/** Convex: all starts end at one bottom; in two valleys they do not, and the Hessian says so. */
import { set } from './changes.test-support.ts';
import { testLesson } from './lesson.test-support.ts';

testLesson('convex-valleys', {
  does: {
    'guess-apart': () => {},
    curvature: () => {},
    recall: () => {},
    transfer: set('wavy', 'tilt', 1.8),
  },
  twins: [
    {
      what: 'two valleys in the place of the one',
      change: set('convex', 'kind', 'double-well'),
      breaks: ['check-agree', 'check-convex'],
    },
    {
      what: 'one valley in the place of the two',
      change: set('wavy', 'kind', 'harmonic'),
      breaks: ['check-apart', 'check-wavy'],
    },
    { what: 'a step too large', change: set('descent-a', 'rate', 1.01), breaks: ['check-agree'] },
    { what: 'too few steps', change: set('descent-a', 'rate', 0.001), breaks: ['check-agree'] },
  ],
});

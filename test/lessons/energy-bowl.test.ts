/** The bottom of the bowl solves Ax = b: the drawn gradient is Ax − b, and descent finds where it is 0. */
import { set } from './changes.test-support.ts';
import { testLesson } from './lesson.test-support.ts';

testLesson('energy-bowl', {
  does: {
    slope: () => {},
    run: () => {},
    lopsided: set('A', 'values', [3, 1, -1, 2]),
    recall: () => {},
    transfer: set('b', 'values', [4, 3]),
  },
  twins: [
    {
      what: 'a matrix that is not symmetric',
      change: set('A', 'values', [3, 2, 0, 2]),
      breaks: ['check-gradient', 'check-solution'],
    },
    {
      what: 'a wrong sign of b',
      change: set('minus', 'factor', 1),
      breaks: ['check-gradient', 'check-solution'],
    },
    { what: 'a step too large', change: set('descent', 'rate', 0.56), breaks: ['check-solution'] },
  ],
});

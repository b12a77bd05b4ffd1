/** Gradient descent is Euler's method: the same path, and errors of order 1 beside order 4 of RK4. */
import { set } from './changes.test-support.ts';
import { testLesson } from './lesson.test-support.ts';

testLesson('euler-descent', {
  does: {
    run: () => {},
    'step-size': set('eta', 'values', [0.75]),
    halve: () => {},
    recall: () => {},
    transfer: set('A', 'values', [20, 0.5, 0.5, 1]),
  },
  twins: [
    {
      what: 'a field that points uphill',
      change: set('force', 'factor', 1),
      breaks: ['check-descent', 'check-euler', 'check-rk4'],
    },
    {
      what: 'Euler in the place of RK4',
      change: set('errors-rk4', 'method', 'euler'),
      breaks: ['check-rk4'],
    },
    {
      what: 'an exact flow of another time',
      change: set('flow-end', 't', 2.1),
      breaks: ['check-euler', 'check-rk4'],
    },
    { what: 'momentum', change: set('descent', 'momentum', 0.5), breaks: ['check-descent'] },
  ],
});

import { testLesson } from './lesson.test-support.ts';

testLesson('hamiltonian-two-bodies', {
  twins: [
    {
      what: 'labels swapped: states in the place of their rates of change',
      change: (draft) => {
        draft.run = { ...draft.run!, steps: 200 };
        draft.edges['data-hnn-loss-target']!.from.port = 'x';
      },
      breaks: ['fit-check'],
    },
  ],
});

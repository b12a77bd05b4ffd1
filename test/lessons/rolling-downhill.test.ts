import { testLesson } from './lesson.test-support.ts';

testLesson('rolling-downhill', {
  twins: [
    {
      what: 'a step uphill',
      change: ({ nodes }) => {
        nodes.down!.params.factor = 1;
      },
      breaks: ['one-step'],
    },
    {
      what: 'another learning rate',
      change: ({ edges }) => {
        delete edges['eta-descent-rate'];
      },
      breaks: ['one-step'],
    },
    {
      what: 'two steps',
      change: (draft) => {
        draft.run = { ...draft.run, steps: 2 };
      },
      breaks: ['one-step'],
    },
  ],
  does: {
    step: () => {},
    far: ({ nodes }) => {
      nodes.eta!.params.values = [1.5];
    },
    wells: ({ nodes }) => {
      nodes.U!.params.kind = 'double-well';
      nodes.U0!.params.kind = 'double-well';
      nodes.eta!.params.values = [0.05];
    },
  },
});

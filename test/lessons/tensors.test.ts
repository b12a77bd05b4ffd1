import { testLesson } from './lesson.test-support.ts';

testLesson('tensors', {
  twins: [
    {
      what: 'a stack that has lost an index',
      change: ({ nodes }) => {
        nodes.stack!.params.axes = [
          { name: 'k', size: 'K' },
          { name: 'i', size: 4 },
        ];
      },
      breaks: ['rank-stack'],
    },
    {
      what: 'a row too many in the ones',
      change: ({ nodes }) => {
        nodes.ones!.params.axes = [
          { name: 'k', size: 'K' },
          { name: 'i', size: 3 },
          { name: 'j', size: 2 },
        ];
      },
      breaks: ['elements'],
    },
  ],
  does: {
    deeper: ({ dims }) => {
      dims.K = 5;
    },
    film: ({ nodes }) => {
      (nodes.stack!.params.axes as unknown[]).push({ name: 't', size: 2 });
    },
  },
});

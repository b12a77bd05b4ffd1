import { testLesson } from './lesson.test-support.ts';

testLesson('contraction-order', {
  twins: [
    {
      what: 'an index summed on its own',
      change: ({ nodes, edges }) => {
        // b without its x: the sum over x is torn apart.
        nodes.torn = { type: 'contract', params: { expression: 'xtf->tf' } };
        nodes.other!.params = { expression: 'xyf,tf,ytpf,fr->tpr' };
        edges['b-torn-a'] = { from: { node: 'b', port: 'out' }, to: { node: 'torn', port: 'a' } };
        edges['b-other-b'] = { from: { node: 'torn', port: 'out' }, to: { node: 'other', port: 'b' } };
      },
      breaks: ['same'],
    },
    {
      what: 'the greedy order in the place of the best',
      change: ({ nodes }) => {
        nodes.cost!.params.order = '(((a, c), b), d)';
      },
      breaks: ['is-best'],
    },
    {
      what: 'another size',
      change: ({ nodes }) => {
        (nodes.cost!.params.sizes as Record<string, number>).x = 36;
      },
      breaks: ['is-loop', 'is-greedy', 'is-best'],
    },
  ],
  does: {
    another: ({ nodes }) => {
      nodes.one!.params.order = '(((c, d), a), b)';
    },
  },
});

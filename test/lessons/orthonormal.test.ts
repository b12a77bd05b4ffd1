import { testLesson } from './lesson.test-support.ts';

const rewire = (
  edges: Record<string, { from: { node: string; port: string }; to: { node: string; port: string } }>,
  to: string,
  from: string,
) => {
  const [node = '', port = ''] = from.split('.');
  for (const edge of Object.values(edges))
    if (`${edge.to.node}.${edge.to.port}` === to) edge.from = { node, port };
};

testLesson('orthonormal', {
  twins: [
    {
      what: 'three iterations',
      change: ({ nodes }) => {
        nodes.Q!.params.iterations = 3;
      },
      breaks: ['is', 'kept'],
    },
    {
      what: 'the matrix itself',
      change: ({ edges }) => {
        rewire(edges, 'is.q', 'A.out');
        rewire(edges, 'turned.a', 'A.out');
      },
      breaks: ['is', 'kept'],
    },
  ],
  does: {
    few: ({ nodes }) => {
      nodes.Q!.params.iterations = 2;
    },
    enough: ({ nodes }) => {
      nodes.Q!.params.iterations = 20;
    },
    twice: ({ edges }) => {
      rewire(edges, 'is.q', 'twice.out');
    },
  },
});

import { expect, it } from 'vitest';
import { lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

testLesson('matmul', {
  twins: [
    {
      what: 'the wrong index summed',
      change: ({ nodes }) => {
        nodes.loops!.params.expression = 'ijk->jk';
        // So that both have three rows.
        nodes.A!.params.axes = [
          { name: 'i', size: 4 },
          { name: 'j', size: 4 },
        ];
      },
      breaks: ['is-loop'],
    },
    {
      what: 'an index of another size',
      change: ({ nodes }) => {
        nodes.cost!.params.sizes = { j: 5 };
      },
      breaks: ['is-cost'],
    },
  ],
  does: {
    misfit: ({ nodes }) => {
      nodes.A!.params.axes = [
        { name: 'i', size: 3 },
        { name: 'j', size: 5 },
      ];
    },
    vector: ({ nodes, edges }) => {
      nodes.x = { type: 'tensor', params: { axes: [{ name: 'j', size: 4 }], fill: 'ones' } };
      nodes.y = { type: 'contract', params: { expression: 'ij,j->i' } };
      edges.a = { from: { node: 'A', port: 'out' }, to: { node: 'y', port: 'a' } };
      edges.x = { from: { node: 'x', port: 'out' }, to: { node: 'y', port: 'b' } };
    },
  },
});

it('costs 3 · 4 · 2', async () => {
  const verdicts = await verdictsOf(await lessonNamed('matmul').load());
  expect(verdicts['is-cost']).toMatchObject({ value: 24, theory: 24 });
});

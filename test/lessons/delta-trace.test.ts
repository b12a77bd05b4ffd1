import { expect, it } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { lessonNamed, testLesson } from './lesson.test-support.ts';

testLesson('delta-trace', {
  twins: [
    {
      what: 'the trace of another product',
      change: ({ nodes }) => {
        nodes.trace!.params.expression = 'ij,kl->';
      },
      breaks: ['is-trace'],
    },
    {
      what: 'an identity matrix in the place of a delta',
      change: ({ nodes, edges }) => {
        const axes = [
          { name: 'j', size: 4 },
          { name: 'k', size: 4 },
        ];
        nodes['delta-jk'] = { type: 'tensor', params: { axes, fill: 'identity' } };
        for (const { from } of Object.values(edges)) if (from.node === 'delta-jk') from.port = 'out';
      },
      breaks: ['no-delta'],
    },
  ],
  does: {
    open: ({ nodes }) => {
      nodes.contraction!.params.expression = 'ij,kl,jk,li->i';
    },
    half: ({ nodes, edges }) => {
      nodes.contraction!.params.expression = 'ij,kl,jk->il';
      delete edges['delta-li-contraction-d'];
    },
  },
});

it('has a plan in which nothing is as large as a delta', async () => {
  const { value } = compile(await lessonNamed('delta-trace').load());
  const buffers = value!.forward.plan.buffers.map(({ shape }) => shape.join(' × '));
  expect(buffers).toContain('3 × 4');
  // δ_jk would be 4 × 4, δ_li 3 × 3.
  expect(buffers).not.toContain('4 × 4');
  expect(buffers).not.toContain('3 × 3');
});

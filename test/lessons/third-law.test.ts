import { describe, expect, it } from 'vitest';
import { lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

testLesson('third-law', {
  does: {
    coarse: ({ nodes }) => {
      nodes.flow!.params.h = 0.5;
    },
    drag: ({ nodes }) => {
      nodes.drag!.params.factor = -0.1;
    },
  },
  twins: [
    {
      what: 'symmetric forces',
      change: ({ edges }) => {
        edges['third-law-force-a']!.from = { node: 'plain', port: 'out' };
      },
      breaks: ['kept'],
    },
    {
      what: 'messages in the place of forces',
      change: ({ edges }) => {
        edges['third-law-opposite-pairs']!.from = { node: 'message', port: 'y' };
      },
      breaks: ['opposite'],
    },
    {
      what: 'a drag that nobody notices',
      change: ({ nodes }) => {
        nodes.drag!.params.factor = -1e-6;
      },
      breaks: ['kept'],
    },
    {
      what: 'the law in both models',
      change: ({ edges }) => {
        edges['plain-plain-field-b']!.from = { node: 'force', port: 'out' };
      },
      breaks: ['lost'],
    },
  ],
});

describe('third-law', () => {
  it('holds at any weights: for other seeds as well', async () => {
    const document = await lessonNamed('third-law').load();
    for (const seed of [2, 3, 4, 5]) {
      const verdicts = await verdictsOf(document, { seed });
      expect(Object.values(verdicts).filter((verdict) => !verdict.met)).toEqual([]);
      expect(verdicts.kept?.residual).toBeLessThan(1e-12);
    }
  });
});

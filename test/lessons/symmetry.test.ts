import { describe, expect, it } from 'vitest';
import { changed, lessonNamed, testLesson, verdictsOf } from './lesson.test-support.ts';

testLesson('symmetry', {
  does: {
    wind: ({ nodes }) => {
      nodes.wind!.params.factor = 0.1;
    },
    sun: ({ nodes }) => {
      nodes.sun!.params.factor = -1;
    },
  },
  twins: [
    {
      what: 'a wind in one direction',
      change: ({ nodes }) => {
        nodes.wind!.params.factor = 1e-6;
      },
      breaks: ['moved', 'turned'],
    },
    {
      what: 'a pull to a place',
      change: ({ nodes }) => {
        nodes.sun!.params.factor = 1e-6;
      },
      breaks: ['moved'],
    },
    {
      what: 'coordinates in the place of directions',
      change: ({ nodes, edges }) => {
        nodes.central!.params.expression = 'ijo,jd->id';
        edges['differences-central-b']!.from = { node: 'r', port: 'out' };
      },
      breaks: ['moved'],
    },
    {
      what: 'a symmetric model said to be none',
      change: ({ edges }) => {
        edges['mlp-force-mlp-check-of']!.from = { node: 'force', port: 'out' };
      },
      breaks: ['mlp-check'],
    },
  ],
});

describe('symmetry', () => {
  it('holds at any weights: for other seeds as well, far below what is allowed', async () => {
    const document = await lessonNamed('symmetry').load();
    for (const seed of [2, 3, 4, 5]) {
      const { moved, turned, 'mlp-check': mlp } = await verdictsOf(document, { seed });
      expect(moved?.residual).toBeLessThan(1e-12);
      expect(turned?.residual).toBeLessThan(1e-12);
      expect(mlp?.value).toBeGreaterThan(0.1);
    }
  });

  it('is not seen in single precision, where rounding alone is more than is allowed', async () => {
    const document = changed(await lessonNamed('symmetry').load(), (draft) => {
      draft.run = { ...draft.run!, dtype: 'float32' };
    });
    const { moved } = await verdictsOf(document);
    expect(moved?.met).toBe(false);
    expect(moved?.value).toBeLessThan(1e-4);
  });
});

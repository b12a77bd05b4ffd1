import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { templates } from '../../templates/index.ts';
import { analyse } from './analyse.ts';
import { lower } from './lower.ts';

describe('lowering', () => {
  it.each(templates.map((t) => t.name))(
    'of training declares the state and data that showing values needs: %s',
    async (name) => {
      const { value: document } = parseGraph(await templates.find((t) => t.name === name)?.load());
      if (!document) throw new Error(`${name} does not parse`);
      const analysis = analyse(document);
      const [train, forward] = [lower(analysis, 'train'), lower(analysis, 'forward', { expose: 'all' })];
      expect(train.state).toEqual(expect.arrayContaining([...forward.state]));
      expect(train.data).toEqual(forward.data);
    },
  );
});
